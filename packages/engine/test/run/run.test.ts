import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startTicks } from '../../src/runs/index.ts';
import { until } from '../launcher/rig.ts';
import { adjustableClock, makeRig, occursIn, outcomesOf, type Rig } from './rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = makeRig();
});
afterEach(() => rig.remove());

/** Fails until it has been tried `count` times. */
const failUntil = (count: number) => `echo try >> tries; test $(wc -l < tries) -ge ${count}`;

describe('a run', () => {
  test('runs jobs after their dependencies and writes their output to their logs', async () => {
    const { outcome, exitCode, outcomes } = await rig.run([
      { id: 'second', command: 'cat made', dependencies: ['first'] },
      { id: 'first', command: 'echo hello > made; echo "to stderr" >&2' },
    ]);
    expect({ outcome, exitCode, outcomes }).toEqual({
      outcome: 'succeeded',
      exitCode: 0,
      outcomes: { first: 'succeeded', second: 'succeeded' },
    });
    expect(rig.jobLog('first')).toEqual([
      'INFO - Executing job - first: echo hello > made; echo "to stderr" >&2',
      'INFO - to stderr',
      'INFO - Job first: SUCCESS',
    ]);
    expect(rig.jobLog('second')).toEqual([
      'INFO - Executing job - second: cat made',
      'INFO - hello',
      'INFO - Job second: SUCCESS',
    ]);
  });

  test('gives its events as the journal has them', async () => {
    const { events, folder } = await rig.run([{ id: 'a', command: 'exit 3' }]);
    const journal = readFileSync(join(folder, 'journal.1.ndjson'), 'utf8').trimEnd().split('\n');
    expect(journal.map((line) => JSON.parse(line))).toEqual(events);
    expect(events.map(({ type }) => type)).toEqual([
      'run.started',
      'job.starting',
      'job.started',
      'job.exited',
      'job.finished',
      'run.stopping',
      'run.finished',
    ]);
  });

  test('two at once in one process keep apart', async () => {
    const configuration = rig.configuration([{ id: 'a', command: 'echo "$EXECUTIONER_RUN"' }]);
    const runs = [rig.start(configuration), rig.start(configuration)];
    expect((await Promise.all(runs.map(({ result }) => result))).map(({ exitCode }) => exitCode)).toEqual([
      0, 0,
    ]);
    expect(runs.map(({ id }) => id)).toEqual([1, 2]);
    expect([rig.jobLog('a', 1)[1], rig.jobLog('a', 2)[1]]).toEqual(['INFO - 1', 'INFO - 2']);
  });

  test('an empty workflow succeeds', async () => {
    const { outcome, summary } = await rig.run([{ id: 'off', command: 'false', enabled: false }]);
    expect(outcome).toBe('succeeded');
    expect(summary.skipped).toEqual([
      { job: 'off', description: '', reason: 'disabled', because: [], between: 0 },
    ]);
  });
});

describe('retries', () => {
  const retrying = { max_retries: 3, retry_delay: 0.01, retry_jitter: 0 };

  test('a job that succeeds at its third try', async () => {
    const { outcomes, events } = await rig.run([{ id: 'flaky', command: failUntil(3), ...retrying }]);
    expect(outcomes).toEqual({ flaky: 'succeeded' });
    expect(events.filter(({ type }) => type === 'job.starting').length).toBe(3);
    const log = rig
      .read('logs', 'executioner.app.run-1.log')
      .split('\n')
      .map((line) => line.slice(22));
    expect(log.slice(1, 7)).toEqual([
      "INFO - Starting job 'flaky'",
      `INFO - Running job: flaky Command: ${failUntil(3)}`,
      'INFO - Will retry job flaky in 0.0 seconds (attempt 1/3)',
      'INFO - Retry attempt 1/3 for job flaky',
      'INFO - Will retry job flaky in 0.0 seconds (attempt 2/3)',
      'INFO - Retry attempt 2/3 for job flaky',
    ]);
  });

  test('one that never does fails after all of them', async () => {
    const { summary } = await rig.run([{ id: 'bad', command: 'echo no; exit 7', ...retrying }]);
    expect(summary.failed).toEqual([
      expect.objectContaining({ job: 'bad', status: 'failed', tries: 4, lastLines: ['no'] }),
    ]);
    expect(rig.jobLog('bad').filter((line) => line === 'INFO - no').length).toBe(4);
  });
});

