import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Orphans } from '../../src/launcher/orphans.ts';
import {
  type MainProcess,
  type Member,
  type ProcessCensus,
  processCensus,
  processWithToken,
} from '../../src/launcher/processCensus.ts';
import { startTicks } from '../../src/runs/index.ts';
import { until } from './rig.ts';

const onLinux = process.platform === 'linux' ? describe : describe.skip;

let made = 0;
const tokens: string[] = [];

interface Job extends MainProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

/** A job as a launcher makes it: its own session, its token in the environment. */
function job(command: string): Job {
  const token = `census.${process.pid}.${++made}`;
  tokens.push(token);
  const env = { PATH: '/usr/bin:/bin', EXECUTIONER_TOKEN: token };
  const child = spawn('/bin/sh', ['-c', command], { detached: true, stdio: 'ignore', env });
  const pid = child.pid!;
  return {
    token,
    pid,
    ticks: startTicks(pid)!,
    child,
    ended: new Promise((resolve) => child.once('exit', resolve)),
  };
}

/** What is left of a job, once it can be told. */
async function leftoversOf(census: ProcessCensus, ended: Job, running: readonly Job[] = []) {
  return until('a decision', () => {
    const { byToken, isUndecided } = census.leftovers([ended], running);
    return !isUndecided && (byToken.get(ended.token) ?? ([] as readonly Member[]));
  });
}

/** The pids of so many programs `sleep` that carry a token: they have been started and have done with starting others. */
async function sleepers(token: string, count: number): Promise<number[]> {
  const isSleeper = (pid: string) => {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
      const isOurs = `\0${environment}`.includes(`\0EXECUTIONER_TOKEN=${token}\0`);
      return isOurs && readFileSync(`/proc/${pid}/comm`, 'latin1') === 'sleep\n';
    } catch {
      return false;
    }
  };
  return until(`${count} sleepers`, () => {
    const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isSleeper(name));
    return found.length === count && found.map(Number);
  });
}

afterEach(async () => {
  for (const token of tokens.splice(0)) {
    await until(`the end of what carries ${token}`, () => {
      const left = processWithToken(token);
      if (left !== undefined) process.kill(left.pid, 'SIGKILL');
      return left === undefined;
    });
  }
});

onLinux('the census', () => {
  test('finds what is left however quickly it forks away', async () => {
    const census = processCensus();
    // Each shell of the chain leaves the session, starts the next one and ends at once.
    const chain = (length: number): string =>
      length === 0 ? 'exec sleep 1000' : `setsid sh -c '${chain(length - 1).replaceAll("'", `'\\''`)}' &`;
    const counts: number[] = [];
    for (let index = 0; index < 30; index++) {
      const ended = job(chain(4));
      await ended.ended;
      counts.push((await leftoversOf(census, ended)).length);
    }
    expect(counts.filter((count) => count === 0)).toEqual([]);
  });

  test('takes no process of a running job, nor of nobody, for a leftover', async () => {
    const census = processCensus();
    const running = job('sleep 1000 & setsid sleep 1000 & wait');
    const stranger = spawn('sleep', ['1000'], { stdio: 'ignore' });
    const ended = job('true');
    await ended.ended;
    expect(await leftoversOf(census, ended, [running])).toEqual([]);
    stranger.kill('SIGKILL');
    await sleepers(running.token, 2);
    running.child.kill('SIGKILL');
    await running.ended;
    expect(await leftoversOf(census, running)).toHaveLength(2);
  });

  test('tells the leftovers of jobs that ended together apart', async () => {
    const census = processCensus();
    const jobs = [job('sleep 1000 &'), job('true'), job('setsid sleep 1000 &')];
    await Promise.all(jobs.map(({ ended }) => ended));
    const left = await until('a decision', () => {
      const { byToken, isUndecided } = census.leftovers(jobs, []);
      return !isUndecided && byToken;
    });
    expect(jobs.map(({ token }) => left.get(token)!.length)).toEqual([1, 0, 1]);
  });

  test('signals no later process that has the pid of a member', async () => {
    const census = processCensus();
    const innocent = spawn('sleep', ['1000'], { stdio: 'ignore' });
    const pid = innocent.pid!;
    const member = { pid, group: pid, startTicks: startTicks(pid)!, isEnding: false };
    census.signal({ ...member, startTicks: member.startTicks - 1 }, 'SIGKILL');
    expect(startTicks(pid)).toBeDefined();
    census.signal(member, 'SIGKILL');
    await until('its end', () => startTicks(pid) === undefined);
  });

  describe('with orphans', () => {
    const orphans = (...pids: number[]): Orphans => {
      const tokens = new Map<number, string>();
      return {
        pids: () => pids,
        reaped: (pid) => tokens.delete(pid),
        tokenOf: (pid) => tokens.get(pid),
        note: (pid, token) => tokens.set(pid, token),
      };
    };

    test('looks no further where there are none', async () => {
      const ended = job('sleep 1000 &');
      await ended.ended;
      expect(await leftoversOf(processCensus(orphans()), ended)).toEqual([]);
    });

    test('finds what an orphan of the job stands for, again and again', async () => {
      const ended = job('setsid sleep 1000 &');
      await ended.ended;
      const [pid = 0] = await sleepers(ended.token, 1);
      const census = processCensus(orphans(pid));
      for (let look = 0; look < 2; look++) expect(await leftoversOf(census, ended)).toMatchObject([{ pid }]);
    });

    test('does not look for those of other jobs and of nobody', async () => {
      const [ended, running] = [job('sleep 1000 &'), job('setsid sleep 1000 & sleep 1000')];
      await ended.ended;
      const stranger = spawn('sleep', ['1000'], { stdio: 'ignore' });
      const others = orphans(running.pid, stranger.pid!);
      expect(await leftoversOf(processCensus(others), ended, [running])).toEqual([]);
      stranger.kill('SIGKILL');
      running.child.kill('SIGKILL');
      await running.ended;
    });
  });
});
