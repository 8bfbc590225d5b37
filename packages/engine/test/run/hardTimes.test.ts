import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { resume } from '../../src/resume/index.ts';
import type { StartOptions } from '../../src/run/index.ts';
import { until } from '../launcher/rig.ts';
import { adjustableClock, makeRig, occursIn, outcomesOf, type Rig, watched } from './rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = makeRig();
});
afterEach(() => {
  carriers().forEach(endProcess);
  rig.remove();
});

/** Ends a process that may be ending by itself. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Processes of this test's jobs: they have its folder in their environment. */
function carriers(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
        return environment.includes(`MARK=${rig.folder}\0`) && environment.includes('EXECUTIONER_TOKEN=');
      } catch {
        return false;
      }
    })
    .map(Number);
}

const marked = () => ({ env_variables: { MARK: rig.folder } });
const linux = existsSync('/proc/self/environ') ? describe : describe.skip;

linux('a daemon that a job leaves behind', () => {
  test('deaf, with the output open, telling a secret in halves: it holds up neither limit, retry nor end', async () => {
    const secret = 'kQ7-first.half+second/half-x9';
    const daemon = [
      'trap "" TERM',
      'n=$EXECUTIONER_TRY',
      'while :; do printf "daemon $n %s" "kQ7-first.half"; sleep 0.02; printf "%s\\n" "+second/half-x9"; : > spoke$n; sleep 0.02; done',
    ].join('; ');
    writeFileSync(join(rig.folder, 'daemon.sh'), daemon);
    const command = 'echo up; (setsid sh daemon.sh &); sleep 60';
    const retrying = { max_retries: 1, retry_delay: 0.3, retry_jitter: 0, max_retry_time: '1d' };
    const job = { id: 'a', command, timeout: '2h', ...retrying };
    const { clock, putForward } = adjustableClock();
    const settings = { env_variables: { MARK: rig.folder, API_TOKEN: secret } };
    const run = rig.start(rig.configuration([job], settings), { clock });
    for (const tried of [1, 2]) {
      // The limit counts from the moment in which the engine hears of the start.
      await until('the start', () => run.seen.filter(({ type }) => type === 'job.started').length === tried);
      await until('the daemon', () => existsSync(join(rig.folder, `spoke${tried}`)));
      putForward(run, 2);
    }
    await run.result;
    expect(outcomesOf(run.seen)).toEqual({ a: 'timed_out' });
    expect(run.seen.filter(({ type }) => type === 'job.starting').length).toBe(2);
    const left = run.seen.flatMap((event) => (event.type === 'job.leftover' ? [event.pids] : []));
    expect(left.length).toBe(2);
    expect(carriers().length).toBeGreaterThanOrEqual(2);

    const log = rig.jobLog('a');
    expect(log.filter((line) => line === 'INFO - up').length).toBe(2);
    expect(log).toContain('INFO - daemon 1 ****');
    const secondTry = log.lastIndexOf('INFO - up');
    expect(log.slice(secondTry).some((line) => line.includes('daemon 1'))).toBe(false);
    for (const part of [secret, 'second/half-x9\n'])
      expect(occursIn(join(rig.folder, 'logs'), part)).toBe(false);
  });
});

const mounted = process.getuid?.() === 0 && mountsTmpfs() ? describe : describe.skip;

