import { describe, expect, test } from '@jest/globals';
import { type Configuration, type Job, type LoadResult, load } from '../../src/config/index.ts';
import { memoryHost } from '../support/memoryHost.ts';

function loadFiles(files: Record<string, unknown>): LoadResult {
  const texts = Object.fromEntries(
    Object.entries(files).map(([file, value]) => [
      file,
      typeof value === 'string' ? value : JSON.stringify(value, null, 2),
    ]),
  );
  return load(Object.keys(files)[0]!, memoryHost(texts));
}

function valid(result: LoadResult): Configuration {
  if (result.state === 'valid') return result.configuration;
  throw new Error(JSON.stringify(result.diagnostics, null, 2));
}

function jobs(files: Record<string, unknown>): readonly Job[] {
  return valid(loadFiles(files)).jobs;
}

/** The only job of a file with these keys, beside what the file says. */
function job(keys: Record<string, unknown>, file: Record<string, unknown> = { version: 2 }): Job {
  return jobs({ '/work/w.json': { ...file, jobs: [{ id: 'a', command: 'true', ...keys }] } })[0]!;
}

describe('defaults', () => {
  test('of a minimal file of version 1', () => {
    const result = loadFiles({
      '/work/nightly.load.json': { working_dir: '/srv', jobs: [{ id: 'a', command: 'true' }] },
    });
    expect(valid(result)).toEqual({
      version: 1,
      applicationName: 'nightly.load',
      description: '',
      file: '/work/nightly.load.json',
      workingDir: '/srv',
      logDir: './logs',
      parallel: false,
      maxWorkers: 1,
      onFailure: 'stop',
      allowShell: true,
      envInheritance: { kind: 'all' },
      secrets: [],
      resources: {},
      email: { addresses: [], onSuccess: false, onFailure: true },
      notifications: [],
      logRetention: {},
      security: { policy: 'warn', commandWhitelist: [], commandAllowlistPatterns: [], workspacePaths: [] },
      dependencyPlugins: [],
      extra: {},
      jobs: [
        {
          id: 'a',
          command: 'true',
          description: '',
          dependencies: [],
          timeLimit: { kind: 'fixed', limitMs: 10_800_000 },
          gracePeriodMs: 1000,
          retry: {
            maxRetries: 0,
            delayMs: 30_000,
            backoff: 1.5,
            jitter: 0.1,
            maxRetryTimeMs: 1_800_000,
            onStatus: ['ERROR', 'FAILED', 'TIMEOUT'],
            onExitCodes: [1],
          },
          preChecks: [],
          postChecks: [],
          env: [],
          workingDir: '/srv',
          tags: [],
          priority: 0,
          resources: {},
          locks: [],
          allowFailure: false,
          enabled: true,
          inputs: [],
          outputs: [],
          extra: {},
          origin: { file: '/work/nightly.load.json', path: ['jobs', 0] },
        },
      ],
    });
    expect(result.diagnostics).toEqual([]);
  });

  test('of version 2: the folder of the file and a longer grace period', () => {
    const { workingDir, gracePeriodMs } = job({});
    expect({ workingDir, gracePeriodMs }).toEqual({ workingDir: '/work', gracePeriodMs: 10_000 });
  });

  test('are shared between jobs, not copied', () => {
    const [first, second] = jobs({
      '/work/w.json': {
        version: 2,
        env_variables: { A: '1' },
        jobs: [
          { id: 'a', command: 'true' },
          { id: 'b', command: 'true' },
        ],
      },
    });
    expect(first!.retry).toBe(second!.retry);
    expect(first!.env).toBe(second!.env);
    expect(first!.timeLimit).toBe(second!.timeLimit);
  });
});

