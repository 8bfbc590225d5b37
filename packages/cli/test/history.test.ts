// The history commands as a user meets them: the built program on a state folder of its own.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const bin = fileURLToPath(new URL('../bin/executioner.js', import.meta.url));
const corpus = fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));
const inCorpus = existsSync(corpus) ? test : test.skip;

let cwd: string;

beforeAll(() => {
  if (!existsSync(bin)) throw new Error('packages/cli is not built: run "npm run build" first');
  cwd = mkdtempSync(join(tmpdir(), 'executioner-history-'));
  const jobs = [
    { id: 'extract', command: 'echo extracting', tags: ['nightly'] },
    {
      id: 'load',
      command: 'echo "ORA-00942: table is missing"; exit 3',
      dependencies: ['extract'],
      tags: ['nightly', 'oracle'],
    },
    { id: 'report', command: 'echo never', dependencies: ['load'] },
    { id: 'slow', command: 'exec sleep 20', timeout: 0.2, dependencies: ['extract'] },
  ];
  writeFileSync(
    join(cwd, 'etl.json'),
    JSON.stringify({ version: 2, application_name: 'etl', on_failure: 'continue', jobs }),
  );
  writeFileSync(
    join(cwd, 'small.json'),
    JSON.stringify({ version: 2, application_name: 'small', jobs: [{ id: 'only', command: 'true' }] }),
  );
  expect(executioner(['run', 'etl.json', '-q']).status).toBe(1);
  expect(executioner(['run', 'small.json', '-q']).status).toBe(0);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function executioner(args: readonly string[], input = '', state = 'state') {
  const env = { PATH: process.env.PATH, HOME: cwd, EXECUTIONER_HOME: join(cwd, state), TZ: 'UTC' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    env,
    input,
  });
  return { status, stdout, stderr };
}

function history(...args: readonly string[]) {
  return executioner(['history', ...args]);
}

/** The jobs that a search finds, newest first. */
function found(...args: readonly string[]): string[] {
  const { status, stdout, stderr } = history('search', ...args, '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return (JSON.parse(stdout) as { jobs: { job: string }[] }).jobs.map(({ job }) => job);
}

/** The cells of the rows of a table. */
function rows(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.includes(' | '));
  return lines.slice(1).map((line) => line.split('|').map((cell) => cell.trim()));
}

describe('list', () => {
  test('shows the newest runs, oldest first, and as many as wanted', () => {
    const { status, stdout } = history('list');
    expect(status).toBe(0);
    expect(rows(stdout).map(([run, , name, verdict, , , jobs]) => [run, name, verdict, jobs])).toEqual([
      ['1', 'etl', 'FAILED', '1/4 (2 failed)'],
      ['2', 'small', 'SUCCESS', '1/1'],
    ]);
    expect(
      new Set(
        stdout
          .split('\n')
          .filter((line) => /^[=-]+$/.test(line))
          .map((line) => line.length),
      ).size,
    ).toBe(1);
    expect(executioner(['run', '--list-runs']).stdout).toBe(stdout);
    expect(rows(history('list', '--limit', '1').stdout)).toHaveLength(1);
  });

  test.each([
    [['etl'], ['1']],
    [['--app', 'small'], ['2']],
    [['--status', 'failed'], ['1']],
    [['--status', 'SUCCESS'], ['2']],
    [
      ['--since', '1h'],
      ['1', '2'],
    ],
    [['--until', '2020-01-01'], []],
    [['--since', '2020-01-01', '--until', '2020-01-02 12:00'], []],
  ])('%j', (args, runs) => {
    const { status, stdout } = history('list', ...args, '--json');
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as { runs: { run: number }[] }).runs.map(({ run }) => `${run}`)).toEqual(runs);
  });

  test('of an application that has no runs says which may be meant', () => {
    expect(history('list', 'smal')).toEqual({
      status: 0,
      stdout: "\nNo execution history found for application 'smal'.\n",
      stderr: 'did you mean "small"?\n',
    });
  });
});

