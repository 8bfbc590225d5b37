import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '../launcher/rig.ts';
import { removeFolder } from '../removeFolder.ts';

const bin = fileURLToPath(new URL('../../bin/executioner-engine.js', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-cli-'));
});
afterEach(() => removeFolder(folder));

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function workflow(jobs: readonly object[], settings: object = {}): string {
  writeFileSync(join(folder, 'flow.json'), JSON.stringify({ version: 2, jobs, ...settings }, undefined, 2));
  return 'flow.json';
}

function launch(args: readonly string[], nodeOptions: readonly string[] = []): ChildProcess {
  const env = { PATH: process.env.PATH, HOME: folder, EXECUTIONER_HOME: join(folder, 'state'), TZ: 'UTC' };
  return spawn(process.execPath, [...nodeOptions, bin, ...args], { cwd: folder, env });
}

function ended(child: ChildProcess): Promise<Ended> {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (part: string) => {
      output[name] += part;
    });
  }
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, ...output })));
}

function run(...args: string[]): Promise<Ended> {
  return ended(launch(args));
}

function untilPrinted(child: ChildProcess, text: string): Promise<void> {
  let seen = '';
  return new Promise((resolve) => {
    child.stdout!.on('data', (part) => {
      seen += part;
      if (seen.includes(text)) resolve();
    });
  });
}

/** Without what differs from run to run. */
function masked(text: string): string {
  return text
    .replaceAll(folder, '/work')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'TIME')
    .replace(/\d+(\.\d+)? s(econds)?\b/g, '# s')
    .replace(/Duration: .*/g, 'Duration: #');
}

const state = (...path: string[]) => join(folder, 'state', 'runs', '1', ...path);

describe('what a run shows', () => {
  test('the lines of the run log as they arise, then the summary', async () => {
    const file = workflow([
      { id: 'good', command: 'true' },
      {
        id: 'bad',
        description: 'Goes wrong',
        command: 'echo one; echo two; kill -KILL $$',
        dependencies: ['good'],
      },
      { id: 'late', command: 'true', dependencies: ['bad'] },
    ]);
    const { exitCode, stdout, stderr } = await run(file);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(masked(stdout)).toBe(`TIME - INFO - Initialized run ID: 1, attempt: 1
TIME - INFO - Created run summary for run ID: 1
TIME - INFO - Starting job 'good'
TIME - INFO - Running job: good Command: true
TIME - INFO - Job 'good' completed successfully in # s
TIME - INFO - Starting job 'bad'
TIME - INFO - Running job: bad Command: echo one; echo two; kill -KILL $$
TIME - ERROR - Job bad failed after 1 attempts.
TIME - ERROR - Stopping execution.
TIME - WARNING - Exit code set to: 1
TIME - WARNING - The following jobs were not completed: late
TIME - INFO - Updated run summary for run ID: 1 with status: FAILED

========================================
           EXECUTION SUMMARY
========================================
Application: flow
Run ID: 1
Status: FAILED (exit code 1)
Start Time: TIME
End Time: TIME
Duration: #
Jobs Completed: 1 of 3
Jobs Failed: 1
Jobs Skipped: 1

Failed Jobs:
  - bad: Goes wrong
      Reason (failure): failed with signal SIGKILL (1 try, # s)
      Last output:
        | one
        | two
      Log: /work/logs/executioner.flow.job-bad.run-1.log

Skipped Jobs (unmet dependencies):
  - late
      Skipped: needs bad (failed)

Log: /work/logs/executioner.flow.run-1.log
Resume: executioner-engine flow.json --resume-from 1
========================================
`);
  });

  test('with --json only the lines of the journal', async () => {
    const { exitCode, stdout } = await run(workflow([{ id: 'a', command: 'true' }]), '--json');
    expect(exitCode).toBe(0);
    expect(
      stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toEqual(
      readFileSync(state('journal.1.ndjson'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    );
  });

  test('with --quiet nothing, unless it fails', async () => {
    expect(await run(workflow([{ id: 'a', command: 'true' }]), '-q')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
    const { stdout } = await run(workflow([{ id: 'a', command: 'false' }]), '-q');
    expect(stdout).toMatch(/^\n=+\n +EXECUTION SUMMARY/);
  });
});

describe('options', () => {
  const chain = [
    { id: 'a', command: 'echo $WHO', tags: ['night'] },
    { id: 'b', command: 'true', dependencies: ['a'] },
    { id: 'c', command: 'true', dependencies: ['b'] },
  ];

  test('--env is above the configuration', async () => {
    await run(workflow(chain, { env_variables: { WHO: 'file' } }), '--env', 'OTHER=1,WHO=command line');
    expect(readFileSync(join(folder, 'logs/executioner.flow.job-a.run-1.log'), 'utf8')).toMatch(
      /INFO - command line\n/,
    );
  });

  test('--skip takes ids, repeated or with commas, and lets dependents run', async () => {
    const { exitCode, stdout } = await run(workflow(chain), '--skip', 'a,b');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Skipping job a \(requested\)/);
    expect(stdout).toMatch(/Job 'c' completed successfully/);
    expect((await run('flow.json', '--skip', 'aa')).stderr).toBe(
      'error UNKNOWN_JOB: there is no job "aa" to skip\nhint: did you mean "a"?\n',
    );
  });

  test('--select runs what is selected; other dependencies count as satisfied', async () => {
    const { exitCode, stdout } = await run(workflow(chain), '--select', 'c');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Jobs Completed: 1 of 1/);
    const wrong = await run('flow.json', '--select', 'tag:night & (');
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toMatch(/<selection>:1:\d+ error E19/);
    expect((await run('flow.json', '--select', 'tag:day')).exitCode).toBe(2);
  });

  test('--continue-on-error, --parallel and --workers', async () => {
    const jobs = [{ id: 'x', command: 'false' }, ...chain];
    const { stdout, exitCode } = await run(
      workflow(jobs),
      '--continue-on-error',
      '--parallel',
      '--workers',
      '2',
    );
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/Parallel execution with 2 workers/);
    expect(stdout).toMatch(/Job x failed but continuing\./);
    expect(stdout).toMatch(/Job 'c' completed successfully/);
  });

  test('-c names the configuration, jobs_config.json is the default', async () => {
    expect((await run('-c', workflow(chain))).exitCode).toBe(0);
    expect((await run('flow.json', '-c', 'other.json')).exitCode).toBe(2);
    const { stderr, exitCode } = await run();
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/jobs_config\.json/);
  });

  test('standard input', async () => {
    const child = launch(['-', '--json']);
    child.stdin!.end('jobs:\n  - id: a\n    command: echo hi\nversion: 2\n');
    expect((await ended(child)).exitCode).toBe(0);
  });

  test('--visible shows variables, secrets masked', async () => {
    const variables = { X: '${Y}!', MY_TOKEN: 'abcdef', URL: 'x:${MY_TOKEN}@y' };
    const file = workflow([{ id: 'a', command: 'true', env_variables: variables }], {
      env_variables: { Y: 'why' },
    });
    const { stderr } = await run(file, '--visible', '--dry-run');
    expect(stderr).toMatch(/Job: a\n {2}Y=why\n {2}X=why!\n {2}MY_TOKEN=\*{4}\n {2}URL=x:\*{4}@y\n/);
  });
});

