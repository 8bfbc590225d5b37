import { spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { historyFile, openDatabase, parseTime, removeHistory } from '../../src/history/index.ts';
import { journalText, makeRig, type Rig, startMs } from './rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = makeRig();
});
afterEach(() => rig.remove());

const idsOf = (jobs: readonly { readonly run: number; readonly job: string }[]) =>
  jobs.map(({ run, job }) => `${run}:${job}`);

describe('the index', () => {
  test('has every run with its counts, and every job with how it went', async () => {
    rig.record(1, [
      { id: 'a', tags: ['x'] },
      { id: 'b', status: 'failed' },
      { id: 'c', status: 'skipped' },
    ]);
    const history = await rig.open();
    expect(history.catchUp()).toEqual({ state: 'done', findings: [] });
    const began = startMs + 60_000;
    const { attempts, jobs } = history.showRun(1)!;
    expect(attempts).toEqual([
      {
        run: 1,
        attempt: 1,
        application: 'app',
        status: 'failed',
        exit_code: 1,
        started_at: began,
        ended_at: began + 2000,
        duration_ms: 2000,
        job_count: 3,
        workers: 1,
        counts: { succeeded: 1, failed: 1, skipped: 1 },
        working_dir: join(rig.stateFolder, 'work'),
        config_file: '/w.yaml',
        log: join(rig.stateFolder, 'work/logs/executioner.app.run-1.log'),
        source: 'run',
      },
    ]);
    expect(jobs).toEqual([
      expect.objectContaining({
        job: 'a',
        status: 'succeeded',
        command: 'run a',
        tags: ['x'],
        tries: 1,
        exit_code: 0,
      }),
      expect.objectContaining({
        job: 'b',
        status: 'failed',
        exit_code: 3,
        error: 'failed with exit code 3 (1 try, 1 s)',
      }),
      expect.objectContaining({ job: 'c', status: 'skipped', reason: 'stopped', tries: 0 }),
    ]);
    expect(history.showRun(2)).toBeUndefined();
    expect(statSync(historyFile(rig.stateFolder)).mode & 0o777).toBe(0o600);
  });

  test('takes a journal up where it stopped, at any byte', async () => {
    const whole = Buffer.from(journalText(1, [{ id: 'ä' }, { id: 'b', status: 'failed' }]));
    rig.record(1, [{ id: 'ä' }, { id: 'b' }]);
    const path = join(rig.stateFolder, 'runs/1/journal.1.ndjson');
    const atOnce = await rig.open();
    writeFileSync(path, whole);
    atOnce.catchUp();
    const expected = atOnce.showRun(1);
    expect(expected?.jobs.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
    for (let step = 1; step < whole.length; step += 97) {
      removeHistory(rig.stateFolder);
      const history = await rig.open();
      writeFileSync(path, whole.subarray(0, step));
      history.catchUp();
      appendFileSync(path, whole.subarray(step));
      history.catchUp();
      expect(history.showRun(1)).toEqual(expected);
    }
  });

  test('a run without end is interrupted when its engine is gone, and a damaged journal counts up to the damage', async () => {
    rig.record(1, [{ id: 'a' }], { open: true });
    rig.record(2, [{ id: 'a' }]);
    const path = join(rig.stateFolder, 'runs/2/journal.1.ndjson');
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [...lines.slice(0, 2), 'nonsense', ...lines.slice(2)].join('\n'));
    const history = await rig.open();
    expect(history.catchUp().findings).toEqual([
      expect.objectContaining({ code: 'bad_line', file: path, severity: 'error' }),
    ]);
    expect(history.listRuns().map(({ run, status }) => [run, status])).toEqual([
      [1, 'interrupted'],
      [2, 'interrupted'],
    ]);
    expect(history.showRun(2)!.jobs).toEqual([expect.objectContaining({ job: 'a', status: 'interrupted' })]);
  });

  test('forgets runs whose folder is gone, and sees attempts that come later', async () => {
    rig.record(1, [{ id: 'a' }]);
    rig.record(2, [{ id: 'a', status: 'failed' }]);
    const history = await rig.open();
    rig.nowMs = Date.now() + 60_000;
    // However coarse the clock of the file system is, the folder will have another time.
    utimesSync(join(rig.stateFolder, 'runs/2'), 1_000_000, 1_000_000);
    history.catchUp();
    history.catchUp();
    rmSync(join(rig.stateFolder, 'runs/1'), { recursive: true });
    rig.record(2, [{ id: 'a' }], { attempt: 2 });
    history.catchUp();
    expect(history.listRuns().map(({ run, attempt, status }) => [run, attempt, status])).toEqual([
      [2, 1, 'failed'],
      [2, 2, 'succeeded'],
    ]);
    expect(idsOf(history.searchJobs('a'))).toEqual(['2:a', '2:a']);
  });

  test('is made anew with the same answers, also from a damaged file', async () => {
    for (let run = 1; run <= 5; run++)
      rig.record(run, [
        { id: 'a', hash: 'h' },
        { id: 'b', status: 'failed' },
      ]);
    const history = await rig.open();
    history.catchUp();
    const answers = () => [history.listRuns(), history.searchJobs('run'), history.searchJobs('')];
    const before = answers();
    history.rebuild();
    expect(answers()).toEqual(before);
    history.close();
    removeHistory(rig.stateFolder);
    writeFileSync(historyFile(rig.stateFolder), 'no database at all'.repeat(100));
    await expect(rig.open()).rejects.toMatchObject({ code: 'HISTORY_DAMAGED' });
    removeHistory(rig.stateFolder);
    const fresh = await rig.open();
    fresh.catchUp();
    expect([fresh.listRuns(), fresh.searchJobs('run'), fresh.searchJobs('')]).toEqual(before);
  });

  test('one of a newer version is refused', async () => {
    await rig.open();
    const db = await openDatabase(historyFile(rig.stateFolder));
    db.exec('PRAGMA user_version = 999');
    db.close();
    await expect(rig.open()).rejects.toMatchObject({ code: 'HISTORY_NEWER' });
  });

  test('gives up when another process writes, and catches up later', async () => {
    rig.record(1, [{ id: 'a' }]);
    const history = await rig.open();
    const other = await openDatabase(historyFile(rig.stateFolder));
    other.exec('BEGIN IMMEDIATE');
    expect(history.catchUp().state).toBe('busy');
    other.exec('COMMIT');
    other.close();
    expect(history.catchUp().state).toBe('done');
    expect(history.listRuns()).toHaveLength(1);
  });

  test('goes on after a statement that found it locked', async () => {
    const history = await rig.open();
    history.close();
    const [db, other] = await Promise.all(
      [1, 2].map(() => openDatabase(historyFile(rig.stateFolder), { busyMs: 1 })),
    );
    const write = () => db!.run('INSERT OR REPLACE INTO folders (run, mtime_ms) VALUES (1, 1)');
    other!.exec('BEGIN IMMEDIATE');
    expect(write).toThrow('locked');
    other!.exec('COMMIT');
    expect([db!.transaction(() => db!.run('DELETE FROM folders')), write()]).toEqual([0, 1]);
    db!.close();
    other!.close();
  });

  test('two processes at once bring every job in once', async () => {
    for (let run = 1; run <= 60; run++) rig.record(run, [{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
    const script = join(rig.stateFolder, 'index.mjs');
    await bundle(script);
    const runOne = () =>
      new Promise<number | null>((resolve, reject) => {
        const child = spawn(process.execPath, [script, rig.stateFolder], {
          stdio: ['ignore', 'ignore', 'inherit'],
        });
        child.on('error', reject).on('exit', resolve);
      });
    expect(await Promise.all([runOne(), runOne(), runOne()])).toEqual([0, 0, 0]);
    const history = await rig.open();
    expect(history.catchUp().state).toBe('done');
    expect(history.listRuns()).toHaveLength(60);
    expect(history.searchJobs('', { limit: 1000 })).toHaveLength(180);
    expect(history.searchJobs('job:b', { limit: 1000 })).toHaveLength(60);
  });
});

/** A program that brings the index of a state folder up to date, whatever it takes. */
async function bundle(outfile: string): Promise<void> {
  const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const libsql = pathToFileURL(createRequire(import.meta.url).resolve('libsql')).href;
  await build({
    stdin: {
      contents: `import { openHistory } from ${JSON.stringify(source('../../src/history/index.ts'))};
        const history = await openHistory({ stateFolder: process.argv[2], nowMs: Date.now });
        const untilMs = Date.now() + 200_000;
        while (history.catchUp().state !== 'done') if (Date.now() > untilMs) process.exit(3);
        history.close();`,
      resolveDir: source('.'),
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    alias: { '@executioner/core': source('../../../core/src/index.ts') },
    banner: { js: `import { createRequire as r } from 'node:module'; const require = r(import.meta.url);` },
    plugins: [
      {
        name: 'libsql',
        setup: (setup) =>
          setup.onResolve({ filter: /^(libsql|koffi)$/ }, () => ({ path: libsql, external: true })),
      },
    ],
    logLevel: 'error',
  });
}

describe('finding', () => {
  beforeEach(() => {
    rig.record(1, [{ id: 'load_orders', command: 'sqlplus @load.sql', tags: ['nightly'] }]);
    rig.record(2, [{ id: 'load_orders', command: 'sqlplus @load.sql', status: 'failed' }, { id: 'mail' }], {
      application: 'other',
    });
    const logs = join(rig.stateFolder, 'work/logs');
    mkdirSync(logs, { recursive: true });
    const stamp = (offsetMs: number) => {
      const time = new Date(startMs + 120_000 + offsetMs);
      const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString();
      return local.replace('T', ' ').replace('.', ',').replace('Z', '');
    };
    writeFileSync(
      join(logs, 'executioner.other.job-load_orders.run-2.log'),
      `${stamp(500)} - INFO - ORA-00942: table missing\n${stamp(600)} - ERROR - ours\n${stamp(60_000)} - INFO - much later\n`,
    );
  });

  test.each([
    ['a word', 'mail', ['2:mail']],
    ['the beginning of a word', 'sqlp', ['2:load_orders', '1:load_orders']],
    ['an id with its underscore', 'load_orders', ['2:load_orders', '1:load_orders']],
    ['several words, all needed', 'sqlplus nightly', ['1:load_orders']],
    ['words that stand together', '"load sql"', ['2:load_orders', '1:load_orders']],
    ['without a word', 'load -nightly', ['2:load_orders']],
    ['without a word, and nothing else', '-nightly', ['2:load_orders', '2:mail']],
    ['in one field', 'tag:nightly', ['1:load_orders']],
    ['in another field', 'command:nightly', []],
    ['the last lines of the output', 'ORA-00942', ['2:load_orders']],
    ['lines of a later attempt', 'output:later', []],
    ['the reason of a failure', 'error:"exit code 3"', ['2:load_orders']],
    ['an application', 'app:other', ['2:load_orders', '2:mail']],
    ['marks of the search language in words', 'sqlplus AND (', []],
  ])('%s', async (_, words, expected) => {
    const history = await rig.open();
    history.catchUp();
    expect(idsOf(history.searchJobs(words)).sort()).toEqual([...expected].sort());
  });

  test('filters: status, application, tag, time, limit', async () => {
    const history = await rig.open();
    history.catchUp();
    const found = (filter: Parameters<typeof history.searchJobs>[1]) => idsOf(history.searchJobs('', filter));
    expect(found({ statuses: ['failed'] })).toEqual(['2:load_orders']);
    expect(found({ application: 'app' })).toEqual(['1:load_orders']);
    expect(found({ tag: 'nightly' })).toEqual(['1:load_orders']);
    expect(found({ untilMs: startMs + 61_000 })).toEqual(['1:load_orders']);
    expect(found({ limit: 1 })).toEqual(['2:mail']);
    const runs = (filter: Parameters<typeof history.listRuns>[0]) =>
      history.listRuns(filter).map(({ run }) => run);
    expect(runs({ tag: 'nightly' })).toEqual([1]);
    expect(runs({ statuses: ['failed'] })).toEqual([2]);
    expect(runs({ sinceMs: startMs + 61_000 })).toEqual([2]);
    expect(runs({ limit: 1 })).toEqual([2]);
    expect(runs({ application: 'none' })).toEqual([]);
  });
});

test('times: ago, a day, a date with time; nothing else', () => {
  const nowMs = Date.parse('2026-03-04T05:06:07Z');
  expect(parseTime('7d', 'since', nowMs)).toBe(nowMs - 7 * 86_400_000);
  expect(parseTime('2026-01-31', 'since', nowMs)).toBe(new Date(2026, 0, 31).getTime());
  expect(parseTime('2026-01-31', 'until', nowMs)).toBe(new Date(2026, 1, 1).getTime());
  expect(parseTime('2026-01-31 12:00Z', 'since', nowMs)).toBe(Date.parse('2026-01-31T12:00Z'));
  expect(['yesterday', '7', '2026-13-01 25:00'].map((text) => parseTime(text, 'since', nowMs))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
