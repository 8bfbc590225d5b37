import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { findFates, type LaunchFate } from '../../src/launcher/index.ts';
import type { LaunchRecord } from '../../src/launcher/protocol.ts';
import { startTicks } from '../../src/runs/index.ts';
import {
  bundle,
  outputOf,
  readRecords,
  removeTemporaryFolders,
  temporaryFolder,
  tokenSuffix,
  until,
} from './rig.ts';

// What the launcher does when its engine dies or stops, with a real engine and real signals.

const suffix = tokenSuffix();
const own = (token: string) => token + suffix;

let entry = '';
let engine = '';
const engines: ChildProcess[] = [];

beforeAll(async () => {
  entry = await bundle('launcher');
  engine = await bundle('engine');
});

afterEach(() => {
  for (const { pid } of engines.splice(0)) if (pid !== undefined) signalled(pid, 'SIGKILL');
});

afterAll(removeTemporaryFolders);

interface JobOrder {
  readonly token: string;
  readonly command: string;
  readonly limitMs?: number;
  readonly graceMs?: number;
}

interface Engine {
  readonly process: ChildProcess;
  readonly runFolder: string;
  heard(what: string): Promise<Record<string, unknown>>;
  kill(signal: NodeJS.Signals): void;
}

function startEngine(jobs: readonly JobOrder[], { prelude = '' } = {}): Engine {
  const runFolder = temporaryFolder();
  // The claim of an attempt: its journal.
  writeFileSync(join(runFolder, 'journal.1.ndjson'), '');
  const child = spawn(
    '/bin/sh',
    ['-c', `${prelude} exec "$@"`, 'sh', process.execPath, engine, entry, runFolder, JSON.stringify(jobs)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  engines.push(child);
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const lines = () =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    process: child,
    runFolder,
    heard: (what) =>
      until(`"${what}" from the engine, which said ${text}`, () =>
        lines().find((line) => line.what === what),
      ),
    kill: (signal) => signalled(child.pid!, signal),
  };
}

function signalled(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

async function record<K extends LaunchRecord['type']>(
  { runFolder }: Engine,
  type: K,
): Promise<Extract<LaunchRecord, { type: K }>> {
  return until(`the record "${type}" among ${JSON.stringify(readRecords(runFolder))}`, () =>
    readRecords(runFolder).find((each): each is Extract<LaunchRecord, { type: K }> => each.type === type),
  );
}

function isFate<K extends LaunchFate['kind']>(
  fate: LaunchFate,
  kind: K,
): asserts fate is Extract<LaunchFate, { kind: K }> {
  expect(fate.kind).toBe(kind);
}

describe('when the engine is killed', () => {
  test('while a job prints a megabyte, the output and the records are whole', async () => {
    const lines = 65536;
    const made = startEngine([
      {
        token: own('slow'),
        command: `i=0; while [ $i -lt 16 ]; do yes 0123456789abcde | head -n ${lines / 16}; echo $i > at; until [ $i -ne 3 ] || [ -e go ]; do sleep 0.01; done; i=$((i+1)); done; exit 9`,
      },
    ]);
    await until(
      'the middle of the output',
      () =>
        existsSync(join(made.runFolder, 'at')) && readFileSync(join(made.runFolder, 'at'), 'utf8') === '3\n',
    );
    made.kill('SIGKILL');
    await record(made, 'orphaned');
    writeFileSync(join(made.runFolder, 'go'), '');
    await record(made, 'ended');
    const fate = (await findFates(made.runFolder)).of(own('slow'));
    isFate(fate, 'exited');
    expect(fate.end).toMatchObject({ exit_code: 9 });
    expect(outputOf(fate).equals(Buffer.from('0123456789abcde\n'.repeat(lines)))).toBe(true);
    expect(readRecords(made.runFolder).map(({ type }) => type)).toEqual([
      'launcher',
      'launching',
      'started',
      'orphaned',
      'exited',
      'ended',
    ]);
  });

  test('the launcher leaves, and nothing of ours stays', async () => {
    const made = startEngine([
      { token: own('t'), command: 'echo $$ > pid; until [ -e go ]; do sleep 0.01; done' },
    ]);
    const { pid } = (await made.heard('launcher')) as { pid: number };
    await made.heard('started');
    made.kill('SIGKILL');
    await record(made, 'orphaned');
    writeFileSync(join(made.runFolder, 'go'), '');
    await until('the end of the launcher', () => startTicks(pid) === undefined);
    const job = Number(readFileSync(join(made.runFolder, 'pid'), 'utf8'));
    expect(startTicks(job)).toBeUndefined();
  });

  test('with many jobs under way, each has one end', async () => {
    const jobs = Array.from({ length: 40 }, (_, index) => ({
      token: own(`t${index}`),
      command: `until [ -e go ]; do sleep 0.02; done; exit ${index}`,
    }));
    const made = startEngine(jobs);
    await made.heard('started');
    made.kill('SIGKILL');
    await record(made, 'orphaned');
    const before = await findFates(made.runFolder);
    const kinds = jobs.map(({ token }) => before.of(token).kind);
    expect(kinds.filter((kind) => kind !== 'running' && kind !== 'never')).toEqual([]);
    writeFileSync(join(made.runFolder, 'go'), '');
    await record(made, 'ended');
    const after = await findFates(made.runFolder);
    const ends = jobs.map(({ token }, index) => {
      const fate = after.of(token);
      return fate.kind === 'never'
        ? kinds[index] === 'never'
        : fate.kind === 'exited' && fate.end.exit_code === index;
    });
    expect(ends).toEqual(jobs.map(() => true));
  });

  test('time limits go on: SIGTERM at the limit', async () => {
    const made = startEngine([
      { token: own('t'), command: 'exec sleep 1000', limitMs: 300, graceMs: 60_000 },
    ]);
    await made.heard('started');
    made.kill('SIGKILL');
    expect(await record(made, 'exited')).toMatchObject({ token: own('t'), status: 15 });
    expect(await record(made, 'signalled')).toMatchObject({ token: own('t'), signal: 'SIGTERM' });
  });

  test('and a job ignores SIGTERM, SIGKILL follows after its grace', async () => {
    const command = 'trap "" TERM; : > deaf; while :; do sleep 0.05; done';
    const made = startEngine([{ token: own('t'), command, limitMs: 300, graceMs: 100 }]);
    // The limit is the launcher's business once it is alone, and not before.
    await until('the trap', () => existsSync(join(made.runFolder, 'deaf')));
    made.kill('SIGKILL');
    expect(await record(made, 'exited')).toMatchObject({ token: own('t'), status: 9 });
    const signals = readRecords(made.runFolder).flatMap((each) =>
      each.type === 'signalled' ? each.signal : [],
    );
    expect(signals).toEqual(['SIGTERM', 'SIGKILL']);
  });

  test('a job without a limit is left in peace', async () => {
    const made = startEngine([
      { token: own('t'), command: 'until [ -e go ]; do sleep 0.01; done' },
      { token: own('limited'), command: 'exec sleep 1000', limitMs: 100, graceMs: 1 },
    ]);
    await until(
      'both starts',
      () => readRecords(made.runFolder).filter(({ type }) => type === 'started').length === 2,
    );
    made.kill('SIGKILL');
    await record(made, 'exited');
    expect((await findFates(made.runFolder)).of(own('t')).kind).toBe('running');
    writeFileSync(join(made.runFolder, 'go'), '');
    await record(made, 'ended');
  });
});

describe('when the engine', () => {
  test('ends its standard input without closing, its jobs end as they would have', async () => {
    const made = startEngine([{ token: own('t'), command: 'sleep 0.2; exit 3' }]);
    await made.heard('started');
    made.process.stdin!.end();
    expect(await made.heard('exited')).toMatchObject({ end: { exit_code: 3 } });
  });

  test('is stopped, records go on, and it hears all when it goes on', async () => {
    const made = startEngine([{ token: own('t'), command: 'until [ -e go ]; do sleep 0.01; done; exit 4' }]);
    await made.heard('started');
    made.kill('SIGSTOP');
    writeFileSync(join(made.runFolder, 'go'), '');
    expect(await record(made, 'exited')).toMatchObject({ status: 4 * 256 });
    made.kill('SIGCONT');
    expect(await made.heard('exited')).toMatchObject({ token: own('t'), end: { exit_code: 4 } });
  });

  test('ignores signals, its jobs do not', async () => {
    const command = 'kill -HUP $$; echo survived';
    const made = startEngine([{ token: own('t'), command }], { prelude: 'trap "" HUP INT TERM;' });
    expect(await made.heard('exited')).toMatchObject({ end: { signal: 'SIGHUP' } });
  });

  test('has a low limit of open files, its jobs have it too, though Node.js raised its own', async () => {
    const made = startEngine([{ token: own('t'), command: 'ulimit -Sn > limit' }], {
      prelude: 'ulimit -Sn 345; "$@"; exit; ',
    });
    await made.heard('exited');
    expect(readFileSync(join(made.runFolder, 'limit'), 'utf8')).toBe('345\n');
  });
});

describe('when the launcher is killed', () => {
  test('a job that goes on is running, and unknown once it has ended', async () => {
    const made = startEngine([{ token: own('t'), command: 'until [ -e go ]; do sleep 0.01; done' }]);
    const { pid: launcher } = (await made.heard('launcher')) as { pid: number };
    const { pid } = (await made.heard('started')) as { pid: number };
    signalled(launcher, 'SIGKILL');
    expect(await made.heard('lost')).toEqual({
      what: 'lost',
      message: 'the launcher ended unexpectedly (SIGKILL)',
    });
    expect((await findFates(made.runFolder)).of(own('t'))).toMatchObject({
      kind: 'running',
      pid,
      ticks: startTicks(pid),
    });
    writeFileSync(join(made.runFolder, 'go'), '');
    await until('the end of the job', () => startTicks(pid) === undefined);
    expect((await findFates(made.runFolder)).of(own('t')).kind).toBe('unknown');
  });

  test('between the intent and the record of the start, its job is found by its token', async () => {
    const made = startEngine([{ token: own('lonely'), command: 'until [ -e go ]; do sleep 0.01; done' }]);
    const { pid: launcher } = (await made.heard('launcher')) as { pid: number };
    const { pid } = (await made.heard('started')) as { pid: number };
    signalled(launcher, 'SIGKILL');
    await made.heard('lost');
    const path = join(made.runFolder, 'launch.1.ndjson');
    const spool = { path: join(made.runFolder, 'spool/1.0'), offset: 0 };
    const untilIntent = readFileSync(path, 'utf8').split('\n').slice(0, 2);
    rmSync(path);
    writeFileSync(path, `${untilIntent.join('\n')}\n`);
    expect((await findFates(made.runFolder)).of(own('lonely'))).toEqual({
      kind: 'running',
      pid,
      ticks: startTicks(pid),
      spool,
      records: path,
    });
    writeFileSync(join(made.runFolder, 'go'), '');
    await until('the end of the job', () => startTicks(pid) === undefined);
    expect((await findFates(made.runFolder)).of(own('lonely'))).toEqual({ kind: 'unknown', spool });
  });
});
