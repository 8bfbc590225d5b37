import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { lineSerializer } from '@executioner/engine';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findInputs, type RunRecord, readRuns } from '../../src/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'executioner-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function read(...words: string[]) {
  const runs: RunRecord[] = [];
  const inputs = await findInputs(words, { cwd: folder, stateFolder: join(folder, 'state') });
  const reading = await readRuns(inputs, {
    cwd: folder,
    stdin: (async function* () {
      yield Buffer.from(runLog(9));
    })(),
    onRun: (run) => runs.push(run),
  });
  const told = runs.map(({ kind, application, run, outcome, jobs }) => [
    kind,
    application,
    run,
    outcome,
    jobs.map(({ id, status }) => `${id} ${status}`).join(', '),
  ]);
  return { ...reading, runs, told, codes: reading.findings.map(({ code, file }) => `${code} ${file}`) };
}

/** As version 1 writes it. */
function runLog(run: number, day = 20, mark = ''): string {
  const line = (second: number, text: string) =>
    `2026-11-${day} 02:27:${String(second).padStart(2, '0')} - ${text.replace(' - ', ` - ${mark}`)}\n`;
  return [
    line(1, `INFO - Created run summary for run ID: ${run}`),
    line(1, "INFO - Starting job 'a'"),
    line(2, "INFO - Job 'a' completed successfully in 1.12 seconds"),
    line(2, "INFO - Starting job 'b'"),
    line(3, 'ERROR - Job b failed after 1 attempts.'),
    line(3, `INFO - Updated run summary for run ID: ${run} with status: FAILED`),
  ].join('');
}

function journal(
  run: number,
  options: { readonly attempt?: number; readonly firstSeq?: number; readonly exitCode?: number } = {},
) {
  const { attempt = 1, firstSeq = 1, exitCode = 0 } = options;
  const serialize = lineSerializer({ run, attempt, jobIds: ['a'] });
  const wallMs = new Date(2026, 10, 20, 2, 27, 1).getTime() + (attempt - 1) * 60_000;
  const fact = { job: 0, round: 1, try: 1 };
  const status = exitCode === 0 ? 'succeeded' : 'failed';
  const events = [
    {
      type: 'run.started',
      m: 0,
      plan_hash: 'x',
      seed: 1,
      application: 'app',
      jobs: 1,
      workers: 2,
      options: { file: '/x/app.json' },
      engine: { engine_pid: 1, host: 'h', version: '1' },
    },
    {
      type: 'job.starting',
      m: 5,
      ...fact,
      token: 't',
      command_hash: 'c',
      definition_hash: 'd',
      limit_ms: 9000,
    },
    { type: 'job.started', m: 6, ...fact, pid: 1 },
    { type: 'job.exited', m: 905, ...fact, end: { exit_code: exitCode, cpu_ms: 30, max_rss_kb: 2000 } },
    { type: 'job.finished', m: 906, ...fact, status, duration_ms: 901, tries: 1 },
    { type: 'run.finished', m: 910, outcome: status, exit_code: exitCode, counts: { [status]: 1 } },
  ] as const;
  return events.map((event, index) => serialize(event as never, firstSeq + index, wallMs + event.m)).join('');
}

