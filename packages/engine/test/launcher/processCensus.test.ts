import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Orphans } from '../../src/launcher/orphans.ts';
import { type MainProcess, processCensus, processWithToken } from '../../src/launcher/processCensus.ts';
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
      counts.push(census.leftovers([ended], []).get(ended.token)!.length);
    }
    expect(counts.filter((count) => count === 0)).toEqual([]);
  });

  test('takes no process of a running job, nor of nobody, for a leftover', async () => {
    const census = processCensus();
    const running = job('sleep 1000 & setsid sleep 1000 & wait');
    const stranger = spawn('sleep', ['1000'], { stdio: 'ignore' });
    const ended = job('true');
    await ended.ended;
    expect(census.leftovers([ended], [running])).toEqual(new Map([[ended.token, []]]));
    stranger.kill('SIGKILL');
    running.child.kill('SIGKILL');
    await running.ended;
    const left = census.leftovers([running], []).get(running.token)!;
    expect(left).toHaveLength(2);
  });

  test('tells the leftovers of jobs that ended together apart', async () => {
    const census = processCensus();
    const jobs = [job('sleep 1000 &'), job('true'), job('setsid sleep 1000 &')];
    await Promise.all(jobs.map(({ ended }) => ended));
    const left = census.leftovers(jobs, []);
    expect(jobs.map(({ token }) => left.get(token)!.length)).toEqual([1, 0, 1]);
  });

  test('signals no later process that has the pid of a member', async () => {
    const census = processCensus();
    const innocent = spawn('sleep', ['1000'], { stdio: 'ignore' });
    const pid = innocent.pid!;
    census.signal({ pid, group: pid, startTicks: startTicks(pid)! - 1 }, 'SIGKILL');
    expect(startTicks(pid)).toBeDefined();
    census.signal({ pid, group: pid, startTicks: startTicks(pid)! }, 'SIGKILL');
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
      expect(processCensus(orphans()).leftovers([ended], []).get(ended.token)).toEqual([]);
    });

    test('finds what an orphan of the job stands for, again and again', async () => {
      const ended = job('setsid sleep 1000 &');
      await ended.ended;
      await until('the orphan', () => processWithToken(ended.token));
      const { pid } = processWithToken(ended.token)!;
      const census = processCensus(orphans(pid));
      for (let look = 0; look < 2; look++)
        expect(census.leftovers([ended], []).get(ended.token)).toMatchObject([{ pid }]);
    });

    test('does not look for those of other jobs and of nobody', async () => {
      const [ended, running] = [job('sleep 1000 &'), job('setsid sleep 1000 & sleep 1000')];
      await ended.ended;
      const stranger = spawn('sleep', ['1000'], { stdio: 'ignore' });
      const others = orphans(running.pid, stranger.pid!);
      expect(processCensus(others).leftovers([ended], [running]).get(ended.token)).toEqual([]);
      stranger.kill('SIGKILL');
      running.child.kill('SIGKILL');
      await running.ended;
    });
  });
});
