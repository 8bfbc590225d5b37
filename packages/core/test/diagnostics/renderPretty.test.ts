import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  createLineIndex,
  type Diagnostic,
  type PrettyOptions,
  renderPretty,
} from '../../src/diagnostics/index.ts';

const base = { code: 'E101', severity: 'error', message: 'm', file: 'w.yaml' } as const;

/** A diagnostic on `marked` (the first occurrence from `from`) in `text`, rendered without the summary. */
function frame(
  text: string,
  marked: string,
  options: PrettyOptions & { from?: number; end?: number } = {},
): string {
  const start = text.indexOf(marked, options.from ?? 0);
  const range = createLineIndex(text).rangeOf(start, options.end ?? start + marked.length);
  const sources = new Map([['w.yaml', text]]);
  return renderPretty([{ ...base, range }], { sources, summary: false, ...options });
}

describe('renderPretty', () => {
  test('of many places some, and a suggestion once', () => {
    const related = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ message: `place ${index}` }));
    const lines = (count: number, options: PrettyOptions = {}) =>
      renderPretty([{ ...base, related: related(count) }], { summary: false, ...options })
        .trimEnd()
        .split('\n')
        .slice(1);
    expect(lines(9)).toHaveLength(9);
    expect(lines(600)).toEqual([
      ...related(8).map(({ message }) => `  note: ${message}`),
      '  … and 592 more places',
    ]);
    expect(lines(600, { relatedLimit: Number.POSITIVE_INFINITY })).toHaveLength(600);

    const write = (name: string) => ({ kind: 'suggestion' as const, title: `write "${name}"`, edits: [] });
    const said = (hint: string, name: string) =>
      renderPretty([{ ...base, hint, fixes: [write(name)] }], { summary: false });
    expect(said('did you mean "python3"?', 'python3')).not.toContain('suggestion');
    expect(said('did you mean "$DAY"?', 'DAY')).not.toContain('suggestion');
    expect(said('correct it', 'python3')).toContain('  suggestion: write "python3"');
  });

  test('all parts of a diagnostic', () => {
    const text = 'jobs:\n- id: build\n  command: make\n- id: deploy\n  dependencies: [biuld]\n';
    const index = createLineIndex(text);
    const at = (part: string) => index.rangeOf(text.indexOf(part), text.indexOf(part) + part.length);
    const diagnostic: Diagnostic = {
      code: 'E101',
      severity: 'error',
      message: 'job "deploy" depends on "biuld", which is not defined',
      file: '/project/w.yaml',
      range: at('biuld'),
      job: 'deploy',
      hint: 'did you mean "build" (line 2)?\nor add the job',
      related: [
        { message: 'a job of this name is here', range: at('build') },
        { message: 'of this list', range: at('dependencies') },
        { message: 'included by', file: '/project/other.yaml', range: index.rangeOf(0, 4) },
        { message: 'and a place without a text' },
      ],
      fixes: [
        { kind: 'fix', title: 'replace "biuld" by "build"', edits: [] },
        { kind: 'suggestion', title: 'remove the dependency', edits: [] },
      ],
    };
    const rendered = renderPretty([diagnostic], {
      sources: new Map([['/project/w.yaml', text]]),
      displayFile: (file) => file.replace('/project/', ''),
    });
    expect(rendered).toBe(`w.yaml:5:18 error E101: job "deploy" depends on "biuld", which is not defined
  5 |   dependencies: [biuld]
    |                  ^^^^^
    |   ------------ of this list
  hint: did you mean "build" (line 2)?
    or add the job
  w.yaml:2:7 note: a job of this name is here
  2 | - id: build
    |       -----
  other.yaml:1:1 note: included by
  note: and a place without a text
  fix available: replace "biuld" by "build"
  suggestion: remove the dependency

1 error
`);
  });

  test('a related place of the same range labels the mark; in another part of a cut line it has its own frame', () => {
    const text = `needs: [a, ${'x'.repeat(100)}, b]`;
    const index = createLineIndex(text);
    const at = (part: string) => index.rangeOf(text.indexOf(part), text.indexOf(part) + part.length);
    const diagnostic: Diagnostic = {
      ...base,
      range: at('a,'),
      related: [
        { message: 'one', range: at('a,') },
        { message: 'two', range: at('a,') },
        { message: 'three', range: at('[') },
        { message: 'far', range: at('b]') },
      ],
    };
    expect(
      renderPretty([diagnostic], { sources: new Map([['w.yaml', text]]), width: 40, summary: false }),
    ).toBe(`w.yaml:1:9 error E101: m
  1 | needs: [a, ${'x'.repeat(22)}…
    |         ^^ one
    |         -- two
    |        - three
  w.yaml:1:114 note: far
  1 | …${'x'.repeat(29)}, b]
    | ${' '.repeat(32)}--
`);
    expect(renderPretty([diagnostic], { summary: false })).toBe(`w.yaml:1:9 error E101: m
  w.yaml:1:9 note: one
  w.yaml:1:9 note: two
  w.yaml:1:8 note: three
  w.yaml:1:114 note: far
`);
  });

  test('the job is told unless the message names it', () => {
    const diagnostic: Diagnostic = { code: 'W190', severity: 'warning', message: 'job "a" is odd', job: 'a' };
    expect(renderPretty([diagnostic], { summary: false })).toBe('warning W190: job "a" is odd\n');
    expect(renderPretty([{ ...diagnostic, message: 'odd', file: '-' }], { summary: false })).toBe(
      '<stdin> warning W190: odd\n  in job "a"\n',
    );
  });

  test('sorted, limited, counted', () => {
    const all = ['c', 'a', 'b'].map((message): Diagnostic => ({ code: 'E101', severity: 'error', message }));
    expect(renderPretty([...all, { code: 'W190', severity: 'warning', message: 'w' }], { limit: 2 })).toBe(
      'error E101: a\n\nerror E101: b\n\n… and 2 more\n\n3 errors, 1 warning\n',
    );
    expect(renderPretty([])).toBe('');
  });

  test('colours only on demand, and around the same text', () => {
    const text = 'a: b\n';
    const plain = frame(text, 'b');
    const colored = frame(text, 'b', { color: true });
    expect(colored).not.toBe(plain);
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain);
    expect(plain).not.toContain('\u001b');
  });
});