describe('logs are read', () => {
  test('in any mixture, each recognised by its content', async () => {
    put('some.txt', runLog(1));
    put('journal.1.ndjson', journal(2));
    put('packed', gzipSync(runLog(3, 21)));
    const { told, codes, sources } = await read('some.txt', 'journal.1.ndjson', 'packed', '-');
    expect(told).toEqual([
      ['text log', '', 1, 'failed', 'a succeeded, b failed'],
      ['journal', 'app', 2, 'succeeded', 'a succeeded'],
      ['text log', '', 9, 'failed', 'a succeeded, b failed'],
      ['text log', '', 3, 'failed', 'a succeeded, b failed'],
    ]);
    expect(codes).toEqual([]);
    expect(sources.map(({ file, kind, compressed, lines }) => [file, kind, compressed, lines])).toEqual([
      ['some.txt', 'text log', false, 6],
      ['journal.1.ndjson', 'journal', false, 5],
      ['packed', 'text log', true, 6],
      ['-', 'text log', false, 6],
    ]);
  });

  test('of a folder or a glob, rotated and compressed, a run once however many files tell of it', async () => {
    put('logs/executioner.app.log.2', runLog(1, 18, '[RUN #1] '));
    put('logs/executioner.app.log.1.gz', gzipSync(runLog(2, 19, '[RUN #2] ')));
    put('logs/executioner.app.log', runLog(3, 20, '[RUN #3] '));
    put('logs/executioner.app.run-3.log', runLog(3));
    put(
      'logs/executioner.app.job-b.run-3.log',
      '2026-11-20 02:27:03,120 - ERROR - Job b: FAILED with exit code 4\n',
    );
    put('logs/notes.md', 'no log');
    const all = await read('logs');
    expect(all.told.map(([, application, run]) => [application, run])).toEqual([
      ['app', 1],
      ['app', 2],
      ['app', 3],
    ]);
    expect(all.runs[2]!.jobs.find(({ id }) => id === 'b')!.tries[0]).toMatchObject({ exitCode: 4 });
    const few = await read('logs/*run-3*');
    expect(few.told).toHaveLength(1);
    expect((await read('logs/*.log*', 'logs')).told).toEqual(all.told);
  });

  test('by the number of a run, all its attempts; the latest without a word; of a state folder every run', async () => {
    put('state/runs/4/journal.1.ndjson', journal(4, { exitCode: 3 }));
    put('state/runs/4/journal.2.ndjson', journal(4, { attempt: 2, firstSeq: 7 }));
    put(
      'state/runs/4/config.2.json',
      JSON.stringify({ jobs: [{ id: 'a', command: 'x', dependencies: [] }] }),
    );
    put('state/runs/3/journal.1.ndjson', journal(3, { exitCode: 3 }));
    const [run] = (await read('4')).runs;
    expect(run).toMatchObject({ run: 4, outcome: 'succeeded', attempts: 2, configuration: '/x/app.json' });
    expect(run!.jobs).toMatchObject([
      {
        id: 'a',
        command: 'x',
        definition: 'd',
        waitedMs: 5,
        cpuMs: 30,
        maxRssKb: 2000,
        tries: [{ exitCode: 0 }],
      },
    ]);
    expect((await read()).runs).toEqual([run]);
    expect((await read('state')).told.map(([, , number]) => number)).toEqual([3, 4]);
    await expect(read('5')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  test('in UTF-16, as PowerShell writes what a program prints', async () => {
    const text = `\ufeff${runLog(1).replaceAll('\n', '\r\n')}`;
    put('le.log', Buffer.from(text, 'utf16le'));
    expect((await read('le.log')).told[0]?.[4]).toBe('a succeeded, b failed');
    put('be.log', Buffer.from(text, 'utf16le').swap16());
    expect((await read('be.log')).told[0]?.[4]).toBe('a succeeded, b failed');
  });

  test('of a journal and text logs of one run the journal counts', async () => {
    put('executioner.app.run-2.log', runLog(2));
    put('journal.ndjson', journal(2));
    const { told, codes } = await read('.');
    expect(told.map(([kind]) => kind)).toEqual(['journal']);
    expect(codes).toEqual(['I141 executioner.app.run-2.log']);
  });
});

describe('damaged logs give what they hold, and say what is wrong', () => {
  test.each([
    ['cut off in a line', () => journal(2).slice(0, -30), ['W141 x.log'], 'a succeeded'],
    [
      'with a line that is no event',
      () => journal(2).replace(/\n[^\n]*job.finished[^\n]*/, '\noops'),
      ['E143 x.log'],
      'a running',
    ],
    [
      'with events missing',
      () => journal(2).replace(/\n[^\n]*job.exited[^\n]*/, ''),
      ['E143 x.log'],
      'a succeeded',
    ],
    [
      'of a newer version',
      () => journal(2).replace('{"v":1,"seq":4', '{"v":2,"seq":4'),
      ['E144 x.log'],
      'a running',
    ],
    ['cut off', () => runLog(1).slice(0, -70), ['W141 x.log'], 'a succeeded, b failed'],
    ['with zeros', () => `${runLog(1)}${'\0'.repeat(500)}`, ['W142 x.log'], 'a succeeded, b failed'],
    [
      'with strange lines',
      () => runLog(1).replace('\n', '\nhello\nworld\n'),
      ['W143 x.log'],
      'a succeeded, b failed',
    ],
    [
      'zipped and cut off',
      () => gzipSync(runLog(1).repeat(2000)).subarray(0, -40),
      ['E145 x.log', 'W141 x.log'],
      'a succeeded, b failed',
    ],
  ])('%s', async (_, make, codes, jobs) => {
    put('x.log', make());
    const reading = await read('x.log');
    expect(reading.codes.filter((code) => !code.startsWith('W141') || codes.includes(code))).toEqual(codes);
    expect(reading.told[0]?.[4]).toBe(jobs);
  });

  test('what is no log at all', async () => {
    put('empty.log', '');
    put('image.log', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
    put('broken.db', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(200, 7)]));
    const { codes, told } = await read('empty.log', 'image.log', 'broken.db');
    expect(told).toEqual([]);
    expect(codes.slice(0, 2)).toEqual(['E142 empty.log', 'E142 image.log']);
    expect(codes[2]).toMatch(/^E1\d\d broken.db$/);
    await expect(read('nothing.log')).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
    await expect(read('*.nothing')).rejects.toMatchObject({ code: 'NO_LOGS' });
  });
});