test('settings of the run', () => {
  const configuration = valid(
    loadFiles({
      '/work/w.json': {
        version: 2,
        application_name: 'app',
        description: 'd',
        log_dir: 'out',
        parallel: true,
        max_workers: 4,
        on_failure: 'continue',
        allow_shell: false,
        shell: '/bin/bash',
        inherit_shell_env: ['PATH'],
        secrets: ['CONNECT'],
        resources: { cpu: 8 },
        email_address: ' a@x.org, b@x.org ,',
        email_on_success: true,
        smtp_server: 's',
        smtp_port: 25,
        smtp_user: 'u',
        smtp_password: 'p',
        log_retention: { max_runs: 3, max_age: '30d', max_size: '1.5 GiB' },
        security_policy: 'strict',
        schedule: '30 2 * * *',
        database: { path: 'x.db' },
        x_owner: 'ops',
        jobs: [{ id: 'a', command: 'true', x_note: 1 }],
      },
    }),
  );
  const { jobs: _, workingDir: __, file: ___, ...rest } = configuration;
  expect(rest).toEqual({
    version: 2,
    applicationName: 'app',
    description: 'd',
    logDir: 'out',
    parallel: true,
    maxWorkers: 4,
    onFailure: 'continue',
    allowShell: false,
    shell: '/bin/bash',
    envInheritance: { kind: 'listed', names: ['PATH'] },
    secrets: ['CONNECT'],
    resources: { cpu: 8 },
    email: {
      addresses: ['a@x.org', 'b@x.org'],
      onSuccess: true,
      onFailure: true,
      server: 's',
      port: 25,
      user: 'u',
      password: 'p',
    },
    notifications: [],
    logRetention: { maxRuns: 3, maxAgeMs: 2_592_000_000, maxSizeBytes: 1_610_612_736 },
    security: { policy: 'strict', commandWhitelist: [], commandAllowlistPatterns: [], workspacePaths: [] },
    schedule: { cron: '30 2 * * *' },
    dependencyPlugins: [],
    database: { path: 'x.db' },
    extra: { x_owner: 'ops' },
  });
  expect(configuration.jobs[0]).toMatchObject({ shell: '/bin/bash', extra: { x_note: 1 } });
});

test('the keys of a job', () => {
  expect(
    job({
      description: 'd',
      timeout: '1h',
      timeout_warning: '150%',
      no_output_timeout: '5m',
      grace_period: 0,
      estimated_duration: 0.052991,
      max_retries: 2,
      retry_delay: '1s',
      retry_on_exit_codes: [3],
      tags: ['t'],
      priority: -1,
      locks: ['l'],
      log_dir: 'logs/a',
      shell: '/bin/zsh',
      allow_failure: true,
      enabled: false,
      inputs: ['i'],
      outputs: ['o'],
    }),
  ).toMatchObject({
    description: 'd',
    timeLimit: { kind: 'fixed', limitMs: 3_600_000 },
    warnAfter: { kind: 'history', percentile: 50, factor: 1.5, floorMs: 60_000, fallbackMs: 10_800_000 },
    noOutputTimeoutMs: 300_000,
    gracePeriodMs: 0,
    estimatedDurationMs: 52.991,
    retry: {
      maxRetries: 2,
      delayMs: 1000,
      backoff: 1.5,
      jitter: 0.1,
      maxRetryTimeMs: 1_800_000,
      onExitCodes: [3],
    },
    tags: ['t'],
    priority: -1,
    locks: ['l'],
    logDir: 'logs/a',
    shell: '/bin/zsh',
    allowFailure: true,
    enabled: false,
    inputs: ['i'],
    outputs: ['o'],
  });
});

describe('time limits', () => {
  const history = (percentile: number, factor: number, floorMs = 60_000, fallbackMs = 600_000) => ({
    kind: 'history',
    percentile,
    factor,
    floorMs,
    fallbackMs,
  });
  test.each([
    [600, { kind: 'fixed', limitMs: 600_000 }],
    [0.0001, { kind: 'fixed', limitMs: 1 }],
    ['200%', history(50, 2)],
    ['p95*2', history(95, 2)],
    ['p99.9 * 1.5', history(99.9, 1.5)],
    ['p90', history(90, 1)],
    [{ history: '150%' }, history(50, 1.5)],
    [{ history: 'p95*2', floor: '5m', fallback: 60 }, history(95, 2, 300_000, 60_000)],
  ])('%p', (timeout, expected) => {
    expect(job({ timeout }, { version: 2, default_timeout: 600 }).timeLimit).toEqual(expected);
  });

  test('the default may follow history too; its fallback is handed on', () => {
    const file = { version: 2, default_timeout: { history: '300%', fallback: '2h' } };
    expect(job({}, file).timeLimit).toEqual(history(50, 3, 60_000, 7_200_000));
    expect(job({ timeout: '200%' }, file).timeLimit).toEqual(history(50, 2, 60_000, 7_200_000));
  });

  test('an unusable one of version 1 falls back to the default with a warning', () => {
    const result = loadFiles({
      '/work/w.json': {
        working_dir: '/srv',
        default_timeout: 600,
        jobs: [
          { id: 'a', command: 'true', timeout: 0 },
          { id: 'b', command: 'true', timeout: '30' },
          { id: 'c', command: 'true', timeout: null },
        ],
      },
    });
    expect(valid(result).jobs.map(({ timeLimit }) => timeLimit)).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'fixed', limitMs: 600_000 })),
    );
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['W701', 'W701', 'W204']);
  });
});

