import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { findFates } from '../../src/launcher/index.ts';
import type { LaunchRecord } from '../../src/launcher/protocol.ts';
import { processIdentity } from '../../src/runs/index.ts';
import { removeTemporaryFolders, temporaryFolder } from './rig.ts';

afterAll(removeTemporaryFolders);

const { bootId, host } = processIdentity();
const boot = bootId === undefined ? {} : { boot_id: bootId };
// A process of this boot that is certainly gone: nothing starts at tick 0 but the kernel.
const gone = { pid: 2 ** 22 - 1, ticks: 0, ...boot };
const deadLauncher: LaunchRecord = { type: 'launcher', v: 1, t: 1, ...gone, host, spawner: 'portable' };

function runFolder(recordsByAttempt: readonly (readonly LaunchRecord[] | undefined)[], tail = ''): string {
  const folder = temporaryFolder();
  recordsByAttempt.forEach((records, index) => {
    writeFileSync(join(folder, `journal.${index + 1}.ndjson`), '');
    if (records === undefined) return;
    const lines = records.map((record) => `${JSON.stringify(record)}\n`);
    writeFileSync(join(folder, `launch.${index + 1}.ndjson`), lines.join('') + tail);
  });
  return folder;
}

const launching = (token: string): LaunchRecord => ({
  type: 'launching',
  t: 2,
  token,
  job: `job of ${token}`,
});
const started = (
  token: string,
  identity: { pid: number; ticks?: number; boot_id?: string },
): LaunchRecord => ({
  type: 'started',
  t: 3,
  token,
  ...identity,
  spool: 'spool/1.0',
  offset: 7,
});

describe('the fate of a token', () => {
  test('whose end is recorded is that end, whichever attempt launched it', async () => {
    const exited = { type: 'exited', t: 4, spool: 'spool/1.0', offset: 7 } as const;
    const folder = runFolder([
      [
        deadLauncher,
        launching('a'),
        started('a', gone),
        { ...exited, token: 'a', status: 3 * 256, spool_end: 9, cpu_ms: 5 },
      ],
      [deadLauncher, launching('b'), started('b', gone), { ...exited, token: 'b', status: 9, spool_end: 7 }],
    ]);
    const fates = await findFates(folder);
    const spool = { path: join(folder, 'spool/1.0'), offset: 7 };
    expect([fates.of('a'), fates.of('b')]).toEqual([
      { kind: 'exited', end: { exit_code: 3, cpu_ms: 5 }, endedAtMs: 4, ranMs: 1, spool, spoolEnd: 9 },
      { kind: 'exited', end: { signal: 'SIGKILL' }, endedAtMs: 4, ranMs: 1, spool, spoolEnd: 7 },
    ]);
  });

  test('that could not be started is the error', async () => {
    const error = { errno: 'ENOENT', message: 'no such shell' };
    const folder = runFolder([
      [deadLauncher, launching('a'), { type: 'errored', t: 3, token: 'a', ...error }],
    ]);
    expect((await findFates(folder)).of('a')).toEqual({ kind: 'errored', error });
  });

  test('that ran when the records were read is running, though it may end before anybody asks', async () => {
    const child = spawn('/bin/sleep', ['60']);
    const { pid, ticks = 0 } = processIdentity(child.pid!);
    const folder = runFolder([[deadLauncher, launching('a'), started('a', { pid, ticks, ...boot })]]);
    const fates = await findFates(folder);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(fates.of('a').kind).toBe('running');
  });

  test('that has no record is never, also where no launcher came up', async () => {
    const fates = await findFates(runFolder([[deadLauncher, launching('a')], undefined]));
    expect([fates.of('b'), fates.of('a')]).toEqual([{ kind: 'never' }, { kind: 'unknown' }]);
  });

  test('whose process is alive is running; a process that has taken over its pid is not it', async () => {
    const { pid, ticks = 0 } = processIdentity();
    const folder = runFolder([
      [
        deadLauncher,
        started('mine', { pid, ticks, ...boot }),
        started('other', { pid, ticks: ticks - 1, ...boot }),
        started('before', { pid, ticks, boot_id: 'another boot' }),
      ],
    ]);
    const fates = await findFates(folder);
    const spool = { path: join(folder, 'spool/1.0'), offset: 7 };
    expect(['mine', 'other', 'before'].map(fates.of)).toEqual([
      { kind: 'running', pid, ticks, startedAtMs: 3, spool, records: join(folder, 'launch.1.ndjson') },
      { kind: 'unknown', spool },
      { kind: 'unknown', spool },
    ]);
  });

  test('is not taken from a record that was cut off', async () => {
    const cut = JSON.stringify({
      type: 'exited',
      t: 4,
      token: 'a',
      status: 0,
      spool: 's',
      offset: 0,
      spool_end: 0,
    }).slice(0, -3);
    const fates = await findFates(runFolder([[deadLauncher, started('a', gone)]], cut));
    expect(fates.of('a').kind).toBe('unknown');
  });
});

describe('a launcher', () => {
  test('that has not come up is fenced off', async () => {
    const folder = runFolder([undefined]);
    await findFates(folder);
    expect(readFileSync(join(folder, 'launch.1.ndjson'), 'utf8')).toBe('{"type":"fenced"}\n');
  });

  test('that lives is waited for until it says that nothing more starts', async () => {
    const { pid, ticks = 0 } = processIdentity();
    const alive: LaunchRecord = {
      type: 'launcher',
      v: 1,
      t: 1,
      pid,
      ticks,
      ...boot,
      host,
      spawner: 'portable',
    };
    const folder = runFolder([[alive]]);
    const path = join(folder, 'launch.1.ndjson');
    const found = findFates(folder);
    const late: LaunchRecord[] = [
      { type: 'errored', t: 3, token: 'late', errno: 'E2BIG', message: 'too long' },
      { type: 'orphaned', t: 4 },
    ];
    writeFileSync(path, late.map((each) => `${JSON.stringify(each)}\n`).join(''), { flag: 'a' });
    const fates = await found;
    expect([fates.of('late').kind, fates.of('other').kind]).toEqual(['errored', 'never']);
  });

  test('that lives and says nothing leaves what it did not record unknown', async () => {
    const stopped = spawn('sleep', ['1000'], { stdio: 'ignore' });
    const { pid, ticks = 0 } = processIdentity(stopped.pid);
    const folder = runFolder([
      [{ type: 'launcher', v: 1, t: 1, pid, ticks, ...boot, host, spawner: 'portable' }],
    ]);
    expect((await findFates(folder, { waitMs: 20 })).of('any')).toEqual({ kind: 'unknown' });
    stopped.kill('SIGKILL');
  });
});