describe('time limits', () => {
  test('a job that ignores SIGTERM is killed after its grace period, with all it has started', async () => {
    const command = 'trap "" TERM; echo $$ > pid; sleep 60 & echo $! > child; : > deaf; wait; wait; sleep 60';
    const { clock, putForward } = adjustableClock();
    const job = { id: 'deaf', command, timeout: '2h', grace_period: '1h' };
    const run = rig.start(rig.configuration([job]), { clock });
    // The limit counts from the moment in which the engine hears of the start.
    await run.next('job.started');
    await until('the job is deaf', () => existsSync(join(rig.folder, 'deaf')));
    putForward(run, 2);
    await run.next('job.signalled');
    putForward(run, 1);
    await run.result;
    expect(outcomesOf(run.seen)).toEqual({ deaf: 'timed_out' });
    const signals = run.seen.flatMap((event) =>
      event.type === 'job.signalled' ? [[event.signal, event.why]] : [],
    );
    expect(signals).toEqual([
      ['SIGTERM', 'time_limit'],
      ['SIGKILL', 'grace'],
    ]);
    for (const name of ['pid', 'child']) expect(isAlive(Number(rig.read(name)))).toBe(false);
    expect(rig.jobLog('deaf').slice(1)).toEqual([
      'ERROR - Job deaf timed out after 7200 seconds (timeout=7200).',
      'WARNING - Job deaf outlived its grace period and gets SIGKILL',
    ]);
  });

  test('a job that falls silent is stopped; dots count as life', async () => {
    // One process, so that no dot has to wait for another to start.
    const dots = `const dot = setInterval(() => process.stdout.write('.'), 100);
setTimeout(() => clearInterval(dot), 4000);
setTimeout(() => {}, 60000);`;
    writeFileSync(join(rig.folder, 'dots.js'), dots);
    const command = `exec ${process.execPath} dots.js`;
    const { outcomes, events } = await rig.run([{ id: 'a', command, no_output_timeout: '3s' }]);
    expect(outcomes).toEqual({ a: 'timed_out' });
    const stopped = events.find((event) => event.type === 'job.signalled');
    expect(stopped).toMatchObject({ why: 'no_output' });
    expect(stopped!.m).toBeGreaterThan(4000);
    expect(rig.jobLog('a').slice(1)).toEqual([
      'ERROR - Job a timed out: it has been silent for too long.',
      expect.stringMatching(/^INFO - \.+$/),
    ]);
  });

  test('a job is not silent because the engine could not listen', async () => {
    const command = 'until [ -e dot ]; do sleep 0.01; done; printf .; until [ -e go ]; do sleep 0.01; done';
    const { clock, putForward } = adjustableClock();
    const job = { id: 'a', command, no_output_timeout: '1h' };
    const run = rig.start(rig.configuration([job]), { clock });
    await run.next('job.started');
    const spool = join(run.folder, 'spool', readdirSync(join(run.folder, 'spool'))[0]!);
    // The engine is in this process, which does nothing else until the time is over.
    writeFileSync(join(rig.folder, 'dot'), '');
    for (let looks = 0; looks < 20_000 && statSync(spool).size === 0; looks++)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    putForward(run, 2);
    await run.next('run.resumed');
    writeFileSync(join(rig.folder, 'go'), '');
    await run.result;
    expect(outcomesOf(run.seen)).toEqual({ a: 'succeeded' });
  });

  test('a check has its own limit and does not count as the command', async () => {
    const slow = {
      name: 'slow',
      summary: 'Never ends.',
      parameters: [],
      run: () => new Promise<never>(() => {}),
    };
    const configuration = rig.configuration([{ id: 'a', command: 'true' }]);
    const [job] = configuration.jobs;
    const checked = {
      ...configuration,
      jobs: [{ ...job!, preChecks: [{ name: 'slow', params: {}, timeoutMs: 30 }] }],
    };
    const { summary } = await rig.start(checked, { checks: [slow] }).result;
    expect(summary.failed[0]?.check?.message).toBe('slow gave no answer: it was not done within 0.03 s');
  });
});

function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') === false;
  } catch {
    return false;
  }
}