describe('show', () => {
  test('has all jobs, what failed and why, and the exact commands that go on', () => {
    const { status, stdout } = history('show', '1');
    expect(status).toBe(0);
    expect(
      rows(stdout).map(([job, attempt, verdict, , , , tries]) => [job, attempt, verdict, tries]),
    ).toEqual([
      ['extract', '#1', 'SUCCESS', '1'],
      ['load', '#1', 'FAILED', '1'],
      ['report', '#1', 'SKIPPED', '0'],
      ['slow', '#1', 'TIMEOUT', '1'],
    ]);
    expect(stdout).toMatch(/\nload: failed with exit code 3 \(1 try, [\d.]+ s\)\n {2}echo "ORA-00942: table/);
    expect(stdout).toContain(
      [
        '  executioner run --resume-from 1',
        '  executioner run --resume-from 1 --resume-failed-only',
        '  executioner run --mark-success -r 1 -j load,slow',
      ].join('\n'),
    );
    expect(executioner(['run', '--show-run', '1']).stdout).toBe(stdout);
  });

  test('as data has what the tables leave out', () => {
    const { attempts, jobs } = JSON.parse(history('show', '1', '--json').stdout) as Record<string, object[]>;
    expect(attempts).toMatchObject([{ run: 1, config_file: join(cwd, 'etl.json'), exit_code: 1 }]);
    expect(jobs?.[1]).toMatchObject({ job: 'load', exit_code: 3, tags: ['nightly', 'oracle'] });
  });
});

describe('search', () => {
  test.each([
    [['extracting'], ['extract']],
    [['job:load'], ['load']],
    [['command:never'], ['report']],
    [['error:exit'], ['load']],
    [['output:ORA-00942'], ['load']],
    [['table is missing'], ['load']],
    [['tag:oracle'], ['load']],
    [['application:small'], ['only']],
    [
      ['--tag', 'nightly'],
      ['load', 'extract'],
    ],
    [['--status', 'TIMEOUT'], ['slow']],
    [
      ['--status', 'failed,timed_out'],
      ['slow', 'load'],
    ],
    [['--app', 'small'], ['only']],
    [['--tag', 'nightly', '--without', 'ORA'], ['extract']],
    [['--without', 'application:etl'], ['only']],
    [['--until', '2020-01-01'], []],
    [['--since', '1d', '--limit', '1'], ['only']],
    [['ORA', 'nowhere'], []],
  ])('%j', (args, jobs) => {
    const anyLimit = args.includes('--limit');
    if (!anyLimit) expect(found(...args)).toEqual(jobs);
    else expect(JSON.parse(history('search', ...args, '--json').stdout).jobs).toHaveLength(1);
  });

  test('shows run, job, status and the reason, and says when there is more', () => {
    const { stdout, stderr } = history('search', 'nightly', '--limit', '1');
    expect(rows(stdout)[0]!.slice(0, 3)).toEqual(['1', 'load', 'FAILED']);
    expect(stdout).toContain('failed with exit code 3');
    expect(stderr).toBe('only the newest is shown; --limit shows more\n');
  });

  test('that finds nothing says of a word with a colon that it is no field', () => {
    expect(history('search', 'jobs:load')).toEqual({
      status: 0,
      stdout: 'No job found.\n',
      stderr:
        '"jobs:" is no field, and was looked for as text; fields are job, command, error, output, tag, application, app\n',
    });
  });
});

describe('mark-success', () => {
  test('asks, marks, and says how to go on', () => {
    const refused = executioner(['history', 'mark-success', '1', 'load,slow'], 'n\n');
    expect(refused).toMatchObject({ status: 1, stdout: expect.stringContaining('Nothing was changed.') });
    expect(executioner(['history', 'mark-success', '1', 'load', 'slow'], 'y\n')).toMatchObject({
      status: 0,
      stdout:
        '  load: failed -> succeeded\n  slow: timed out -> succeeded\n' +
        'Marked as attempt 2 of run 1. To go on: executioner run --resume-from 1\n',
    });
    expect(executioner(['run', '--resume-from', '1', '-q']).status).toBe(0);
    expect(rows(history('list', 'etl').stdout).at(-1)!.slice(0, 4)).toEqual(['1', '#3', 'etl', 'SUCCESS']);
  });
});

describe('import', () => {
  const ninjaLog = '# ninja log v5\n1\t20\t123\tout/a.o\tabc\nbroken\n5\t50\t0\tb.o\tdef0\n';
  const jobLog =
    'Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n' +
    '1\t:\t1700000000.123\t     1.500\t0\t5\t0\t0\tsleep 1.5\n2\t:\t1700000001.000\t     0.100\t0\t0\t1\t0\tfalse\n';
  const trace = {
    name: 'flow',
    schemaVersion: '1.4',
    workflow: { executedAt: '2020-04-01T03:50:43Z', tasks: [{ name: 'merge', runtime: 1.5 }] },
  };

  test('takes each format, and searches and estimates answer on it', () => {
    writeFileSync(join(cwd, 'ninja.log'), ninjaLog);
    writeFileSync(join(cwd, 'joblog'), jobLog);
    writeFileSync(join(cwd, 'trace.json'), JSON.stringify(trace));
    expect(history('import', 'ninja.log', 'joblog', 'trace.json')).toEqual({
      status: 1,
      stdout:
        'ninja.log: 1 run, 2 jobs: 1 new\njoblog: 1 run, 2 jobs: 1 new\ntrace.json: 1 run, 1 job: 1 new\n',
      stderr: 'ninja.log:3: warning W131: this line is not "start end mtime output hash", and was left out\n',
    });
    expect(history('import', 'joblog').stdout).toBe('joblog: 1 run, 2 jobs: 0 new, 1 known already\n');
    expect(found('out/a')).toEqual(['out/a.o']);
    expect(found('sleep', '--app', 'parallel')).toEqual(['seq-1']);
    expect(found('merge')).toEqual(['merge']);
    writeFileSync(
      join(cwd, 'estimated.json'),
      JSON.stringify({
        version: 2,
        jobs: [
          { id: 'b.o', command: 'cc b.c' },
          { id: 'mine', command: 'sleep 1.5' },
          { id: 'new', command: 'true' },
        ],
      }),
    );
    const plan = JSON.parse(executioner(['plan', 'estimated.json']).stdout) as {
      jobs: { id: string; estimate_ms: number | null }[];
    };
    expect(plan.jobs.map(({ id, estimate_ms }) => [id, estimate_ms])).toEqual([
      ['b.o', 45],
      ['mine', 1500],
      ['new', null],
    ]);
  });

  test('says of each file that cannot be imported why, and takes the others', () => {
    writeFileSync(join(cwd, 'notes.txt'), 'hello');
    writeFileSync(join(cwd, 'half.json'), '{"schemaVersion": ');
    const { status, stdout, stderr } = history('import', 'notes.txt', 'none.db', 'half.json', 'joblog');
    expect([status, stdout]).toEqual([2, 'joblog: 1 run, 2 jobs: 0 new, 1 known already\n']);
    expect(stderr).toMatch(/^notes\.txt: error E132: this is no record that can be imported\n {2}hint: /);
    expect(stderr).toContain('\nnone.db: error E131: there is no such file\n');
    expect(stderr).toContain('\nhalf.json: error E133: this JSON file is damaged: ');
  });

  inCorpus('takes databases of version 1, each row once, and renumbers what is taken', () => {
    const files = ['schema-v6.db', 'schema-v8.db'].map((name) => join(corpus, 'v1/history', name));
    const { status, stdout } = executioner(['history', 'import', ...files], '', 'v1-state');
    expect(status).toBe(0);
    expect(stdout).toContain('schema-v6.db: 38 runs, 330 jobs: 38 new\n');
    expect(stdout).toMatch(/ {2}its runs 1 to 29 are runs 39 to 67 here, since those numbers were taken\n$/);
    const search = executioner(['history', 'search', '--limit', '9999', '--json'], '', 'v1-state');
    expect((JSON.parse(search.stdout) as { jobs: unknown[] }).jobs).toHaveLength(330 + 86);
  });
});

test('rebuild gives the same answers', () => {
  const before = history('search', '--json').stdout;
  const runs = readdirSync(join(cwd, 'state/runs')).length;
  expect(history('rebuild')).toEqual({
    status: 0,
    stdout: `the history is made anew from ${runs} runs\n`,
    stderr: '',
  });
  expect(history('search', '--json').stdout).toBe(before);
  writeFileSync(
    join(cwd, 'state/history.db'),
    'this is no database, though it is long enough to be looked at',
  );
  expect(history('list')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^error HISTORY_DAMAGED: .*\nhint: .*history rebuild/s),
  });
  expect(history('rebuild').status).toBe(0);
  expect(history('search', '--json').stdout).toBe(before);
});

