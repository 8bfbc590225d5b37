import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type History, openDatabase, openHistory } from '../../src/history/index.ts';
import { importHistory, readImport } from '../../src/imports/index.ts';
import { fold, readJournal } from '../../src/journal/index.ts';

const corpus = fileURLToPath(new URL('../../../../../shared/corpus', import.meta.url));
const withCorpus = existsSync(corpus) ? describe : describe.skip;

let folder: string;
let history: History;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'imports-'));
  history = await openHistory({ stateFolder: join(folder, 'state'), nowMs: Date.now });
});
afterEach(() => {
  history.close();
  rmSync(folder, { recursive: true, force: true });
});

async function imported(file: string) {
  const stateFolder = join(folder, 'state');
  const result = await importHistory({ stateFolder, history, file, nowMs: 0, version: '0' });
  expect(history.catchUp()).toEqual({ state: 'done', findings: [] });
  return result;
}

function written(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const ninjaLog =
  '# ninja log v5\n1\t20\t123\tout/a.o\tabc\nbroken\n5\t50\t0\tb.o\tdef0\n30\t90\t9\tout/a.o\tabd\n';
const jobLog = [
  'Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand',
  '1\t:\t1700000000.123\t     1.500\t0\t5\t0\t0\tsleep 1.5',
  '2\t:\t1700000001.000\t     0.100\t0\t0\t1\t0\tfalse\tx',
  'half a li',
  '2\t:\t1700000002.000\t     0.200\t0\t0\t0\t9\tfalse\tx',
].join('\n');

describe('a log of ninja', () => {
  test('is a run in which each output is a job, with its latest build', async () => {
    const file = written('.ninja_log', ninjaLog);
    utimesSync(file, 1000, 1000);
    const { runs, findings } = await imported(file);
    expect(runs).toEqual([{ run: 1, jobs: 2, state: 'new' }]);
    expect(findings).toEqual([
      {
        code: 'W131',
        severity: 'warning',
        message: 'this line is not "start end mtime output hash", and was left out',
        file,
        line: 3,
      },
    ]);
    const { attempts, jobs } = history.showRun(1)!;
    expect(attempts).toMatchObject([
      { source: 'ninja', status: 'succeeded', started_at: 999_910, ended_at: 1_000_000 },
    ]);
    expect(jobs.map(({ job, duration_ms }) => [job, duration_ms]).sort()).toEqual([
      ['b.o', 45],
      ['out/a.o', 60],
    ]);
    const stored = JSON.parse(readFileSync(join(folder, 'state/runs/1/import.json'), 'utf8'));
    expect(stored.attempts[0].jobs['out/a.o'].columns).toMatchObject({
      end: 90,
      earlier: [{ start: 1, end: 20, mtime: '123' }],
    });
  });

  test('a version that is not known is refused', async () => {
    const file = written('log', '# ninja log v4\n');
    expect(await readImport(file)).toEqual({
      runs: [],
      findings: [
        { code: 'E134', severity: 'error', message: expect.stringContaining('version 4'), file, line: 1 },
      ],
    });
  });
});

test("GNU parallel's job log: exit codes, signals, and tries under one number", async () => {
  const file = written('joblog', jobLog);
  const { findings } = await imported(file);
  expect(findings.map(({ code, line }) => [code, line])).toEqual([['W131', 4]]);
  const { attempts, jobs } = history.showRun(1)!;
  expect(attempts).toMatchObject([{ source: 'parallel', status: 'failed', started_at: 1_700_000_000_123 }]);
  expect(jobs).toMatchObject([
    { job: 'seq-1', status: 'succeeded', command: 'sleep 1.5', duration_ms: 1500, exit_code: 0, tries: 1 },
    { job: 'seq-2', status: 'failed', command: 'false\tx', duration_ms: 1200, signal: 'SIGKILL', tries: 2 },
  ]);
});

describe('WfFormat', () => {
  const task = (id: string, runtime: number, parents: string[] = []) => ({
    name: id,
    runtime,
    parents,
    children: [],
  });
  const trace = (schemaVersion: string) => ({
    name: 'flow',
    schemaVersion,
    workflow: {
      executedAt: '20200401T035043+0000',
      makespan: 9,
      tasks: [task('a', 1.5), task('b', 2, ['a'])],
    },
  });

  test.each(['1.3', '1.4'])('%s, with tasks in one list', async (version) => {
    const { findings } = await imported(written('t.json', JSON.stringify(trace(version))));
    expect(findings).toEqual([]);
    const began = Date.parse('2020-04-01T03:50:43Z');
    const { attempts, jobs } = history.showRun(1)!;
    expect(attempts).toMatchObject([{ application: 'flow', started_at: began, duration_ms: 9000 }]);
    expect(jobs).toMatchObject([
      { job: 'a', started_at: began, duration_ms: 1500 },
      { job: 'b', started_at: began + 1500, duration_ms: 2000 },
    ]);
  });

  test('other versions, tasks without run time or name, and damaged files', async () => {
    const findingsOf = async (content: string | Uint8Array) =>
      (await readImport(written('t.json', content))).findings.map(
        ({ code, message }) => `${code} ${message}`,
      );
    expect(await findingsOf(JSON.stringify(trace('2.0')))).toEqual([
      'E134 this is a trace in WfFormat 2.0; versions 1.3, 1.4 and 1.5 can be read',
    ]);
    const partial = { ...trace('1.5'), workflow: { tasks: [{ name: 'a' }, {}, { name: 'b', runtime: 1 }] } };
    expect(await findingsOf(JSON.stringify(partial))).toEqual([
      'W131 task 2 has neither id nor name, and was left out',
      'W132 the trace does not say when it ran (""), so it stands at the beginning of 1970',
      'W133 task "a" has no run time, and gives no estimate',
    ]);
    expect((await findingsOf('{"schemaVersion": '))[0]).toContain('E133 this JSON file is damaged');
    expect((await findingsOf(gzipSync('hello').subarray(0, 12)))[0]).toContain(
      'E133 this gzip file is damaged',
    );
    expect(await findingsOf('hello')).toEqual(['E132 this is no record that can be imported']);
    expect((await readImport(join(folder, 'none'))).findings).toMatchObject([
      { code: 'E131', message: 'there is no such file' },
    ]);
    expect((await readImport(folder)).findings).toMatchObject([
      { code: 'E131', message: 'this is a folder; name a file' },
    ]);
  });

  test('what holds nothing is said to', async () => {
    const codesOf = async (content: string) =>
      (await readImport(written('t', content))).findings.map(({ code }) => code);
    expect(await codesOf('# ninja log v5\n')).toEqual(['W135']);
    expect(await codesOf(`${jobLog.split('\n')[0]}\nhalf`)).toEqual(['W131', 'W135']);
    expect(await codesOf(JSON.stringify({ schemaVersion: '1.5', workflow: {} }))).toEqual(['W135']);
  });
});

describe('importing again', () => {
  test('changes nothing, takes over what is new, and leaves alone what was resumed', async () => {
    const file = written('joblog', jobLog);
    await imported(file);
    expect((await imported(file)).runs).toEqual([{ run: 1, jobs: 2, state: 'known' }]);
    writeFileSync(file, `${jobLog}\n3\t:\t1700000003.000\t1\t0\t0\t0\t0\ttrue\n`);
    expect((await imported(file)).runs).toEqual([{ run: 1, jobs: 3, state: 'updated' }]);
    expect(history.showRun(1)!.jobs).toHaveLength(3);
    writeFileSync(join(folder, 'state/runs/1/journal.2.ndjson'), '');
    writeFileSync(file, jobLog);
    expect((await imported(file)).runs).toEqual([{ run: 1, jobs: 2, state: 'resumed' }]);
  });
});

withCorpus('the corpus', () => {
  const v1 = (name: string) => join(corpus, 'v1/history', name);

  test.each(['schema-v6.db', 'schema-v8.db'])('%s: no column is lost', async (name) => {
    const { findings } = await imported(v1(name));
    expect(findings).toEqual([]);
    const db = await openDatabase(v1(name), { readOnly: true });
    const runRows = db.all<{ run_id: number }>('SELECT * FROM run_summary');
    const jobRows = db.all<{ run_id: number; attempt_id?: number; id: string }>('SELECT * FROM job_history');
    db.close();
    const stored = (run: number) =>
      JSON.parse(readFileSync(join(folder, `state/runs/${run}/import.json`), 'utf8'));
    for (const row of runRows) expect(stored(row.run_id).attempts[0].columns).toEqual(row);
    for (const row of jobRows) expect(stored(row.run_id).attempts[0].jobs[row.id].columns).toEqual(row);
    expect(history.listRuns({ limit: 1000 })).toHaveLength(runRows.length);
    expect(history.searchJobs('', { limit: 1000 })).toHaveLength(jobRows.length);
  });

  test('a time limit that v1 recorded as FAILED, retries, and a run that never ended', async () => {
    await imported(v1('schema-v8.db'));
    expect(history.searchJobs('timeout_job', { limit: 1 })).toMatchObject([
      { status: 'timed_out', recorded_status: 'FAILED', command_ms: 11_007 },
    ]);
    const [retried] = history.searchJobs('job:retry_job');
    expect(retried).toMatchObject({ status: 'failed', tries: 4, exit_code: 2, run: 18 });
    const state = fold(readJournal(join(folder, 'state/runs/18/journal.1.ndjson')).events);
    expect(state.jobs.get('retry_job')!.tries.map(({ end }) => end?.exit_code)).toEqual([2, 2, 2, 2]);
    await imported(v1('schema-v6.db'));
    expect(
      history.listRuns({ statuses: ['interrupted'] }).map(({ recorded_status }) => recorded_status),
    ).toEqual(['RUNNING', 'RUNNING']);
  });

  test('numbers are kept where they are free, and the times of another zone are right', async () => {
    const first = await imported(v1('schema-v6.db'));
    expect(first.runs.every(({ run, recordedRun }) => run === recordedRun)).toBe(true);
    const second = await imported(v1('schema-v8.db'));
    expect(second.runs[0]).toEqual({ run: 39, recordedRun: 1, jobs: 4, state: 'new' });
    // 18:44:18 four hours west of Greenwich.
    expect(history.listRuns({ limit: 1000 })[0]!.started_at).toBe(Date.parse('2025-06-04T22:44:18Z'));
  });

  test('searches answer on everything, before and after a rebuild', async () => {
    await imported(v1('schema-v6.db'));
    await imported(written('joblog', jobLog));
    await imported(written('.ninja_log', ninjaLog));
    await imported(join(corpus, 'workflows/raw/1000genome-chameleon-2ch-100k-001.json.gz'));
    const answers = () =>
      ['PR_104841', 'sleep', 'out/a', 'individuals_merge', ''].map((words) =>
        history.searchJobs(words, { limit: 5000 }),
      );
    const before = answers();
    expect(before.map((jobs) => jobs.length > 0)).toEqual([true, true, true, true, true]);
    history.rebuild();
    expect(answers()).toEqual(before);
  });

  test('every trace can be read, and gives as many jobs as it has tasks', async () => {
    const raw = join(corpus, 'workflows/raw');
    const truth = readFileSync(join(corpus, 'workflows/truth.tsv'), 'utf8').trimEnd().split('\n');
    const column = truth[0]!.split('\t');
    const jobsAt = column.findIndex((name) => /^(jobs|tasks|nodes)$/.test(name));
    const expected = new Map(
      truth.slice(1).map((line) => [line.split('\t')[0], Number(line.split('\t')[jobsAt])]),
    );
    for (const name of readdirSync(raw)) {
      const { runs, findings } = await readImport(join(raw, name));
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect([name, runs[0]?.attempts[0]?.jobs.length]).toEqual([
        name,
        expected.get(name.replace('.gz', '')),
      ]);
    }
  });
});

test('a success of v1 whose post-check failed is a failure, with what was recorded beside', async () => {
  const file = join(folder, 'v1.db');
  const db = await openDatabase(file);
  db.exec(`CREATE TABLE job_history (run_id INTEGER, id TEXT, command TEXT, status TEXT, last_error TEXT, colour TEXT);
    INSERT INTO job_history VALUES (5, 'a', 'true', 'SUCCESS', 'Post-check failed', 'red');
    INSERT INTO job_history VALUES (5, 'b', 'true', 'ODD', NULL, NULL);
    INSERT INTO job_history VALUES (NULL, 'c', 'true', 'SUCCESS', NULL, NULL);`);
  db.close();
  const { findings } = await imported(file);
  expect(findings.map(({ code }) => code)).toEqual(['W131', 'W132', 'W134']);
  expect(findings.map(({ message }) => message.slice(0, 60))).toEqual([
    'a row of "job_history" without the number of a run or the id',
    'run 5: it is not recorded when it started, so it stands at t',
    'run 5: job "b": status "ODD" is none that version 1 writes, ',
  ]);
  expect(history.showRun(5)!.jobs).toMatchObject([
    { job: 'a', status: 'postcheck_failed', recorded_status: 'SUCCESS', error: 'Post-check failed' },
    { job: 'b', status: 'unknown', recorded_status: 'ODD' },
  ]);
  const stored = JSON.parse(readFileSync(join(folder, 'state/runs/5/import.json'), 'utf8'));
  expect(stored.attempts[0].jobs.a.columns.colour).toBe('red');
});