describe('after a failure', () => {
  const jobs = [
    { id: 'fails', command: 'exit 1' },
    { id: 'needs_it', command: 'true', dependencies: ['fails'] },
    { id: 'needs_that', command: 'true', dependencies: ['needs_it'] },
    { id: 'independent', command: 'true' },
    { id: 'cleanup', command: 'true', dependencies: [{ job: 'fails', when: 'failure' }] },
  ];

  test('stop starts nothing new but what waits for the failure', async () => {
    const { outcomes, exitCode } = await rig.run(jobs);
    expect(exitCode).toBe(1);
    expect(outcomes).toEqual({
      fails: 'failed',
      needs_it: 'skipped (dependency)',
      needs_that: 'skipped (dependency)',
      independent: 'skipped (stopped)',
      cleanup: 'succeeded',
    });
  });

  test('continue runs all that can still run, and the chain of causes is told', async () => {
    const { outcomes, exitCode, summary } = await rig.run(jobs, {}, { onFailure: 'continue' });
    expect(exitCode).toBe(1);
    expect(outcomes).toMatchObject({ independent: 'succeeded', cleanup: 'succeeded' });
    expect(summary.skipped.find(({ job }) => job === 'needs_that')?.because).toEqual([
      { job: 'needs_it', status: 'skipped' },
      { job: 'fails', status: 'failed' },
    ]);
  });
});

describe('parallel runs', () => {
  const jobs = Array.from({ length: 12 }, (_, index) => ({ id: `job${index}`, command: 'sleep 0.02' }));

  function most(events: readonly { type: string }[]): number {
    let running = 0;
    let highest = 0;
    for (const { type } of events) {
      if (type === 'job.starting') running += 1;
      if (type === 'job.finished') running -= 1;
      highest = Math.max(highest, running);
    }
    return highest;
  }

  test('never have more jobs under way than workers, and use them all', async () => {
    const { events } = await rig.run(jobs, { parallel: true, max_workers: 3 });
    expect(most(events)).toBe(3);
  });

  test('workers without parallel stay sequential', async () => {
    const { events } = await rig.run(jobs, {}, { workers: 4 });
    expect(most(events)).toBe(1);
  });

  test('a pool holds jobs back', async () => {
    const hungry = jobs.map((job) => ({ ...job, resources: { memory: 2 } }));
    const { events } = await rig.run(hungry, { parallel: true, max_workers: 8, resources: { memory: 5 } });
    expect(most(events)).toBe(2);
  });
});

describe('checks', () => {
  test('a failed pre-check keeps the job from starting, and says what was looked at', async () => {
    const { summary, events } = await rig.run(
      [
        {
          id: 'a',
          command: 'touch started',
          pre_checks: [{ name: 'check_file_exists', params: { path: '${FILE}' } }],
        },
      ],
      { env_variables: { FILE: 'input.sql' } },
    );
    const file = join(rig.folder, 'input.sql');
    expect(existsSync(join(rig.folder, 'started'))).toBe(false);
    expect(summary.failed[0]).toMatchObject({
      status: 'precheck_failed',
      check: {
        phase: 'pre',
        name: 'check_file_exists',
        message: `file "${file}" does not exist`,
        values: { path: 'input.sql', file, exists: false },
      },
    });
    expect(events.some(({ type }) => type === 'job.starting')).toBe(false);
    expect(rig.jobLog('a')).toEqual([
      'INFO - Executing job - a: touch started',
      'ERROR - Pre-check failed: check_file_exists',
      `ERROR - file "${file}" does not exist`,
    ]);
  });

  test('a failed post-check fails the job, after its retries', async () => {
    const { summary } = await rig.run([
      {
        id: 'a',
        command: 'echo ORA-00001 > out.log',
        max_retries: 1,
        retry_delay: 0.01,
        retry_on_exit_codes: [0],
        post_checks: [{ name: 'check_no_ora_errors', params: { log_file: 'out.log' } }],
      },
    ]);
    expect(summary.failed[0]).toMatchObject({ status: 'postcheck_failed', tries: 2 });
  });
});

