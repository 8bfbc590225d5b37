import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Job, type LoadResult, load } from '../../src/config/index.ts';
import { memoryHost } from '../support/memoryHost.ts';

type Files = Record<string, unknown>;

function loadFiles(files: Files, reads?: Map<string, number>): LoadResult {
  const texts = Object.fromEntries(
    Object.entries(files).map(([file, value]) => [`/work/${file}`, JSON.stringify(value)]),
  );
  return load('main.json', memoryHost(texts, reads));
}

function jobs(files: Files): readonly Job[] {
  const result = loadFiles(files);
  if (result.state === 'valid') return result.configuration.jobs;
  throw new Error(JSON.stringify(result.diagnostics, null, 2));
}

const ids = (files: Files) => jobs(files).map(({ id }) => id);
const job = (id: string, dependencies: readonly unknown[] = []) => ({ id, command: 'true', dependencies });
const waits = (list: readonly Job[]) =>
  Object.fromEntries(
    list.map(({ id, dependencies }) => [id, dependencies.map((dependency) => dependency.job)]),
  );

describe('order', () => {
  test('included jobs come first, in the order of the entries; globs are sorted', () => {
    expect(
      ids({
        'main.json': { version: 2, include: ['z.json', 'parts/*.json'], jobs: [job('own')] },
        'z.json': { version: 2, jobs: [job('z')] },
        'parts/b.json': { version: 2, jobs: [job('b')] },
        'parts/a.json': { version: 2, jobs: [job('a')] },
      }),
    ).toEqual(['z', 'a', 'b', 'own']);
  });

  test('paths count from the file that includes', () => {
    expect(
      ids({
        'main.json': { version: 2, include: 'parts/a.json' },
        'parts/a.json': { version: 2, include: '../other/b.json', jobs: [job('a')] },
        'other/b.json': { version: 2, jobs: [job('b')] },
      }),
    ).toEqual(['b', 'a']);
  });
});

describe('diamonds', () => {
  const files = {
    'main.json': { version: 2, include: ['left.json', 'right.json', 'base.json'] },
    'left.json': { version: 2, include: 'base.json', jobs: [job('left', ['base'])] },
    'right.json': { version: 2, include: 'base.json', jobs: [job('right', ['base'])] },
    'base.json': { version: 2, jobs: [job('base')] },
  };

  test('a file is read and taken once', () => {
    const reads = new Map<string, number>();
    const result = loadFiles(files, reads);
    expect(result.state === 'valid' && result.configuration.jobs.map(({ id }) => id)).toEqual([
      'base',
      'left',
      'right',
    ]);
    expect([...reads.values()]).toEqual([1, 1, 1, 1]);
  });

  test('under another prefix it is another instance, still read once', () => {
    const reads = new Map<string, number>();
    const result = loadFiles(
      {
        ...files,
        'main.json': {
          version: 2,
          include: [
            { file: 'left.json', prefix: 'l_' },
            { file: 'base.json', prefix: 'x_' },
          ],
        },
      },
      reads,
    );
    expect(result.state === 'valid' && waits(result.configuration.jobs)).toEqual({
      l_base: [],
      l_left: ['l_base'],
      x_base: [],
    });
    expect(reads.get('/work/base.json')).toBe(1);
  });
});

describe('prefixes', () => {
  test('nest, and names that are not there are looked up outside', () => {
    expect(
      waits(
        jobs({
          'main.json': {
            version: 2,
            include: [{ file: 'eu.json', prefix: 'eu_' }],
            jobs: [job('prepare'), job('close', ['eu_at_load', 'eu_report'])],
          },
          'eu.json': {
            version: 2,
            include: [{ file: 'at.json', prefix: 'at_' }],
            jobs: [job('report', ['at_load', 'prepare'])],
          },
          'at.json': { version: 2, jobs: [job('load', ['extract', 'prepare']), job('extract')] },
        }),
      ),
    ).toEqual({
      eu_at_load: ['eu_at_extract', 'prepare'],
      eu_at_extract: [],
      eu_report: ['eu_at_load', 'prepare'],
      prepare: [],
      close: ['eu_at_load', 'eu_report'],
    });
  });

  test('the inner job wins over one of the same name outside', () => {
    expect(
      waits(
        jobs({
          'main.json': { version: 2, include: [{ file: 'p.json', prefix: 'p_' }], jobs: [job('base')] },
          'p.json': { version: 2, jobs: [job('base'), job('next', ['base'])] },
        }),
      ),
    ).toEqual({ p_base: [], p_next: ['p_base'], base: [] });
  });
});

describe('only', () => {
  const part = {
    version: 2,
    jobs: [job('extract'), job('load_a', ['extract']), job('load_b'), job('report', ['load_b'])],
  };
  test.each([
    [['load_a'], ['extract', 'load_a']],
    [['load_*'], ['extract', 'load_a', 'load_b']],
    [['repor?'], ['load_b', 'report']],
    [
      ['extract', 'load_b'],
      ['extract', 'load_b'],
    ],
  ])('%p brings what it needs', (only, expected) => {
    expect(
      ids({
        'main.json': { version: 2, include: [{ file: 'part.json', only }], jobs: [] },
        'part.json': part,
      }),
    ).toEqual(expected);
  });

  test('of two entries for one file both count', () => {
    const include = [
      { file: 'part.json', only: ['extract'] },
      { file: 'part.json', only: ['load_b'] },
    ];
    expect(ids({ 'main.json': { version: 2, include, jobs: [] }, 'part.json': part })).toEqual([
      'extract',
      'load_b',
    ]);
  });
});