describe('frames', () => {
  test.each([
    ['one character', 'a: b', 'b', '  1 | a: b\n    |    ^\n'],
    ['tabs', '\ta:\tb', 'b', '  1 |     a:  b\n    |         ^\n'],
    ['a marked tab', 'a\tb', '\t', '  1 | a   b\n    |  ^^^\n'],
    ['wide characters before', '日本: b', 'b', '  1 | 日本: b\n    |       ^\n'],
    ['wide characters marked', 'a: 日本', '日本', '  1 | a: 日本\n    |    ^^^^\n'],
    ['combining characters', 'e\u0301e\u0301: b', 'b', '  1 | e\u0301e\u0301: b\n    |     ^\n'],
    ['emoji of several parts', '👩‍👩‍👧❤️: b', 'b', '  1 | 👩‍👩‍👧❤️: b\n    |       ^\n'],
    ['carriage returns', 'x\r\na: b\r\n', 'b', '  2 | a: b\n    |    ^\n'],
    ['a lone carriage return', 'x\ra: b\ry', 'b', '  2 | a: b\n    |    ^\n'],
    ['control characters', 'a: \u001b[31mb\u0000\u202e', 'b', '  1 | a: ␛[31mb␀�\n    |         ^\n'],
  ])('%s', (_, text, marked, expected) => {
    expect(frame(text, marked).split('\n').slice(1).join('\n')).toBe(expected);
  });

  test.each([
    ['an empty range', 'a: b', 3, 3, '  1 | a: b\n    |    ^\n'],
    ['the end of a line', 'a: b\nc', 4, 4, '  1 | a: b\n    |     ^\n'],
    ['the end of the text', 'a\n', 2, 2, '  2 |\n    | ^\n'],
    ['an empty text', '', 0, 0, '  1 |\n    | ^\n'],
    ['a line with its break', 'ab\ncd', 0, 3, '  1 | ab\n    | ^^\n'],
    ['two lines', 'a: [\n  b]\n', 3, 8, '  1 | a: [\n    |    ^\n  2 |   b]\n    |   ^\n'],
    ['many lines', 'a: {\n  b\n  c\n  }', 3, 16, '  1 | a: {\n    |    ^\n   …\n  4 |   }\n    |   ^\n'],
    ['several lines up to the start of one', 'a\nb\nc\nd', 0, 6, '  1 | a\n    | ^\n   …\n'],
    ['a range behind the text', 'ab', 50, 60, '  1 | ab\n    |   ^\n'],
  ])('%s', (_, text, start, end, expected) => {
    const range = createLineIndex(text).rangeOf(start, end);
    const rendered = renderPretty([{ ...base, range }], {
      sources: new Map([['w.yaml', text]]),
      summary: false,
    });
    expect(rendered.split('\n').slice(1).join('\n')).toBe(expected);
  });

  test('long lines are cut around the mark', () => {
    const text = `${'<'.repeat(90)}bad${'>'.repeat(90)}`;
    expect(frame(text, 'bad', { width: 40 })).toBe(`w.yaml:1:91 error E101: m
  1 | …${'<'.repeat(14)}bad${'>'.repeat(15)}…
    | ${' '.repeat(15)}^^^
`);
    expect(frame(text, '<<<', { width: 40 }).split('\n')[1]).toBe(`  1 | ${'<'.repeat(33)}…`);
    expect(frame(text, text, { width: 40 }).split('\n').slice(1, 3)).toEqual([
      `  1 | ${'<'.repeat(33)}…`,
      `    | ${'^'.repeat(34)}`,
    ]);
  });

  test.each([
    ['no terminal', Number.POSITIVE_INFINITY, 100],
    ['a terminal', 60, 60],
  ])('every frame of long lines is cut: %s', (_, width, shown) => {
    const line = `{"jobs":[${Array.from({ length: 2000 }, (_, k) => `{"id":"job${k}","command":"true"}`).join(',')}]}`;
    const text = `${line}\n${line}`;
    const index = createLineIndex(text);
    const at = (part: string) => index.rangeOf(text.indexOf(part), text.indexOf(part) + part.length);
    const two = index.rangeOf(text.indexOf('"job1990"'), text.lastIndexOf('"job20"'));
    const diagnostic: Diagnostic = {
      ...base,
      range: two,
      related: [
        { message: 'first', range: at('"job7"') },
        { message: 'then', range: at('"job1000"') },
      ],
    };
    const lines = renderPretty([diagnostic, { ...base, range: at('"job500"') }], {
      sources: new Map([['w.yaml', text]]),
      width,
    }).split('\n');
    const frames = lines.filter((one) => /^ +\d* \|/.test(one));
    expect(frames.length).toBe(10);
    expect(Math.max(...lines.map((one) => one.length))).toBe(shown);
    const marked = frames.flatMap((one, k) => {
      const [from, to] = [one.search(/[\^-]+$/), one.length];
      return k % 2 === 0 ? [] : [frames[k - 1]!.slice(from, to)];
    });
    expect(marked[0]).toBe('"job500"');
    expect(marked[1]).toMatch(/^"job1990".*…$/);
    expect(marked[2]).toMatch(/^\{"jobs":\[\{"id":"job0",.*…$/);
    expect(marked.slice(3)).toEqual(['"job7"', '"job1000"']);
  });

  test('a line of megabytes costs its excerpt', () => {
    const text = `{"a": "${'語'.repeat(3_000_000)}", "bad": tru}`;
    expect(frame(text, 'tru}', { width: 40 })).toBe(`w.yaml:1:3000018 error E101: m
  1 | … 語語語語語語語語語", "bad": tru}
    |                               ^^^^
`);
  });

  test('the mark stands below what it marks, whatever the line holds', () => {
    const unit = fc.constantFrom('a', ' ', '\t', '日', '😀', '\u0000', 'ü', '\u200b', '"');
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), fc.array(unit, { maxLength: 60 }), (before, after) => {
        const text = `${before.join('')}MARK${after.join('')}`;
        const [, source, marks] = frame(text, 'MARK', { width: 50 }).split('\n');
        const columns = Array.from(source!).flatMap((character) =>
          /[日😀]/u.test(character) ? [character, ''] : [character],
        );
        expect(columns.slice(marks!.indexOf('^'), marks!.lastIndexOf('^') + 1).join('')).toBe('MARK');
        expect(columns.length).toBeLessThanOrEqual(50);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what comes from outside', () => {
  test('cannot act on the terminal or begin a line of its own', () => {
    const evil = 'x\u001b[2J\u0007\r\n::error::y\u202e\u009b';
    const diagnostic: Diagnostic = {
      ...base,
      message: evil,
      file: evil,
      job: evil,
      related: [{ message: evil, file: evil }],
      fixes: [{ kind: 'fix', title: 'f\u001b', edits: [] }],
    };
    const rendered = renderPretty([diagnostic], { summary: false });
    expect(rendered).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^::/m);
    expect(rendered).toContain('x\\u001b[2J\\u0007\\r\\n::error::y\\u202e\\u009b');
  });

  test.each([
    ['smtp_password: hunter2, x}', 'smtp_password: ***********'],
    ['  - DB_TOKEN: "a\\"b" # c', '  - DB_TOKEN: "****" # c'],
    ['{"api-key": "abc", "monkey": "banana"}', '{"api-key": "***", "monkey": "banana"}'],
    ['{"PASSWD":12,"b":1}', '{"PASSWD":**,"b":1}'],
    ["env: {MY_SECRET: 'it', B: c}", "env: {MY_SECRET: '**', B: c}"],
    ['command: "DB_PASSWORD=abc psql -c x"', 'command: "DB_PASSWORD=*** psql -c x"'],
    ['  password: ${DB_PASSWORD}', '  password: ${DB_PASSWORD}'],
    ['  DECLARED: value', '  DECLARED: *****'],
    ['  password:', '  password:'],
    ['  keyboard: qwerty', '  keyboard: qwerty'],
  ])('secret values are hidden: %s', (line, shown) => {
    const rendered = frame(`first\n${line}\nlast`, line, { secretNames: ['DECLARED'] });
    expect(rendered.split('\n')[1]).toBe(`  2 | ${shown}`);
  });

  test('a secret stays hidden when the mark is far behind it', () => {
    const text = `{"password": "hunter2", "${'x'.repeat(20)}": bad}`;
    expect(frame(text, 'bad', { width: 60 })).toContain('"*******"');
  });
});
