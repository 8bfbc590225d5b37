import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LockKeeper, lockKeeper } from '../../src/locks/index.ts';
import { type ProcessIdentity, processIdentity } from '../../src/runs/index.ts';

let state: string;
let processes: ChildProcess[];
let keepers: LockKeeper[];
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'locks-'));
  processes = [];
  keepers = [];
});
afterEach(async () => {
  for (const child of processes) child.kill('SIGKILL');
  await Promise.all(keepers.map((keeper) => keeper.close()));
  rmSync(state, { recursive: true, force: true });
});

/** A keeper of a run with a diary of what it said, and a wait for a line of it. */
function keeperOf(run: number, attempt = 1) {
  const diary: string[] = [];
  const waiting = new Set<() => void>();
  const note = (line: string) => {
    diary.push(line);
    for (const look of waiting) look();
  };
  const keeper = lockKeeper({
    stateFolder: state,
    run,
    attempt,
    application: 'app',
    granted: (job) => note(`${job} granted`),
    refused: (job, message) => note(`${job} refused: ${message.split(':')[0]}`),
    waiting: (job, lock, holder) => note(`${job} waits for ${lock} of ${holder.run}/${holder.job}`),
  });
  keepers.push(keeper);
  const heard = (line: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!diary.includes(line)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { ...keeper, diary, heard };
}

const lockFiles = () => readdirSync(join(state, 'locks')).sort();

/** A process that has ended and was reaped: as an engine after kill -9. */
async function deadProcess(): Promise<ProcessIdentity> {
  const child = spawn('/bin/sh', ['-c', 'read line'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const identity = processIdentity(child.pid!);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return identity;
}

function livingProcess(): { readonly child: ChildProcess; readonly identity: ProcessIdentity } {
  const child = spawn('/bin/sleep', ['60'], { stdio: 'ignore' });
  processes.push(child);
  return { child, identity: processIdentity(child.pid!) };
}

function leaveClaim(lock: string, engine: ProcessIdentity, run: number, job: string): void {
  mkdirSync(join(state, 'locks'), { recursive: true });
  const holder = { engine, run, attempt: 1, application: 'app', job };
  writeFileSync(join(state, 'locks', `${lock}~1`), JSON.stringify(holder));
}

/** What a launcher that died together with its engine has recorded: the job was started, and its end never seen. */
function recordStart(run: number, job: string, { pid, ticks, bootId }: ProcessIdentity): void {
  const folder = join(state, 'runs', `${run}`);
  mkdirSync(folder, { recursive: true });
  const token = `${run}.1.0.1.1`;
  const records = [
    { type: 'launching', t: 0, token, job },
    { type: 'started', t: 0, token, pid, ticks, boot_id: bootId, spool: 'spool', offset: 0 },
    { type: 'orphaned', t: 0 },
  ];
  const launcher = {
    type: 'launcher',
    v: 1,
    t: 0,
    pid: 1,
    ticks: 1,
    boot_id: bootId,
    host: processIdentity().host,
  };
  const lines = [launcher, ...records].map((record) => `${JSON.stringify(record)}\n`);
  writeFileSync(join(folder, 'launch.1.ndjson'), lines.join(''));
}

describe('a lock', () => {
  test('goes to one run at a time, and says who has it', async () => {
    const one = keeperOf(1);
    const two = keeperOf(2);
    one.acquire('a', ['db']);
    await one.heard('a granted');
    two.acquire('b', ['db']);
    await two.heard('b waits for db of 1/a');
    expect(two.diary).toEqual(['b waits for db of 1/a']);
    one.release('a');
    await two.heard('b granted');
    two.release('b');
    expect(lockFiles()).toEqual([]);
  });

  test('cannot lead out of its folder', async () => {
    const one = keeperOf(1);
    one.acquire('a', ['../db']);
    await one.heard('a granted');
    expect(lockFiles()).toEqual(['..%2Fdb~1']);
  });

  test('is refused with the reason where the folder cannot be used', async () => {
    writeFileSync(join(state, 'locks'), 'a file');
    const one = keeperOf(1);
    one.acquire('a', ['db']);
    await one.heard('a refused: ENOTDIR');
    expect(one.diary.length).toBe(1);
  });

  test('is never with two of many who want it at the same moment', async () => {
    let holders = 0;
    let most = 0;
    const all = Array.from({ length: 12 }, (_, index) => {
      const keeper = keeperOf(index + 1);
      const done = keeper.heard('j granted').then(async () => {
        holders++;
        most = Math.max(most, holders);
        await new Promise(setImmediate);
        holders--;
        keeper.release('j');
      });
      keeper.acquire('j', ['db']);
      return done;
    });
    await Promise.all(all);
    expect(most).toBe(1);
    expect(lockFiles()).toEqual([]);
  });
});

describe('several locks', () => {
  test('are taken together or not at all, so that nobody blocks another while it waits', async () => {
    const one = keeperOf(1);
    const two = keeperOf(2);
    const three = keeperOf(3);
    one.acquire('a', ['y']);
    await one.heard('a granted');
    two.acquire('b', ['y', 'x', 'y']);
    await two.heard('b waits for y of 1/a');
    three.acquire('c', ['x']);
    await three.heard('c granted');
    three.release('c');
    one.release('a');
    await two.heard('b granted');
    expect(lockFiles()).toEqual(['x~1', 'y~1']);
  });

  test('a job that gives up waiting gets none', async () => {
    const one = keeperOf(1);
    const two = keeperOf(2);
    one.acquire('a', ['y']);
    await one.heard('a granted');
    two.acquire('b', ['x', 'y']);
    two.release('b');
    two.acquire('c', ['x']);
    await two.heard('c granted');
    one.release('a');
    await two.close();
    expect(two.diary).toEqual(['c granted']);
    expect(lockFiles()).toEqual([]);
  });
});

describe('the lock of a dead engine', () => {
  test('is taken over', async () => {
    leaveClaim('db', await deadProcess(), 1, 'load');
    const two = keeperOf(2);
    two.acquire('b', ['db']);
    await two.heard('b granted');
    expect(two.diary).toEqual(['b granted']);
    expect(lockFiles()).toEqual(['db~2']);
  });

  test('not while its job still runs', async () => {
    const { child, identity } = livingProcess();
    recordStart(1, 'load', identity);
    leaveClaim('db', await deadProcess(), 1, 'load');
    const two = keeperOf(2);
    two.acquire('b', ['db']);
    await two.heard('b waits for db of 1/load');
    child.kill('SIGKILL');
    await two.heard('b granted');
  });

  test('another job of that run that still runs does not matter', async () => {
    recordStart(1, 'other', livingProcess().identity);
    leaveClaim('db', await deadProcess(), 1, 'load');
    const two = keeperOf(2);
    two.acquire('b', ['db']);
    await two.heard('b granted');
  });

  test('goes over to the next attempt of the same job, which may still run', async () => {
    recordStart(1, 'load', livingProcess().identity);
    leaveClaim('db', await deadProcess(), 1, 'load');
    const resumed = keeperOf(1, 2);
    resumed.acquire('load', ['db']);
    await resumed.heard('load granted');
    expect(lockFiles()).toEqual(['db~2']);
  });

  test('is left alone when it belongs to another machine', async () => {
    leaveClaim('db', { ...(await deadProcess()), host: 'elsewhere' }, 1, 'load');
    const two = keeperOf(2);
    two.acquire('b', ['db']);
    await two.heard('b waits for db of 1/load');
    await two.close();
    expect(lockFiles()).toEqual(['db~1']);
  });

  test('a claim that cannot be read is nobody’s', async () => {
    mkdirSync(join(state, 'locks'));
    writeFileSync(join(state, 'locks', 'db~1'), '');
    const two = keeperOf(2);
    two.acquire('b', ['db']);
    await two.heard('b granted');
  });
});