mounted('a disk that is full', () => {
  let disk: string;
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'engine-disk-'));
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
  });
  afterEach(() => {
    spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  test('with 50 jobs running: nothing starts, nothing is lost, and all goes on when there is room', async () => {
    const waiting = Array.from({ length: 50 }, (_, index) => ({
      id: `early${index}`,
      command:
        'echo $EXECUTIONER_JOB >> begun; until test -e go; do sleep 0.2; done; echo $EXECUTIONER_JOB >> ledger',
    }));
    const later = Array.from({ length: 10 }, (_, index) => ({
      id: `late${index}`,
      command: 'echo $EXECUTIONER_JOB >> ledger; echo here',
    }));
    const said: string[] = [];
    const run = rig.start(
      rig.configuration([...waiting, ...later], { parallel: true, max_workers: 50, ...marked() }),
      { stateFolder: disk, onLog: (lines) => said.push(...lines.map(({ message }) => message)) },
    );
    await until('all to begin', () => lines('begun').length === 50);

    const ballast = join(disk, 'ballast');
    fill(ballast);
    await until('the full disk', () => {
      run.pause('x'.repeat(500));
      run.resume();
      return said.some((line) => line.includes('The journal cannot be written'));
    });
    writeFileSync(join(rig.folder, 'go'), '');
    await until('all to end', () => lines('ledger').length === 50);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(lines('ledger').filter((line) => line.startsWith('late'))).toEqual([]);

    rmSync(ballast);
    const { exitCode, summary } = await run.result;
    expect({ exitCode, counts: summary.counts }).toEqual({ exitCode: 0, counts: { succeeded: 60 } });
    expect(said).toContain('The journal is written again');
    expect(lines('ledger').sort()).toEqual([...waiting, ...later].map(({ id }) => id).sort());
    const journal = readFileSync(join(run.folder, 'journal.1.ndjson'), 'utf8').trimEnd().split('\n');
    expect(journal.map((line) => JSON.parse(line))).toEqual(run.seen);
    expect(run.seen.map(({ seq }) => seq)).toEqual(run.seen.map((_, index) => index + 1));
  });

  const printed = Array.from({ length: 5000 }, (_, index) => `INFO - line ${index + 1} of a job that talks`);
  const talking = { id: 'a', command: "seq -f 'line %g of a job that talks' 1 5000; touch talked" };
  const resize = (size: string) => spawnSync('mount', ['-o', `remount,size=${size}`, disk]);
  const talkingLog = () => {
    const [name = ''] = readdirSync(disk).filter((file) => file.includes('.job-a.'));
    const log = readFileSync(join(disk, name), 'utf8').trimEnd().split('\n');
    return log.map((line) => line.slice('2026-01-02 03:04:05,678 - '.length));
  };

  test('where the logs are: their lines wait, and are written when there is room', async () => {
    resize('64k');
    const said: string[] = [];
    const configuration = rig.configuration(
      [{ ...talking, command: `${talking.command}; until test -e go; do sleep 0.02; done` }],
      {
        log_dir: disk,
      },
    );
    const run = rig.start(configuration, {
      onLog: (lines) => said.push(...lines.map(({ message }) => message)),
    });
    await until('the full disk', () => said.some((line) => line.includes('cannot be written: ENOSPC')));
    resize('4m');
    writeFileSync(join(rig.folder, 'go'), '');
    expect((await run.result).exitCode).toBe(0);
    expect(talkingLog().slice(1)).toEqual([...printed, 'INFO - Job a: SUCCESS']);
    expect(said.filter((line) => line.includes('missing'))).toEqual([]);
  });

  test('where the logs are, to the end: the run succeeds, says what is missing, and a resume adds it', async () => {
    resize('64k');
    const said: string[] = [];
    const onLog: StartOptions['onLog'] = (lines) => said.push(...lines.map(({ message }) => message));
    const configuration = rig.configuration([talking], { log_dir: disk });
    const run = rig.start(configuration, { onLog });
    expect((await run.result).exitCode).toBe(0);
    expect(said).toContain(
      `The end of "${join(disk, 'executioner.app.job-a.run-1.log')}" is missing; a resume of the run adds it`,
    );
    resize('4m');
    const again = await resume(configuration, { ...rig.options(), run: run.id, onLog });
    expect((await again.result).exitCode).toBe(0);
    expect(talkingLog().slice(1)).toEqual([...printed, 'INFO - Job a: SUCCESS']);
  });

  const lines = (name: string) => {
    const path = join(rig.folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
  };

  function fill(path: string): void {
    for (const size of [65_536, 4096, 1]) {
      try {
        for (;;) writeFileSync(path, 'x'.repeat(size), { flag: 'a' });
      } catch {
        // Full for pieces of this size.
      }
    }
  }
});

function mountsTmpfs(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'engine-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  if (status === 0) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return status === 0;
}

linux('everything at once', () => {
  test('sequential, stopping, a cleanup in back-off with the lock of a dead run, the clock set back, Ctrl-C twice; then resumes run what is due', async () => {
    const locks = join(rig.folder, 'state', 'locks');
    mkdirSync(locks, { recursive: true });
    const gone = { pid: 4_000_000, ticks: 1, host: hostname() };
    const claim = { engine: gone, run: 99, attempt: 1, application: 'dead', job: 'load' };
    writeFileSync(join(locks, 'db~1'), JSON.stringify(claim));
    let setBackMs = 0;
    const clock = { nowMs: () => Date.now() - setBackMs, monotonicMs: () => performance.now() };

    const configuration = rig.configuration(
      [
        { id: 'bad', command: 'echo bad >> ledger; test -e fixed' },
        {
          id: 'cleanup',
          dependencies: [{ job: 'bad', when: 'failure' }],
          locks: ['db'],
          command:
            'echo cleanup >> ledger; test -e calm && exit 0; mkdir again 2>/dev/null && exit 1; trap "" TERM; (trap "" TERM; setsid sleep 61 & sleep 62) & touch deaf; sleep 63; sleep 64',
          max_retries: 1,
          retry_delay: 0.3,
          retry_jitter: 0,
          grace_period: 30,
        },
        { id: 'never', command: 'touch never' },
      ],
      marked(),
    );
    const run = rig.start(configuration, { clock });
    await run.next('job.retrying', 'cleanup');
    setBackMs = 7_200_000;
    await until('the job is deaf', () => existsSync(join(rig.folder, 'deaf')));
    await until('its children', () => carriers().length > 2);
    run.cancel('SIGINT');
    await run.next('job.signalled', 'cleanup');
    run.kill('SIGINT');
    const { exitCode } = await run.result;

    expect(exitCode).toBe(130);
    expect(carriers()).toEqual([]);
    expect(readdirSync(locks)).toEqual([]);
    expect(existsSync(join(rig.folder, 'never'))).toBe(false);
    expect(outcomesOf(run.seen)).toEqual({ bad: 'failed', cleanup: 'cancelled', never: 'skipped (stopped)' });
    const times = run.seen.map(({ m }) => m);
    expect(times).toEqual([...times].sort((a, b) => a - b));

    const resumed = async (file: string) => {
      writeFileSync(join(rig.folder, file), '');
      rmSync(join(rig.folder, 'ledger'));
      const again = watched(await resume(configuration, { ...rig.options(), run: run.id, clock }));
      const { exitCode } = await again.result;
      return { exitCode, outcomes: outcomesOf(again.seen), ran: rig.read('ledger').split('\n').slice(0, -1) };
    };
    expect(await resumed('calm')).toEqual({
      exitCode: 1,
      outcomes: { bad: 'failed', cleanup: 'succeeded', never: 'skipped (stopped)' },
      ran: ['bad', 'cleanup'],
    });
    expect(await resumed('fixed')).toEqual({
      exitCode: 0,
      outcomes: { bad: 'succeeded', cleanup: 'skipped (dependency)', never: 'succeeded' },
      ran: ['bad'],
    });
    expect(existsSync(join(rig.folder, 'never'))).toBe(true);
    expect(carriers()).toEqual([]);
  });
});

test('a chain of 1,500 jobs runs to its end: there is no bound to the rounds', async () => {
  const chain = Array.from({ length: 1500 }, (_, index) => ({
    id: `j${index}`,
    command: ':',
    dependencies: index === 0 ? [] : [`j${index - 1}`],
  }));
  const { exitCode, summary } = await rig.run(chain);
  expect({ exitCode, counts: summary.counts }).toEqual({ exitCode: 0, counts: { succeeded: 1500 } });
});
