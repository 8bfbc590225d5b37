import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import type { JournalEvent } from '../../src/journal/index.ts';
import {
  attemptFiles,
  attempts,
  createRun,
  formerEngine,
  listRuns,
  processIdentity,
  readAttemptFile,
  removeUnfinished,
  stateFolder,
  storeAttemptFile,
} from '../../src/runs/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'executioner-runs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
function freshFolder(): string {
  const path = join(folder, `state ${++made}`);
  mkdirSync(path);
  return path;
}

describe('the state folder', () => {
  const home = '/home/u';
  test.each([
    [{}, '/home/u/.local/state/executioner'],
    [{ XDG_STATE_HOME: '/x' }, '/x/executioner'],
    [{ XDG_STATE_HOME: '/x', EXECUTIONER_HOME: '/e' }, '/e'],
    [{ XDG_STATE_HOME: '', EXECUTIONER_HOME: '' }, '/home/u/.local/state/executioner'],
    [{ XDG_STATE_HOME: 'relative' }, '/home/u/.local/state/executioner'],
    [{ EXECUTIONER_HOME: 'relative' }, 'relative'],
  ])('with %j is %s', (env, expected) => {
    expect(stateFolder({ env, home })).toBe(expected);
  });
});

describe('a new run', () => {
  test('gets the number after the highest, whatever else lies there', () => {
    const state = join(freshFolder(), 'not', 'there yet');
    expect(listRuns(state)).toEqual([]);
    expect([createRun(state).run, createRun(state).run]).toEqual([1, 2]);
    for (const name of ['10', '9', '007', 'x11', '12.bak', '-13']) mkdirSync(join(state, 'runs', name));
    expect(listRuns(state)).toEqual([1, 2, 9, 10]);
    expect(createRun(state)).toEqual({ run: 11, path: join(state, 'runs', '11') });
  });

  test('gets a number above every imported one', () => {
    const state = freshFolder();
    expect([createRun(state, 41).run, createRun(state, 5).run]).toEqual([42, 43]);
  });

  test('is in folders that only their owner can enter', () => {
    const state = join(freshFolder(), 'state');
    const { path } = createRun(state);
    expect([state, join(state, 'runs'), path].map((each) => statSync(each).mode & 0o777)).toEqual([
      0o700, 0o700, 0o700,
    ]);
  });

  test('never shares its number, with several engines at once', async () => {
    const state = freshFolder();
    const source = fileURLToPath(new URL('../../src/runs/index.ts', import.meta.url));
    const contents = `import { createRun } from ${JSON.stringify(source)}; for (let i = 0; i < 50; i++) console.log(createRun(process.argv[2]).run);`;
    const script = join(folder, 'create.mjs');
    await build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: script,
      logLevel: 'error',
    });
    const outputs = await Promise.all(
      Array.from({ length: 4 }, () => output(process.execPath, [script, state])),
    );
    const numbers = outputs.flatMap((text) => text.trim().split('\n').map(Number)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  test('cannot be made where nothing may be written', () => {
    const state = freshFolder();
    writeFileSync(join(state, 'runs'), '');
    expect(() => createRun(state)).toThrow(/EEXIST|ENOTDIR/);
  });
});

describe('the files of an attempt', () => {
  test('have names that tell them apart, and the journals are the attempts', () => {
    const path = freshFolder();
    expect(attemptFiles(path, 2)).toEqual({
      journal: join(path, 'journal.2.ndjson'),
      launch: join(path, 'launch.2.ndjson'),
      config: join(path, 'config.2.json'),
      plan: join(path, 'plan.2.json'),
    });
    for (const name of [
      'journal.2.ndjson',
      'journal.10.ndjson',
      'journal.1.ndjson',
      'journal.3.ndjson.77.tmp',
      'launch.4.ndjson',
    ])
      writeFileSync(join(path, name), '');
    expect(attempts(path)).toEqual([1, 2, 10]);
    expect(attempts(join(path, 'missing'))).toEqual([]);
  });

  test('are stored whole, for the owner only, over an older one', () => {
    const path = join(freshFolder(), 'config.1.json');
    storeAttemptFile(path, { a: 'ü', b: [1] });
    storeAttemptFile(path, { a: 2 });
    expect([readAttemptFile(path), statSync(path).mode & 0o777]).toEqual([{ a: 2 }, 0o600]);
    expect(readFileSync(path, 'utf8')).toBe('{"a":2}\n');
  });

  test('that killed engines left unfinished are removed up to an attempt', () => {
    const path = freshFolder();
    const kept = ['config.1.json', 'config.3.json.9.tmp', 'journal.1.ndjson', 'notes.1.json.7.tmp'];
    const unfinished = ['config.1.json.7.tmp', 'config.2.json.81.tmp', 'journal.2.ndjson.7.tmp'];
    for (const name of [...kept, ...unfinished]) writeFileSync(join(path, name), '');
    removeUnfinished(path, 2);
    expect(readdirSync(path).sort()).toEqual(kept);
  });

  test('leave nothing behind when they cannot be stored', () => {
    const state = freshFolder();
    const path = join(state, 'config.1.json');
    mkdirSync(path);
    expect(() => storeAttemptFile(path, {})).toThrow();
    expect(readdirSync(state)).toEqual(['config.1.json']);
    expect(readAttemptFile(join(state, 'config.2.json'))).toBeUndefined();
  });
});

describe('the engine of the attempt before', () => {
  const own = processIdentity();
  function started(engine: object): JournalEvent {
    return {
      v: 1,
      seq: 1,
      t: '2026-01-01T00:00:00.000Z',
      m: 0,
      run: 1,
      attempt: 3,
      type: 'run.started',
      engine,
    } as unknown as JournalEvent;
  }
  const identity = {
    engine_pid: own.pid,
    ticks: own.ticks,
    boot_id: own.bootId,
    host: own.host,
    version: '1',
  };

  test('is alive, gone, or on another machine', () => {
    const livenessOf = (change: object) => formerEngine(started({ ...identity, ...change }))!.liveness;
    expect(
      [{}, { ticks: (own.ticks ?? 0) + 1 }, { boot_id: 'other' }, { host: 'other.example' }].map(livenessOf),
    ).toEqual(['alive', 'gone', 'gone', 'unknown']);
    expect(formerEngine(started(identity))).toEqual({
      attempt: 3,
      pid: own.pid,
      host: own.host,
      liveness: 'alive',
    });
  });

  test('is nobody when the journal does not say', () => {
    expect(formerEngine(undefined)).toBeUndefined();
    expect(
      formerEngine({ ...started(identity), type: 'run.paused', by: 'user' } as unknown as JournalEvent),
    ).toBeUndefined();
  });
});

function output(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
}
