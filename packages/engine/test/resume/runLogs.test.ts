import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { secretMasker } from '../../src/output/index.ts';
import { expectedRunLines } from '../../src/resume/expectedRunLines.ts';
import { readPastRun } from '../../src/resume/pastRun.ts';
import { recoverRunLogs } from '../../src/resume/recoverRunLogs.ts';
import { prepareLogFolders, textLogWriter } from '../../src/textlogs/index.ts';
import { until } from '../launcher/rig.ts';
import { makeRig, type Rig } from '../run/rig.ts';
import { resumeRig, type Workplace } from './workplace.ts';

describe('a log that ends early', () => {
  let rig: Rig;
  beforeEach(() => {
    rig = makeRig();
  });
  afterEach(() => rig.remove());

  const plainJobs = [
    { id: 'a', command: 'true' },
    { id: 'ä', command: ': $API_TOKEN; : sesame-open', dependencies: ['a'] },
    { id: 'same', command: 'exit 1', allow_failure: true },
  ];
  const jobs = [...plainJobs, { id: 'long', command: 'true\n: another line of the command\n' }];
  const settings = { parallel: true, max_workers: 2, env_variables: { API_TOKEN: 'sesame-open' } };
  const runLog = 'logs/executioner.app.run-1.log';
  const applicationLog = 'logs/executioner.app.log';

  async function recovery(jobs: readonly object[] = plainJobs) {
    const { exitCode } = await rig.run(jobs, settings);
    expect(exitCode).toBe(0);
    const configuration = rig.configuration(jobs, settings);
    const past = readPastRun(1, join(rig.folder, 'state/runs/1'))!;
    const expected = expectedRunLines(past, configuration.jobs);
    const masker = secretMasker(['sesame-open']);
    return async () => {
      const onError = (path: string, error: Error) => {
        throw new Error(`${path}: ${error.message}`);
      };
      const folders = prepareLogFolders(configuration);
      const writer = textLogWriter({ configuration, folders, run: 1, masker, onError, onLost() {} });
      recoverRunLogs(expected, { run: 1, writer, masker, onError });
      await writer.close();
    };
  }

  test('at any byte is completed from the journal: each line once, in order', async () => {
    const recover = await recovery(jobs);
    const path = join(rig.folder, runLog);
    const whole = readFileSync(path);
    for (let end = 0; end <= whole.length; end++) {
      writeFileSync(path, whole.subarray(0, end));
      await recover();
      if (!readFileSync(path).equals(whole))
        expect({ end, text: readFileSync(path, 'utf8') }).toEqual({ end, text: whole.toString() });
    }
    expect(readFileSync(join(rig.folder, applicationLog), 'utf8').match(/sesame|Initialized/g)).toEqual([
      'Initialized',
    ]);
  });

  test('and is shared with other runs: theirs stays as it is, also where a line was cut off', async () => {
    const recover = await recovery();
    const path = join(rig.folder, applicationLog);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const other = '2026-01-02 03:04:05 - INFO - [RUN #2] Created run summary for run ID: 2';
    for (let count = 0; count <= lines.length; count++) {
      const kept = lines.slice(0, count);
      writeFileSync(path, [...kept, other, lines[count]?.slice(0, 20) ?? ''].join('\n'));
      await recover();
      const cut = lines[count] === undefined ? [] : [lines[count]!.slice(0, 20)];
      const after = readFileSync(path, 'utf8').trimEnd().split('\n');
      expect(after).toEqual([...kept, other, ...cut, ...lines.slice(count)]);
    }
  });

  test('because it was rotated: what stands in full ones is there', async () => {
    const recover = await recovery();
    const path = join(rig.folder, applicationLog);
    const text = readFileSync(path, 'utf8');
    const half = text.indexOf('\n', text.length / 2) + 1;
    writeFileSync(`${path}.1`, text.slice(0, half));
    writeFileSync(path, text.slice(half));
    await recover();
    expect(readFileSync(path, 'utf8')).toBe(text.slice(half));
    writeFileSync(path, 'of another run\n');
    for (const number of [1, 2, 3, 4, 5]) writeFileSync(`${path}.${number}`, 'of another run\n');
    await recover();
    expect(readFileSync(path, 'utf8')).toBe('of another run\n');
  });
});

describe('an engine that is killed before its logs are written', () => {
  const rig = resumeRig();
  beforeAll(rig.prepare);
  afterEach(rig.tidy);
  afterAll(rig.remove);

  const job = { id: 'a', command: 'echo here' };
  const failing = { id: 'lost', command: 'true', working_dir: '/no/such/folder', allow_failure: true };

  /** What the journals of all attempts say, as the run log would. */
  const toldByJournal = (place: Workplace) => {
    const past = readPastRun(1, place.runFolder)!;
    return expectedRunLines(past, [])
      .filter(({ to }) => to === 'run')
      .map(({ level, message }) => `${level} - ${message}`);
  };

  test.each(['run.started', 'job.finished', 'run.finished'])('%s: a resume writes them', async (type) => {
    const place = rig.workplace([job, failing]);
    const first = place.engine(undefined, { fault: { at: 'after', type } });
    await until('the fault', () => first.text().includes('reached'));
    first.child.kill('SIGKILL');
    await first.ended;
    // Before the resume adds to it.
    const told = toldByJournal(place);
    expect(told.at(-1)).not.toBe(place.has('logs') && safely(place.runLog).at(-1));
    expect((await place.engine(1).ended).code).toBe(0);
    expect(place.runLog().slice(0, told.length)).toEqual(told);
    expect(place.runLog()).toEqual(toldByJournal(place));
    expect(place.applicationLog().map((line) => line.replace('[RUN #1] ', ''))).toEqual(
      expect.arrayContaining(told),
    );
    expect(place.log('a').filter((line) => line === 'INFO - Job a: SUCCESS').length).toBe(1);
    expect(place.log('lost').at(-1)).toMatch(/working folder .* cannot be entered/);
  });

  test('and whose configuration was not kept: a resume writes them with its own commands', async () => {
    const place = rig.workplace([job]);
    const first = place.engine(undefined, { fault: { at: 'after', type: 'job.starting' } });
    await until('the fault', () => first.text().includes('reached'));
    first.child.kill('SIGKILL');
    await first.ended;
    // As when an engine dies between the claim on a later attempt and keeping that one's configuration.
    rmSync(join(place.runFolder, 'config.1.json'));
    expect((await place.engine(1).ended).code).toBe(0);
    const told = place.runLog().filter((line) => line.includes('Running job: a'));
    const line = 'INFO - Running job: a Command: echo a >> ledger; echo here';
    expect(told).toEqual([line, line]);
  });
});

function safely(read: () => string[]): string[] {
  try {
    return read();
  } catch {
    return [];
  }
}
