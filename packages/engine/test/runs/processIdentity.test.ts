import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { liveness, processIdentity, startTicks } from '../../src/runs/index.ts';
import { parseProcessStat, processStat } from '../../src/runs/processIdentity.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;

async function until(look: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 120_000;
  while (!look()) {
    if (performance.now() > deadlineMs) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => child.once('exit', resolve));
}

describe('a line of /proc/<pid>/stat', () => {
  const fields = (name: string, { state = 'S', flags = 4194560, pending = 0 } = {}) =>
    `4711 (${name}) ${state} 12 4711 4700 0 -1 ${flags} 1 2 3 4 5 6 7 8 20 0 1 0 987654 11 22 33 44 55 66 77 88 ${pending} 0 0 0`;
  test.each(['sh', 'a b', 'a) R 1 1 1 (b', ')', '((', '1 2 3', ''])(
    'is read though the name is %j',
    (name) => {
      expect(parseProcessStat(fields(name))).toEqual({
        pid: 4711,
        state: 'S',
        parent: 12,
        group: 4711,
        session: 4700,
        startTicks: 987654,
        isEnding: false,
      });
    },
  );

  test.each([
    ['has ended', { state: 'Z' }, true],
    ['is being reaped', { state: 'X' }, true],
    ['is exiting', { flags: 4194560 | 4 }, true],
    ['was ended by a signal', { flags: 4194560 | 0x400 }, true],
    ['has SIGKILL before it', { pending: 1 << 8 }, true],
    ['has another signal before it', { pending: 1 << 9 }, false],
    ['is stopped', { state: 'T' }, false],
  ])('tells that it %s', (_, what, isEnding) => {
    expect(parseProcessStat(fields('sh', what))?.isEnding).toBe(isEnding);
  });

  test.each(['', 'nonsense', '4711 (sh) S 12'])('that is %j is not one', (line) => {
    expect(parseProcessStat(line)).toBeUndefined();
  });
});

describe('a process', () => {
  onLinux('that was sent a signal it does not survive is ending from then on', async () => {
    const isEnding = ({ pid }: ChildProcess) => processStat(pid!)!.isEnding;
    const sleeping = () => spawn('sleep', ['1000'], { stdio: 'ignore' });
    const [killed, terminated, stopped] = [sleeping(), sleeping(), sleeping()];
    for (const child of [killed, terminated, stopped]) expect(isEnding(child)).toBe(false);
    killed.kill('SIGKILL');
    terminated.kill('SIGTERM');
    stopped.kill('SIGSTOP');
    // This process reaps none of them before its next turn.
    expect([killed, terminated, stopped].map(isEnding)).toEqual([true, true, false]);
    stopped.kill('SIGKILL');
    await Promise.all([killed, terminated, stopped].map(ended));
  });

  test('is alive, also stopped, until it is gone', async () => {
    const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
    const identity = processIdentity(child.pid);
    expect(liveness(identity)).toBe('alive');
    child.kill('SIGSTOP');
    expect(liveness(identity)).toBe('alive');
    child.kill('SIGKILL');
    await ended(child);
    expect([liveness(identity), startTicks(identity.pid)]).toEqual(['gone', undefined]);
  });

  test('is not a later one with its pid, nor one of another boot or machine', () => {
    const identity = processIdentity();
    const others = [
      { ...identity, ticks: (identity.ticks ?? 0) + 1 },
      { ...identity, bootId: 'another' },
      { ...identity, host: 'another.example' },
    ];
    expect([identity, ...others].map(liveness)).toEqual([
      'alive',
      'gone',
      process.platform === 'linux' ? 'gone' : 'alive',
      'unknown',
    ]);
  });

  test('of which only the pid is known cannot be told', () => {
    const { pid, host } = processIdentity();
    expect(liveness({ pid, host })).toBe('unknown');
  });

  onLinux('is gone while it is a zombie', async () => {
    // The shell starts a child and becomes a program that never reaps; then the child ends.
    const folder = mkdtempSync(join(tmpdir(), 'executioner-zombie-'));
    const command = 'until [ -e go ]; do sleep 0.01; done & echo $!; exec sleep 1000';
    const parent = spawn('/bin/sh', ['-c', command], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
    await until(() => readFileSync(`/proc/${parent.pid}/comm`, 'latin1') === 'sleep\n');
    writeFileSync(join(folder, 'go'), '');
    const stat = () => parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'latin1'))!;
    await until(() => stat().state === 'Z');
    const ticks = stat().startTicks;
    expect([liveness({ ...processIdentity(), pid, ticks }), startTicks(pid)]).toEqual(['gone', undefined]);
    parent.kill('SIGKILL');
    await ended(parent);
    rmSync(folder, { recursive: true });
  });

  onLinux('is recognized though its name is odd', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'executioner-name-'));
    const program = join(folder, 'a) S 1 (b');
    copyFileSync('/bin/sleep', program);
    const child = spawn(program, ['1000'], { stdio: 'ignore' });
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'latin1').trim().split(' ');
    expect(startTicks(child.pid!)).toBe(Number(fields.at(-31)));
    child.kill('SIGKILL');
    await ended(child);
    rmSync(folder, { recursive: true });
  });
});