describe('environment', () => {
  test('layers, lowest first, with texts for numbers and flags', () => {
    const { env } = job(
      { env_sets: ['base', 'prod'], env_variables: { N: 3, F: false, T: 'x${A}' } },
      {
        version: 2,
        env_variables: { A: '1' },
        env_sets: { prod: { STAGE: 'prod' }, base: { STAGE: 'dev' } },
      },
    );
    expect(env).toEqual([
      { scope: 'application', variables: { A: '1' } },
      { scope: 'env_set', name: 'base', variables: { STAGE: 'dev' } },
      { scope: 'env_set', name: 'prod', variables: { STAGE: 'prod' } },
      { scope: 'job', name: 'a', variables: { N: '3', F: 'false', T: 'x${A}' } },
    ]);
  });

  test('flags of version 1 are spelled as it spelled them', () => {
    const { env } = job({ env_variables: { F: false, T: true } }, { working_dir: '/srv' });
    expect(env).toEqual([{ scope: 'job', name: 'a', variables: { F: 'False', T: 'True' } }]);
  });

  test('the layer of an env set is shared', () => {
    const [first, second] = jobs({
      '/work/w.json': {
        version: 2,
        env_sets: { prod: { STAGE: 'prod' } },
        jobs: ['a', 'b'].map((id) => ({ id, command: 'true', env_sets: ['prod'] })),
      },
    });
    expect(first!.env[0]).toBe(second!.env[0]);
  });
});

describe('working_dir', () => {
  test.each([
    ['/srv/etl', '/srv/etl'],
    ['etl', '/work/etl'],
    ['..', '/'],
    ['~', '/home/someone'],
    ['~/etl', '/home/someone/etl'],
    ['${ROOT}/etl', '${ROOT}/etl'],
    ['a/${ROOT}', '/work/a/${ROOT}'],
  ])('%p of the file is %p', (written, resolved) => {
    expect(job({}, { version: 2, working_dir: written }).workingDir).toBe(resolved);
  });

  test.each([
    ['sub', '/srv/sub'],
    ['/tmp', '/tmp'],
    ['${X}', '${X}'],
  ])('%p of a job is seen from that of the file', (written, resolved) => {
    expect(job({ working_dir: written }, { version: 2, working_dir: '/srv' }).workingDir).toBe(resolved);
  });

  test('a relative one below a reference', () => {
    expect(job({ working_dir: 'sub' }, { version: 2, working_dir: '${ROOT}' }).workingDir).toBe(
      '${ROOT}/sub',
    );
  });
});

describe('checks', () => {
  test('named ones are resolved, with parameters of the use over those of the definition', () => {
    const { preChecks } = job(
      {
        pre_checks: [
          'there',
          { name: 'there', params: { path: 'b' }, timeout: 5 },
          { name: 'check_file_exists', params: { path: 'c' } },
        ],
      },
      {
        version: 2,
        checks: { there: { name: 'file_not_empty', params: { path: 'a', min_size: 1 }, timeout: '2m' } },
      },
    );
    expect(preChecks).toEqual([
      { name: 'file_not_empty', params: { path: 'a', min_size: 1 }, timeoutMs: 120_000 },
      { name: 'file_not_empty', params: { path: 'b', min_size: 1 }, timeoutMs: 5000 },
      { name: 'check_file_exists', params: { path: 'c' }, timeoutMs: 60_000 },
    ]);
  });
});