describe('commands of a person', () => {
  const slow = { id: 'slow', command: 'sleep 60' };

  test('cancel ends what runs and skips the rest', async () => {
    const run = rig.start(
      rig.configuration([slow, { id: 'later', command: 'true', dependencies: ['slow'] }]),
    );
    await run.next('job.started', 'slow');
    run.cancel('SIGINT');
    const { exitCode, outcome } = await run.result;
    expect({ exitCode, outcome }).toEqual({ exitCode: 130, outcome: 'cancelled' });
    expect(rig.read('logs', 'executioner.app.run-1.log')).toMatch(
      /Received SIGINT\. Stopping 1 running job\./,
    );
  });

  test('kill does not wait for the grace period', async () => {
    const run = rig.start(
      rig.configuration([{ ...slow, command: 'trap "" TERM; echo ready; sleep 60; sleep 60' }]),
    );
    await run.next('job.started', 'slow');
    run.cancel('SIGTERM');
    run.kill('SIGTERM');
    expect((await run.result).exitCode).toBe(143);
  });

  test('pause starts nothing until resume; a job can be skipped meanwhile', async () => {
    const run = rig.start(
      rig.configuration([
        { id: 'a', command: 'until test -e go; do sleep 0.01; done' },
        { id: 'b', command: 'true', dependencies: ['a'] },
        { id: 'c', command: 'true', dependencies: ['b'] },
      ]),
    );
    await run.next('job.started', 'a');
    run.pause();
    await run.next('run.paused');
    writeFileSync(join(rig.folder, 'go'), '');
    await run.next('job.finished', 'a');
    run.skip('b');
    await run.next('job.skipped', 'b');
    run.resume();
    expect((await run.result).exitCode).toBe(0);
    expect(run.seen.flatMap((event) => (event.type === 'job.starting' ? [event.job] : []))).toEqual([
      'a',
      'c',
    ]);
  });

  test('an unknown job is refused', async () => {
    const run = rig.start(rig.configuration([{ id: 'a', command: 'true' }]));
    expect(() => run.skip('b')).toThrow('there is no job "b" in this run');
    await run.result;
  });
});

