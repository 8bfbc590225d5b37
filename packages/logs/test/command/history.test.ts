// What the runs of a state folder tell together: attempts, journals and the database that indexes them. Real runs.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callLogs } from '../inProcess.ts';

const engine = fileURLToPath(new URL('../../../engine/bin/executioner-engine.js', import.meta.url));

let folder: string;

function run(table: string, ...words: string[]): void {
  const file = join(folder, 'nightly.json');
  const command = `echo loading ${table}; test ${table} = orders || { echo "ORA-00942: no table ${table}"; exit 3; }`;
  const jobs = [
    { id: 'load', command, max_retries: 1, retry_delay: 0.1, retry_on_exit_codes: [3] },
    { id: 'report', command: 'echo reported', dependencies: ['load'] },
  ];
  writeFileSync(file, JSON.stringify({ version: 2, application_name: 'nightly', working_dir: folder, jobs }));
  const env = { ...process.env, EXECUTIONER_HOME: join(folder, 'state') };
  spawnSync(process.execPath, [engine, ...(words.length > 0 ? words : [file])], { cwd: folder, env });
}

const data = async (...words: string[]) => JSON.parse((await callLogs([...words, '--json'], folder)).stdout);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-history-'));
  run('orders');
  run('order');
  run('orders', '--resume-from', '2');
  run('order');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a failure that a resume has mended', () => {
  test('is told among those before, and how it ended', async () => {
    const { similar, since } = await data('--post-mortem');
    expect(similar).toHaveLength(1);
    expect(similar[0]).toMatchObject({
      job: 'load',
      run: { run: 2, attempt: 1 },
      ended: { run: { run: 2, attempt: 2 }, failedBetween: 0 },
    });
    expect(similar[0].ended.changes.map(({ name }: { name: string }) => name)).toEqual(['command']);
    expect(since.good.run).toBe(2);
    const { stdout } = await callLogs(['--post-mortem'], folder);
    expect(stdout).toMatch(
      /- run 2, attempt 1 \(.*\), load: "ORA-<\*>: no table order"; it succeeded in run 2, attempt 2, after command of load/,
    );
  });
});

describe('the history database', () => {
  test('tells the same trends as the journals', async () => {
    const fromDatabase = await data('--trends');
    expect(fromDatabase.runCount).toBe(3);
    expect(await data('state', '--trends')).toEqual(fromDatabase);
    expect(await data('state/history.db', '--trends')).toEqual(fromDatabase);
    const { workflows } = await data('--trends', '--last', '2', '--app', 'nightly');
    expect(workflows[0].runs).toBe(2);
  });

  test('is done without where it is damaged or not there', async () => {
    const known = await data('--trends');
    const path = join(folder, 'state/history.db');
    renameSync(path, `${path}.away`);
    expect(await data('--trends')).toEqual(known);
    writeFileSync(path, 'no database at all');
    expect(await data('--trends')).toEqual(known);
    rmSync(path);
    renameSync(`${path}.away`, path);
    expect(existsSync(path)).toBe(true);
  });

  test('is read with the journals beside it where each try matters', async () => {
    const { jobs } = await data('retries', 'state/history.db');
    expect(jobs[0]).toMatchObject({ job: 'load', curve: [{ retry: 1, made: 2, succeeded: 0 }] });
    expect(jobs[0].lostMs).toBeGreaterThan(90);
    const { failures } = await data('state/history.db', '--errors-only');
    const [{ failures: ofRun }] = failures;
    expect(ofRun[0].job.tries).toHaveLength(2);
    expect(ofRun[0].job.tries[0].exitCode).toBe(3);
  });
});