test('dependencies: ids and conditions, the first of several on one job counts', () => {
  const list = jobs({
    '/work/w.json': {
      version: 2,
      jobs: [
        { id: 'a', command: 'true' },
        { id: 'b', command: 'true', dependencies: ['a', { job: 'a', when: 'failure' }] },
        { id: 'c', command: 'true', dependencies: [{ job: 'b' }, { job: 'a', when: 'always' }] },
      ],
    },
  });
  expect(list.map(({ dependencies }) => dependencies)).toEqual([
    [],
    [{ job: 'a', when: 'success' }],
    [
      { job: 'b', when: 'success' },
      { job: 'a', when: 'always' },
    ],
  ]);
});

describe('sources', () => {
  test('a text from standard input belongs to the current folder', () => {
    const result = load(
      { file: '-', text: '{"version": 2, "include": "part.json"}' },
      memoryHost({ '/work/part.json': '{"version": 2, "jobs": [{"id": "a", "command": "true"}]}' }),
    );
    const { file, workingDir, applicationName, jobs: list } = valid(result);
    expect({ file, workingDir, applicationName, ids: list.map(({ id }) => id) }).toEqual({
      file: '-',
      workingDir: '/work',
      applicationName: 'stdin',
      ids: ['a'],
    });
  });

  test('JSON with comments and YAML give the same configuration as JSON', () => {
    const json = valid(loadFiles({ '/work/w.json': '{"version":2,"jobs":[{"id":"a","command":"x"}]}' }));
    const jsonc = valid(
      loadFiles({ '/work/w.jsonc': '{"version":2, // two\n"jobs":[{"id":"a","command":"x"},],}' }),
    );
    const yaml = valid(loadFiles({ '/work/w.yaml': 'version: 2\njobs:\n  - id: a\n    command: x\n' }));
    const bare = (configuration: Configuration) => ({
      ...configuration,
      file: '',
      jobs: configuration.jobs.map(({ origin: _, ...rest }) => rest),
    });
    expect(bare(jsonc)).toEqual(bare(json));
    expect(bare(yaml)).toEqual(bare(json));
  });

  test('a key that is given twice: a warning in JSON of version 1, an error in version 2 and in YAML', () => {
    const twice = (version: string) =>
      `{${version}"working_dir": "/", "jobs": [{"id": "a", "command": "x", "command": "y"}]}`;
    const found = (text: string, name: string) => {
      const { state, diagnostics } = loadFiles({ [name]: text });
      return [state, ...diagnostics.map(({ code, severity }) => `${severity} ${code}`)];
    };
    expect(found(twice(''), '/w.json')).toEqual(['valid', 'warning W101']);
    expect(found(twice('"version": 2, '), '/w.json')).toEqual(['invalid', 'error E110']);
    expect(found('version: 2\njobs:\n- id: a\n  command: x\n  command: y\n', '/w.yaml')).toEqual([
      'invalid',
      'error E110',
    ]);
  });

  test('a file that is not there: with the nearest name', () => {
    const result = load('nightli.json', memoryHost({ '/work/nightly.json': '{}' }));
    expect([result.state, result.diagnostics]).toEqual([
      'invalid',
      [
        {
          code: 'E210',
          severity: 'error',
          message: 'the configuration file "nightli.json" does not exist',
          hint: 'did you mean "nightly.json"?',
        },
      ],
    ]);
  });
});

describe('places', () => {
  const result = loadFiles({
    '/work/w.yaml':
      'version: 2\njob_templates:\n  base:\n    command: x\n    env_variables: {A: "1", B: "2"}\njobs:\n  - id: a\n    extends: base\n    env_variables: {B: "3"}\n',
  });

  test.each([
    [['command'], 4],
    [['env_variables', 'A'], 5],
    [['env_variables', 'B'], 9],
    [['id'], 7],
    [['timeout'], 7],
  ])('%p is found through templates', (path, line) => {
    if (result.state !== 'valid') throw new Error('invalid');
    const origin = result.whereIs('a', ...path);
    expect(origin && result.locate(origin)?.start.line).toBe(line);
  });

  test('of the job itself', () => {
    if (result.state !== 'valid') throw new Error('invalid');
    expect(result.locate(result.configuration.jobs[0]!.origin)?.start.line).toBe(7);
    expect(result.whereIs('nobody')).toBeUndefined();
  });
});
