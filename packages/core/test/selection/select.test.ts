import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JobGraph } from '../../src/graph/index.ts';
import {
  parseSelection,
  printSelection,
  type SelectionExpression,
  select,
} from '../../src/selection/index.ts';

function subjectOf(
  jobs: readonly {
    id: string;
    dependencies?: string[];
    tags?: string[];
    command?: string;
    description?: string;
  }[],
) {
  const complete = jobs.map((job) => ({
    command: 'true',
    description: '',
    tags: [],
    dependencies: [],
    ...job,
  }));
  return { graph: JobGraph.from(complete), jobs: complete };
}

describe('patterns', () => {
  const subject = subjectOf([
    {
      id: 'PR_104_a',
      command: 'sqlplus -s "x"\n@run.sql',
      description: 'Nightly LOAD',
      tags: ['db/oracle', 'a.b'],
    },
    { id: 'PR_104/b.sql', command: 'cat ${HOME}/x | tee y', description: 'ÄRGER' },
    { id: '.hidden', command: '/opt/bin/run --all' },
    { id: '..', command: '' },
    { id: 'x[1]', tags: ['A'] },
    { id: '🚀', tags: ['a'] },
  ]);
  const idsOf = (text: string) => {
    const selected = select(text, subject);
    return selected.ok ? selected.ids : selected.error.message;
  };
  const all = ['PR_104_a', 'PR_104/b.sql', '.hidden', '..', 'x[1]', '🚀'];

  test.each([
    ['*', all],
    ['**', all],
    ['PR_104*', ['PR_104_a', 'PR_104/b.sql']],
    ['PR_104?a', ['PR_104_a']],
    ['PR_104?b.*', ['PR_104/b.sql']],
    ['*.sql', ['PR_104/b.sql']],
    ['.*', ['.hidden', '..']],
    ['??', ['..']],
    ['?', ['🚀']],
    ['PR_104_[a-c]', ['PR_104_a']],
    ['PR_104_[!a-c]', []],
    ['PR_104[_/]*', ['PR_104_a', 'PR_104/b.sql']],
    ['PR_{103,104}_{a,b{c,d}}', ['PR_104_a']],
    ['x\\[?\\]', ['x[1]']],
    ['pr_104*', []],
    ['/sql$/', ['PR_104/b.sql']],
    ['/^pr/i', ['PR_104_a', 'PR_104/b.sql']],
    ['/^pr/', []],
    ['tag:a', ['🚀']],
    ['tag:db/*', ['PR_104_a']],
    ['tag:?', ['x[1]', '🚀']],
    ['tag:/^a/i', ['PR_104_a', 'x[1]', '🚀']],
    ['command:*run.sql', ['PR_104_a']],
    ['command:*s*@*', ['PR_104_a']],
    ['command:sqlplus', ['PR_104_a']],
    ['command:SQLPLUS', []],
    ['command:"-s \\"x\\""', ['PR_104_a']],
    ['command:*${HOME}*', ['PR_104/b.sql']],
    ['command:*{sqlplus,opt}*', ['PR_104_a', '.hidden']],
    ['command:/opt/bin/run', ['.hidden']],
    ['command:/\\| tee/', ['PR_104/b.sql']],
    ['description:load', ['PR_104_a']],
    ['description:nightly*', ['PR_104_a']],
    ['description:night', ['PR_104_a']],
    ['description:*night', []],
    ['description:ärger', ['PR_104/b.sql']],
    ['description:/load/', []],
  ])('%s', (text, expected) => {
    expect(idsOf(text)).toEqual(expected);
  });

  test('a glob of stars and question marks agrees with a matcher by hand', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '\n'), maxLength: 6, minLength: 1 });
    const globs = fc
      .string({ unit: fc.constantFrom('a', 'b', '*', '?', '.'), maxLength: 6 })
      .map((glob) => `${glob}*`);
    fc.assert(
      fc.property(texts, globs, (text, glob) => {
        const selected = select(`command:${glob}`, subjectOf([{ id: 'x', command: text }]));
        expect(selected.ok && selected.mask[0] === 1).toBe(matchesByHand(text, glob));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('statuses', () => {
  const subject = subjectOf(['a', 'b', 'c', 'd', 'e'].map((id) => ({ id })));
  const statuses = new Map([
    ['a', 'SUCCESS'],
    ['b', 'timed_out'],
    ['c', 'FAILED'],
    ['d', 'running'],
  ]);

  test.each([
    ['status:succeeded', ['a']],
    ['status:failed', ['c']],
    ['status:failure', ['b', 'c']],
    ['status:TIMEOUT', ['b']],
    ['status:running', ['d']],
    ['status:not_run', ['e']],
    ['!status:success', ['b', 'c', 'd', 'e']],
  ])('%s', (text, expected) => {
    expect(select(text, { ...subject, statuses })).toMatchObject({ ok: true, ids: expected });
  });

  test('without a run they are an error, also where nothing would hang on them', () => {
    expect(select('a (b & !@status:failed)', subject)).toMatchObject({
      ok: false,
      error: {
        code: 'E192',
        message: 'status:failed needs a run to look at, and there is none',
        range: { start: { offset: 9 }, end: { offset: 22 } },
      },
    });
  });
});

describe('warnings', () => {
  const subject = subjectOf([{ id: 'a', tags: ['x'] }, { id: 'b' }]);

  test('name each term that matches nothing, in the order of the text', () => {
    expect(select('!tag:y zzz*+ tag:x & command:nothing', subject)).toMatchObject({
      ok: true,
      ids: ['a', 'b'],
      warnings: [
        {
          code: 'W190',
          message: 'tag:y matches no job',
          range: { start: { offset: 1, line: 1, column: 2 } },
        },
        {
          code: 'W190',
          message: 'zzz* matches no job',
          range: { start: { offset: 7 }, end: { offset: 11 } },
        },
        { code: 'W190', message: 'command:nothing matches no job' },
      ],
    });
  });

  test('an id of an expression read elsewhere may be missing', () => {
    const parsed = parseSelection('a gone');
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(select(parsed.expression, subject)).toMatchObject({
      ok: true,
      ids: ['a'],
      warnings: [
        {
          code: 'W190',
          severity: 'warning',
          message: 'gone matches no job',
          range: { start: { line: 1, column: 3 } },
        },
      ],
    });
  });

  test('an empty workflow has nothing to select, and that is no error', () => {
    expect(select('*', subjectOf([]))).toMatchObject({
      ok: true,
      ids: [],
      warnings: [{ message: '* matches no job' }],
    });
  });
});

describe('cycles', () => {
  test('graph operators go round once', () => {
    const subject = subjectOf([
      { id: 'a', dependencies: ['b'] },
      { id: 'b', dependencies: ['a'] },
      { id: 'c', dependencies: ['b'] },
    ]);
    expect(select('+a', subject)).toMatchObject({ ids: ['a', 'b'] });
    expect(select('a+', subject)).toMatchObject({ ids: ['a', 'b', 'c'] });
  });
});

describe('on random workflows', () => {
  test('operators agree with naive sets and reachability', () => {
    fc.assert(
      fc.property(workflows, expressions, (subject, expression) => {
        const selected = select(expression, subject);
        if (!selected.ok) throw new Error(selected.error.message);
        const expected = naive(expression, subject);
        expect(selected.ids).toEqual(subject.graph.ids.filter((_, job) => expected.has(job)));
        expect(Array.from(selected.mask)).toEqual(
          subject.graph.ids.map((_, job) => (expected.has(job) ? 1 : 0)),
        );
      }),
      { numRuns: 600 },
    );
  });

  test('laws: double negation, contradiction, De Morgan, distribution, idempotence', () => {
    fc.assert(
      fc.property(workflows, expressions, expressions, expressions, (subject, a, b, c) => {
        const ids = (text: string) => {
          const selected = select(text, subject);
          return selected.ok ? selected.ids : selected.error.message;
        };
        const [A, B, C] = [a, b, c].map((expression) => `(${printSelection(expression)})`) as [
          string,
          string,
          string,
        ];
        expect(ids(`!!${A}`)).toEqual(ids(A));
        expect(ids(`${A} & !${A}`)).toEqual([]);
        expect(ids(`${A} !${A}`)).toEqual(subject.graph.ids);
        expect(ids(`!(${A} ${B})`)).toEqual(ids(`!${A} & !${B}`));
        expect(ids(`!(${A} & ${B})`)).toEqual(ids(`!${A}, !${B}`));
        expect(ids(`${A} & (${B} ${C})`)).toEqual(ids(`${A} & ${B} ${A} & ${C}`));
        expect(ids(`+(${A} ${B})`)).toEqual(ids(`+${A} +${B}`));
        expect(ids(`@(${A} ${B})`)).toEqual(ids(`@${A} @${B}`));
        expect(ids(`+${A}+`)).toEqual(ids(`+${A} ${A}+`));
        expect(ids(`+(+${A})`)).toEqual(ids(`+${A}`));
        expect(ids(`@${A}`)).toEqual(ids(`+(${A}+)`));
        expect(ids(`1+(1+${A})`)).toEqual(ids(`2+${A}`));
      }),
      { numRuns: 150 },
    );
  });

  test('what is printed reads the same, whatever ids exist', () => {
    fc.assert(
      fc.property(expressions, fc.boolean(), (expression, isKnown) => {
        const text = printSelection(expression);
        const parsed = parseSelection(text, isKnown ? new Set(names) : undefined);
        expect(parsed.ok ? withoutRanges(parsed.expression) : parsed.error.message).toEqual(
          withoutRanges(expression),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('any text is read or refused with a place inside it', () => {
    const texts = fc.string({
      unit: fc.constantFrom(
        'a',
        'b+1',
        'tag:',
        'status:',
        '+',
        '@',
        '!',
        '&',
        ' ',
        ',',
        '(',
        ')',
        '"',
        '/',
        '2',
        '*',
        '[',
        '{',
        '\\',
        '😀',
      ),
      maxLength: 12,
    });
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseSelection(text, new Set(names));
        if (parsed.ok) {
          const again = parseSelection(printSelection(parsed.expression), new Set(names));
          expect(again.ok && withoutRanges(again.expression)).toEqual(withoutRanges(parsed.expression));
        } else {
          const { start, end } = parsed.error.range!;
          expect(start.offset).toBeGreaterThanOrEqual(0);
          expect(end.offset).toBeGreaterThanOrEqual(start.offset);
          expect(end.offset).toBeLessThanOrEqual(text.length);
          expect(parsed.error.message).not.toBe('');
        }
      }),
      { numRuns: 2000 },
    );
  });
});

const names = ['a', 'b', 'c', 'a+1', 'g++', '2+a', '@a', 'a b'];

const workflows = fc
  .record({
    ids: fc.shuffledSubarray(names, { minLength: names.length }),
    edges: fc.array(fc.tuple(fc.nat(names.length - 1), fc.nat(names.length - 1)), { maxLength: 14 }),
    tagged: fc.array(fc.boolean(), { minLength: names.length, maxLength: names.length }),
  })
  .map(({ ids, edges, tagged }) =>
    subjectOf(
      ids.map((id, job) => ({
        id,
        tags: tagged[job] ? ['x'] : [],
        dependencies: edges.filter(([from, to]) => from === job && to < job).map(([, to]) => ids[to]!),
      })),
    ),
  );

const range = { start: 0, end: 0 };
const depth = fc.oneof(fc.constant('all' as const), fc.nat(3));

const { expressions } = fc.letrec<{ expressions: SelectionExpression; operands: SelectionExpression }>(
  (tie) => ({
    expressions: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      tie('operands'),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(tie('expressions'), { minLength: 2, maxLength: 3 }),
        range: fc.constant(range),
      }),
      fc.record({
        kind: fc.constantFrom('not' as const, 'closure' as const),
        of: tie('expressions'),
        range: fc.constant(range),
      }),
      fc.record({
        kind: fc.constant('reach' as const),
        dependencies: depth,
        dependents: depth,
        of: tie('expressions'),
        range: fc.constant(range),
      }),
    ),
    operands: fc.oneof(
      fc.record({
        kind: fc.constant('id' as const),
        id: fc.constantFrom(...names),
        range: fc.constant(range),
      }),
      fc.constantFrom<SelectionExpression>(
        { kind: 'match', field: 'tag', pattern: { kind: 'text', text: 'x' }, range },
        { kind: 'match', field: 'id', pattern: { kind: 'glob', glob: 'a*' }, range },
        { kind: 'match', field: 'id', pattern: { kind: 'regex', source: '^[ab/]', ignoreCase: true }, range },
      ),
    ),
  }),
);

type Subject = ReturnType<typeof subjectOf>;

function naive(expression: SelectionExpression, subject: Subject): Set<number> {
  const every = subject.jobs.map((_, job) => job);
  switch (expression.kind) {
    case 'id':
      return new Set(every.filter((job) => subject.jobs[job]!.id === expression.id));
    case 'match': {
      const isMeant = {
        tag: (job: number) => subject.jobs[job]!.tags.includes('x' as never),
        id: (job: number) =>
          subject.jobs[job]!.id.startsWith('a') ||
          (expression.pattern.kind === 'regex' && subject.jobs[job]!.id.startsWith('b')),
      };
      return new Set(every.filter(isMeant[expression.field as 'tag' | 'id']));
    }
    case 'status':
      return new Set();
    case 'or':
      return new Set(expression.of.flatMap((part) => [...naive(part, subject)]));
    case 'and': {
      const parts = expression.of.map((part) => naive(part, subject));
      return new Set(every.filter((job) => parts.every((part) => part.has(job))));
    }
    case 'not': {
      const excluded = naive(expression.of, subject);
      return new Set(every.filter((job) => !excluded.has(job)));
    }
    case 'closure':
      return steps(steps(naive(expression.of, subject), 'all', subject, 'up'), 'all', subject, 'down');
    case 'reach': {
      const from = naive(expression.of, subject);
      return new Set([
        ...steps(from, expression.dependencies, subject, 'down'),
        ...steps(from, expression.dependents, subject, 'up'),
      ]);
    }
  }
}

/** Steps to dependencies (down) or dependents (up), by looking at all pairs each time. */
function steps(
  from: Set<number>,
  depth: number | 'all',
  subject: Subject,
  direction: 'down' | 'up',
): Set<number> {
  const found = new Set(from);
  const dependsOn = (job: number, other: number) =>
    subject.jobs[job]!.dependencies.includes(subject.jobs[other]!.id as never);
  for (let step = 0; step < (depth === 'all' ? subject.jobs.length : depth); step++) {
    const before = [...found];
    for (const job of subject.jobs.keys()) {
      if (before.some((other) => (direction === 'down' ? dependsOn(other, job) : dependsOn(job, other))))
        found.add(job);
    }
  }
  return found;
}

function withoutRanges(expression: SelectionExpression): unknown {
  return JSON.parse(JSON.stringify(expression, (key, value) => (key === 'range' ? undefined : value)));
}

function matchesByHand(text: string, glob: string): boolean {
  if (glob === '') return text === '';
  if (glob[0] === '*') {
    return matchesByHand(text, glob.slice(1)) || (text !== '' && matchesByHand(text.slice(1), glob));
  }
  return (
    text !== '' && (glob[0] === '?' || glob[0] === text[0]) && matchesByHand(text.slice(1), glob.slice(1))
  );
}