test('--workers without --parallel is said to be without effect', async () => {
  const file = workflow([{ id: 'a', command: 'true' }]);
  const said = '--workers has no effect without --parallel';
  expect((await run(file, '--workers', '3', '--dry-run')).stderr).toContain(said);
  expect((await run(file, '--workers', '3', '--parallel', '--dry-run')).stderr).toBe('');
});

describe('--dry-run', () => {
  test('shows the plan and touches nothing', async () => {
    const file = workflow(
      [
        { id: 'a', command: 'true', timeout: 90, max_retries: 2 },
        { id: 'b', command: 'true', dependencies: ['a'], estimated_duration: '2m' },
        { id: 'c', command: 'true', dependencies: ['a'], enabled: false },
        { id: 'alarm', command: 'true', dependencies: [{ job: 'b', when: 'failure' }] },
      ],
      { application_name: 'plan', parallel: true, max_workers: 2, default_timeout: 10 },
    );
    const { exitCode, stdout } = await run(file, '--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(folder, '/work')).toBe(`DRY RUN: nothing is started

Plan:
  Application: plan
  Working folder: /work
  Execution mode: PARALLEL with 2 workers
  After a failure: stop
  Would Execute: 2
  Would Skip: 1
  Expected Duration: 1m40s (1 of 2 jobs by guess)

Job execution order:
   1. a
      true
      [after: none; limit: 1m30s; retries: 2]
   2. b
      true
      [after: a; limit: 10s; usually: 2m]

Only when another job fails:
    - alarm
      true
      [after: b (failure); limit: 10s]

Skipped:
    - c (disabled)

Levels (jobs of one level do not depend on each other):
  0: a
  1: b
  2: alarm
`);
    expect(readdirSync(folder)).toEqual(['flow.json']);
  });

  test('names what a selection leaves out, and no secret', async () => {
    const file = workflow(
      [
        { id: 'a', command: 'true' },
        { id: 'b', command: 'login hunter22', dependencies: ['a'] },
      ],
      { env_variables: { DB_PASSWORD: 'hunter22' } },
    );
    const { stdout } = await run(file, '--dry-run', '--select', 'b');
    expect(stdout).toContain('  Not Selected: 1\n');
    expect(stdout).toContain('1. b\n      login ****\n      [after: a (not selected); limit: 3h]\n');
  });
});

describe('samples', () => {
  test.each(['--simple-config', '--sample-config'])('%s prints a configuration that runs', async (option) => {
    const { stdout, exitCode } = await run(option);
    expect(exitCode).toBe(0);
    writeFileSync(join(folder, 'sample.json'), stdout);
    const ran = await run('sample.json');
    expect({ exitCode: ran.exitCode, stderr: ran.stderr }).toEqual({ exitCode: 0, stderr: '' });
  });
});

describe('bad input starts nothing and creates nothing', () => {
  test.each([
    ['a missing dependency', { jobs: [{ id: 'a', command: 'true', dependencies: ['bb'] }] }, /error E3\d\d/],
    ['a cycle', { jobs: [{ id: 'a', command: 'true', dependencies: ['a'] }] }, /error E3\d\d/],
    [
      'a duplicate',
      {
        jobs: [
          { id: 'a', command: 'true' },
          { id: 'a', command: 'true' },
        ],
      },
      /error E\d\d\d/,
    ],
    ['a wrong shape', { jobs: 'none' }, /error E2\d\d/],
  ])('%s', async (_, content, message) => {
    writeFileSync(join(folder, 'bad.json'), JSON.stringify({ version: 2, ...content }));
    const { exitCode, stdout, stderr } = await run('bad.json');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(readdirSync(folder)).toEqual(['bad.json']);
  });

  test('a log folder that cannot be used', async () => {
    writeFileSync(join(folder, 'taken'), '');
    const { exitCode, stdout, stderr } = await run(
      workflow([{ id: 'a', command: 'true' }], { log_dir: 'taken/logs' }),
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error LOG_FOLDER: the log folder ".*taken\/logs" cannot be used: ENOTDIR.*\nhint: /,
    );
    expect(existsSync(join(folder, 'state'))).toBe(false);
  });
});

describe('signals', () => {
  const polite = { id: 'a', command: 'echo started; sleep 60' };
  const deaf = { id: 'a', command: 'trap "" TERM INT; touch deaf; sleep 60; sleep 60', grace_period: '1h' };

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s stops: exit code %d', async (signal, code) => {
    const child = launch([workflow([polite, { id: 'b', command: 'true' }]), '--json']);
    const end = ended(child);
    await untilPrinted(child, '"job.started"');
    child.kill(signal);
    const { exitCode, stdout } = await end;
    expect(exitCode).toBe(code);
    expect(stdout).toMatch(/"type":"job\.finished","job":"a".*"status":"cancelled"/);
    expect(stdout).toMatch(/"type":"job\.skipped","job":"b".*"reason":"stopped"/);
  });

  test('the second one kills what does not end', async () => {
    const child = launch([workflow([deaf]), '--json']);
    const end = ended(child);
    await until('the job is deaf', () => existsSync(join(folder, 'deaf')));
    child.kill('SIGINT');
    await untilPrinted(child, '"signal":"SIGTERM"');
    child.kill('SIGINT');
    const { exitCode, stdout } = await end;
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/"end":\{"signal":"SIGKILL"/);
  });
});

describe('hard conditions', () => {
  test('standard output that is closed does not stop the run', async () => {
    const jobs = Array.from({ length: 5 }, (_, index) => ({ id: `j${index}`, command: 'sleep 0.05' }));
    const child = launch([workflow(jobs)]);
    child.stdout!.destroy();
    const exitCode = await new Promise((resolve) => child.on('exit', resolve));
    expect(exitCode).toBe(0);
    expect(readFileSync(state('journal.1.ndjson'), 'utf8')).toMatch(/"run\.finished".*"outcome":"succeeded"/);
  });

  test('100 MB of output pass through bounded memory into the log', async () => {
    const line = 'x'.repeat(999);
    const file = workflow([{ id: 'loud', command: `yes ${line} | head -n 100000` }]);
    const child = launch([file, '-q'], ['--max-old-space-size=64']);
    const highest = peakMemory(child.pid!);
    expect(await ended(child)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(await highest).toBeLessThan(250_000);
    const log = readFileSync(join(folder, 'logs/executioner.flow.job-loud.run-1.log'), 'latin1');
    expect(log.length).toBe(100_000 * (1000 + '2026-01-02 03:04:05,678 - INFO - '.length) + otherLines(log));
  });

  function otherLines(log: string): number {
    const lines = [log.slice(0, log.indexOf('\n') + 1), log.slice(log.lastIndexOf('\n', log.length - 2) + 1)];
    return lines.join('').length;
  }
});

/** The most memory a process has held, in KiB, as the kernel counts it; 0 where it does not. */
async function peakMemory(pid: number): Promise<number> {
  let highest = 0;
  for (;;) {
    try {
      highest = Math.max(
        highest,
        Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
      );
    } catch {
      return highest;
    }
    if (/State:\s+Z/.test(statusOf(pid))) return highest;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
