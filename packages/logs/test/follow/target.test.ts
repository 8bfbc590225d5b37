import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { followTarget } from '../../src/index.ts';
import { writeTextLogs } from '../textLogs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-target-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const target = (word?: string) =>
  followTarget(word, { cwd: folder, stateFolder: join(folder, 'state'), nowMs: Date.now() });

const journal = (run: number, attempt = 1) => join(folder, `state/runs/${run}/journal.${attempt}.ndjson`);

function attempt(run: number, number: number, isOver: boolean): void {
  mkdirSync(join(folder, `state/runs/${run}`), { recursive: true });
  const base = { v: 1, t: '2026-01-02T03:04:05.678Z', m: 0, run, attempt: number };
  const engine = { engine_pid: process.pid, host: 'elsewhere', version: '1' };
  const lines = [
    { ...base, seq: 1, type: 'run.started', application: 'app', options: {}, engine },
    ...(isOver
      ? [{ ...base, seq: 2, type: 'run.finished', outcome: 'failed', exit_code: 1, counts: {} }]
      : []),
  ];
  writeFileSync(journal(run, number), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

describe('what is followed', () => {
  test('a file that is there, and one that is not there yet', async () => {
    const path = join(folder, 'run_7.log');
    const later = await target('run_7.log');
    expect([later.find(), later.awaited]).toEqual([undefined, 'run_7.log']);
    writeFileSync(path, '');
    expect(later.find()).toEqual([path]);
    expect((await target('run_7.log')).find()).toEqual([path]);
    await expect(target('nowhere/run_7.log')).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
  });

  test('a run by its number or folder: all its attempts; the latest without a word, else the first', async () => {
    const first = await target();
    expect(first.find()).toBeUndefined();
    attempt(1, 1, true);
    expect(first.find()).toEqual([journal(1)]);
    attempt(1, 2, true);
    for (const word of ['1', 'state/runs/1', undefined])
      expect((await target(word)).find()).toEqual([journal(1), journal(1, 2)]);
    await expect(target('9')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  test('of a state folder the run under way', async () => {
    attempt(1, 1, true);
    attempt(2, 1, false);
    expect((await target('state')).find()).toEqual([journal(2)]);
  });

  test('of a state folder the next run, or the next resume', async () => {
    attempt(1, 1, true);
    const next = await target('state');
    expect([next.find(), next.awaited]).toEqual([undefined, 'the next run in state']);
    attempt(2, 1, true);
    expect(next.find()).toEqual([journal(2)]);
    const resume = await target('state');
    expect(resume.find()).toBeUndefined();
    attempt(1, 2, false);
    expect(resume.find()).toEqual([journal(1), journal(1, 2)]);
  });

  test('of a glob or a folder of logs the run under way, else the next one that is written to', async () => {
    const old = writeTextLogs(join(folder, 'logs'), 1, [{ id: 'a', exitCode: 0 }]);
    const writtenAtS = Date.now() / 1000;
    utimesSync(old, writtenAtS, writtenAtS);
    for (const word of ['logs', 'logs/*.log', 'logs/**/*.{log,txt}']) {
      const next = await target(word);
      expect(next.find()).toBeUndefined();
      const path = join(folder, 'logs/executioner.nightly.run-2.log');
      writeFileSync(path, '2026-01-02 03:04:05 - INFO - Created run summary for run ID: 2\n');
      writeFileSync(join(folder, 'logs/executioner.nightly.job-a.run-2.log'), 'x\n');
      expect(next.find()).toEqual([path]);
      // The file system may tell both times alike.
      utimesSync(path, writtenAtS, writtenAtS);
      expect((await target(word)).find()).toEqual([path]);
      rmSync(path);
    }
    const resumed = await target('logs/*.log');
    appendFileSync(old, '2026-01-02 03:04:05 - INFO - Initialized run ID: 1, attempt: 2\n');
    expect(resumed.find()).toEqual([old]);
  });
});