test('prune says what would go, and removes it with its logs', () => {
  const logs = () => readdirSync(join(cwd, 'logs')).filter((file) => file.includes('run-1.'));
  expect(logs().length).toBeGreaterThan(0);
  const tried = history('prune', 'etl', '--max-runs', '0', '--dry-run');
  expect(tried).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^1 run would be removed \([\d.]+ (kB|bytes)\)\n {2}run 1 of etl\n$/),
  });
  expect(logs().length).toBeGreaterThan(0);
  expect(history('prune', 'etl', '--max-runs', '0').stdout).toContain('1 run removed (');
  expect(logs()).toEqual([]);
  expect(existsSync(join(cwd, 'state/runs/1'))).toBe(false);
  expect(history('show', '1')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(
      /^error RUN_NOT_FOUND: there is no run 1 in the history\nhint: the latest run is /,
    ),
  });
  expect(history('prune', '--max-age', '1h', '--app', 'small').stdout).toBe('0 runs removed (0 bytes)\n');
});

test.each([
  [['list', 'a', 'b'], 'unexpected argument "b": history list takes an application'],
  [['list', '--status', 'faild'], 'there is no status "faild"\nhint: did you mean "failed"?'],
  [
    ['list', '--since', '7x'],
    '--since "7x" is no time\nhint: write it as 7d, 2026-01-31 or "2026-01-31 12:00"',
  ],
  [['show'], 'history show needs the number of one run\nhint: executioner history show 12'],
  [['show', 'one'], 'history show needs the number of one run'],
  [['show', '0'], 'history show needs the number of one run'],
  [['mark-success', '2'], 'history mark-success needs the number of a run and jobs of it'],
  [['mark-success', 'two', 'only'], 'history mark-success needs the number of one run'],
  [['mark-success', '2', 'onl', '--yes'], 'run 2 has no job "onl"'],
  [['import'], 'history import needs the name of a file'],
  [['prune'], 'history prune must be told what to keep\nhint: give --max-runs'],
  [['prune', '--max-size', 'big'], '--max-size "big" is no size\nhint: write it as 500MB or 2GB'],
  [['prune', '--max-age', 'old'], '--max-age "old" is no time\nhint: write it as 30d'],
  [['rebuild', 'all'], 'unexpected argument "all": history rebuild takes nothing'],
  [['serach'], 'history has no action "serach"\nhint: did you mean "search"?'],
  [[], 'ACTION is missing\nhint: list, show, search, mark-success, import, prune or rebuild'],
])('bad input: history %j', (args, message) => {
  const { status, stdout, stderr } = history(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^error [A-Z_]+: /);
  expect(stderr).toContain(message);
});