describe('what an included file says', () => {
  const files = {
    'main.json': {
      version: 2,
      working_dir: '/srv',
      default_timeout: 60,
      env_variables: { A: 'main' },
      resources: { cpu: 4 },
      secrets: ['S1'],
      include: ['plain.json', 'own.json'],
      job_templates: { base: { priority: 5 } },
      jobs: [{ ...job('m'), extends: 'lib', env_sets: ['prod'] }],
    },
    'plain.json': { version: 2, jobs: [{ ...job('p'), extends: 'base' }] },
    'own.json': {
      version: 2,
      working_dir: 'sub',
      default_timeout: 30,
      default_max_retries: 2,
      env_variables: { B: 'own' },
      resources: { cpu: 16, db: 2 },
      secrets: ['S2'],
      env_sets: { prod: { STAGE: 'prod' } },
      job_templates: { lib: { tags: ['lib'] } },
      jobs: [job('o')],
    },
  };
  const list = jobs(files);
  const byId = new Map(list.map((entry) => [entry.id, entry]));

  test('holds for its own jobs; what it leaves open comes from outside', () => {
    const seen = ['p', 'o', 'm'].map((id) => {
      const { workingDir, timeLimit, retry, env } = byId.get(id)!;
      return {
        id,
        workingDir,
        timeLimit,
        retries: retry.maxRetries,
        env: env.map(({ variables }) => variables),
      };
    });
    const limit = (seconds: number) => ({ kind: 'fixed', limitMs: seconds * 1000 });
    expect(seen).toEqual([
      { id: 'p', workingDir: '/srv', timeLimit: limit(60), retries: 0, env: [{ A: 'main' }] },
      {
        id: 'o',
        workingDir: '/work/sub',
        timeLimit: limit(30),
        retries: 2,
        env: [{ A: 'main' }, { B: 'own' }],
      },
      {
        id: 'm',
        workingDir: '/srv',
        timeLimit: limit(60),
        retries: 0,
        env: [{ A: 'main' }, { STAGE: 'prod' }],
      },
    ]);
  });

  test('templates and env sets are seen by all files', () => {
    expect([byId.get('p')!.priority, byId.get('m')!.tags]).toEqual([5, ['lib']]);
  });

  test('pools and secrets are added; the outermost capacity holds', () => {
    const result = loadFiles(files);
    const { resources, secrets } =
      result.state === 'valid' ? result.configuration : { resources: {}, secrets: [] };
    expect({ resources, secrets }).toEqual({ resources: { cpu: 4, db: 2 }, secrets: ['S1', 'S2'] });
  });

  test('the grace period is that of the file of the job', () => {
    const [old, own] = jobs({
      'main.json': { version: 2, include: 'old.json', jobs: [job('own')] },
      'old.json': { jobs: [job('old')] },
    });
    expect([old!.gracePeriodMs, own!.gracePeriodMs]).toEqual([1000, 10_000]);
  });
});

describe('templates', () => {
  test('scalars and lists are replaced, maps merged, the later template wins', () => {
    const [merged] = jobs({
      'main.json': {
        version: 2,
        resources: { cpu: 9, db: 9 },
        job_templates: {
          root: { timeout: 10, tags: ['root'], env_variables: { A: 'root', B: 'root' }, command: 'root' },
          left: { extends: 'root', env_variables: { B: 'left' }, resources: { cpu: 1 } },
          right: { tags: ['right'], resources: { cpu: 2, db: 1 } },
        },
        jobs: [{ id: 'a', extends: ['left', 'right'], env_variables: { C: 'own' }, resources: { db: 3 } }],
      },
    });
    const { command, timeLimit, tags, env, resources } = merged!;
    expect({ command, timeLimit, tags, env: env[0]!.variables, resources }).toEqual({
      command: 'root',
      timeLimit: { kind: 'fixed', limitMs: 10_000 },
      tags: ['right'],
      env: { A: 'root', B: 'left', C: 'own' },
      resources: { cpu: 2, db: 3 },
    });
  });
});

test('any set of files that include each other ends, in diagnostics or in a configuration', () => {
  const fileNames = ['main.json', 'a.json', 'b.json', 'c.json'];
  const entry = fc.record(
    { file: fc.constantFrom(...fileNames, '*.json', 'none.json'), prefix: fc.constantFrom('', 'p_', 'q_') },
    { requiredKeys: ['file'] },
  );
  fc.assert(
    fc.property(fc.array(fc.array(entry, { maxLength: 3 }), { minLength: 4, maxLength: 4 }), (includes) => {
      const files = Object.fromEntries(
        fileNames.map((name, index) => [name, { version: 2, include: includes[index], jobs: [job(name)] }]),
      );
      const result = loadFiles(files);
      const codes = new Set(result.diagnostics.map(({ code }) => code));
      const isClean = [...codes].every((code) => ['E211', 'E212', 'E303', 'W211'].includes(code));
      expect({ isClean, isValid: result.state === 'valid' }).toEqual({
        isClean: true,
        isValid: ![...codes].some((code) => code.startsWith('E')),
      });
      if (result.state === 'valid') {
        const list = result.configuration.jobs.map(({ id }) => id);
        expect(new Set(list).size).toBe(list.length);
      }
    }),
  );
});