describe('processes', () => {
  test('a start that fails is errored, with the reason', async () => {
    const { summary } = await rig.run([{ id: 'a', command: 'true', working_dir: 'absent' }]);
    expect(summary.failed[0]).toMatchObject({ status: 'errored', startError: { errno: 'ENOENT' } });
  });

  test('without a shell the words of the command are the arguments', async () => {
    await rig.run([{ id: 'a', command: "printf '%s|' \"a b\" $HOME ${WORD}'s'" }], {
      allow_shell: false,
      env_variables: { WORD: 'x y' },
    });
    expect(rig.jobLog('a')[1]).toBe('INFO - a b|$HOME|x ys|');
  });

  test('a daemon that keeps the output open does not hold up the run', async () => {
    const { outcomes, events } = await rig.run([
      { id: 'a', command: 'sleep 60 & echo $! > daemon; echo done' },
    ]);
    const daemon = Number(rig.read('daemon'));
    process.kill(daemon, 'SIGKILL');
    expect(outcomes).toEqual({ a: 'succeeded' });
    expect(events.find(({ type }) => type === 'job.leftover')).toMatchObject({ job: 'a', pids: [daemon] });
    expect(rig.jobLog('a')).toContain(`WARNING - Job a left processes behind: ${daemon}`);
  });

  const launcherOf = (folder: string) =>
    JSON.parse(readFileSync(join(folder, 'launch.1.ndjson'), 'utf8').split('\n')[0]!).pid as number;

  test('when the launcher dies, a job that lives on is waited for; then its end is unknown', async () => {
    const command = 'until [ -e go ]; do sleep 0.02; done; echo "to the end"';
    const run = rig.start(rig.configuration([{ id: 'a', command }]), { onUnknown: 'fail' });
    await run.next('job.started');
    process.kill(launcherOf(run.folder), 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(run.seen.map(({ type }) => type)).not.toContain('job.lost');
    writeFileSync(join(rig.folder, 'go'), '');
    const { exitCode, summary } = await run.result;
    expect({ exitCode, status: summary.failed[0]?.status }).toEqual({ exitCode: 1, status: 'unknown' });
    expect(rig.jobLog('a')).toContain('INFO - to the end');
  });

  test('when the launcher dies, its jobs can still be stopped', async () => {
    const run = rig.start(rig.configuration([{ id: 'a', command: 'sleep 60' }]), { onUnknown: 'fail' });
    const { pid } = (await run.next('job.started')) as { pid?: number };
    process.kill(launcherOf(run.folder), 'SIGKILL');
    run.cancel('SIGTERM');
    expect((await run.result).exitCode).toBe(143);
    expect(startTicks(pid!)).toBeUndefined();
  });
});

describe('variables', () => {
  test('those that cannot be resolved are named in the log of the job, and stay as they are written', async () => {
    await rig.run([{ id: 'a', command: 'echo "$A"', env_variables: { A: '${NOWHERE}!' } }]);
    expect(rig.jobLog('a').slice(1, 3)).toEqual([
      'WARNING - variable "A" refers to "NOWHERE", which is not defined',
      'INFO - ${NOWHERE}!',
    ]);
  });
});

describe('secrets', () => {
  test('appear in no log, journal or stored configuration', async () => {
    const { summary } = await rig.run(
      [
        {
          id: 'a',
          command: 'echo "got $DB_PASSWORD"; exit 1',
          env_variables: { DB_PASSWORD: 'hunter22' },
          pre_checks: [{ name: 'check_file_exists', params: { path: 'workflow.txt' } }],
        },
        {
          id: 'b',
          command: 'true',
          env_variables: { API_TOKEN: 'hunter22' },
          pre_checks: [{ name: 'check_file_exists', params: { path: '${API_TOKEN}.txt' } }],
        },
      ],
      {},
      { onFailure: 'continue', ...withFile('workflow.txt') },
    );
    expect(rig.jobLog('a')).toContain('INFO - got ****');
    expect(summary.failed.map(({ lastLines }) => lastLines)).toEqual([['got ****'], []]);
    expect(occursIn(rig.folder, 'hunter22')).toBe(false);
  });

  test('are masked however a job prints them, and named when they cannot be', async () => {
    const value = 'two lines:\nit\'s "quoted" & more';
    await rig.run([
      {
        id: 'a',
        command: [
          'printf "%s" "user:$DB_PASSWORD" | base64 -w0; echo',
          'printf "%s\\n" "$DB_PASSWORD"',
          'printf "%s" "$DB_PASSWORD" | head -c 9; sleep 0.2; printf "%s\\n" "$DB_PASSWORD" | tail -c +10',
          'echo "pin $PIN_KEY"',
        ].join('\n'),
        env_variables: { DB_PASSWORD: value, PIN_KEY: '123' },
      },
    ]);
    expect(rig.jobLog('a').slice(-5, -1)).toEqual([
      'INFO - dXNlcjp****',
      'INFO - ****',
      'INFO - ****',
      'INFO - pin 123',
    ]);
    expect(rig.read('logs', 'executioner.app.run-1.log')).toContain(
      'WARNING - Not masked, since values under 4 characters, and such as true or none, would hide too much: PIN_KEY\n',
    );
  });

  function withFile(name: string): object {
    writeFileSync(join(rig.folder, name), '');
    return {};
  }
});

describe('what cannot be written', () => {
  test('a log folder that cannot be made refuses the run before anything is recorded', () => {
    writeFileSync(join(rig.folder, 'file'), '');
    const configuration = rig.configuration([{ id: 'a', command: 'true' }], { log_dir: 'file/logs' });
    expect(() => rig.start(configuration)).toThrow(
      expect.objectContaining({
        code: 'LOG_FOLDER',
        message: expect.stringContaining('file/logs" cannot be used'),
      }),
    );
    expect(existsSync(join(rig.folder, 'state'))).toBe(false);
  });

  test('so does a missing working folder, which is not made', () => {
    const configuration = rig.configuration([{ id: 'a', command: 'true' }], {
      working_dir: join(rig.folder, 'absent'),
    });
    expect(() => rig.start(configuration)).toThrow(expect.objectContaining({ code: 'WORKING_FOLDER' }));
    expect(existsSync(join(rig.folder, 'absent'))).toBe(false);
  });

  test('and a state folder', () => {
    writeFileSync(join(rig.folder, 'state'), '');
    const configuration = rig.configuration([{ id: 'a', command: 'true' }]);
    expect(() => rig.start(configuration)).toThrow(expect.objectContaining({ code: 'STATE_FOLDER' }));
  });
});
