import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { outputOfFailure } from '../../src/follow/index.ts';
import type { JobRecord } from '../../src/runs/index.ts';
import { job, run } from '../runs.ts';

let folder: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-failure-output-'));
  log = join(folder, 'executioner.nightly.job-load.run-1.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A line of the log of the job, stamped as its end is. */
function line(text: string): string {
  const local = new Date(ended.getTime() - ended.getTimezoneOffset() * 60_000).toISOString();
  return `${local.slice(0, 23).replace('T', ' ').replace('.', ',')} - ${text}\n`;
}

const failed = job('load', [3]);
const ended = new Date(failed.tries[0]!.endedAtMs!);

/** What is told of the job while `steps` are taken, one in each wait, and how often was waited. */
async function told(record: JobRecord, steps: readonly (() => void)[] = []) {
  const ofRun = run(1, [record], { files: [join(folder, 'executioner.nightly.run-1.log')] });
  const left = [...steps];
  let waits = 0;
  const { output = [] } = await outputOfFailure(
    { change: { atMs: ended.getTime(), application: 'nightly', run: 1, status: 'failed' }, job: record },
    () => ofRun,
    {
      cwd: folder,
      async sleep() {
        waits += 1;
        left.shift()?.();
      },
      nowMs: () => ended.getTime(),
    },
  );
  return { output, waits };
}

describe('the output of a job that has just failed', () => {
  test('is waited for until the engine has written what stands behind it', async () => {
    writeFileSync(log, line('INFO - Executing job - load: run load'));
    const { output, waits } = await told(failed, [
      () => appendFileSync(log, line('INFO - reading')),
      () => {},
      () => appendFileSync(log, line('INFO - ERROR: no table orders')),
      () => appendFileSync(log, line('ERROR - Job load: FAILED with exit code 3')),
    ]);
    expect({ output, waits }).toEqual({ output: ['reading', 'ERROR: no table orders'], waits: 4 });
  });

  test('is not waited for when all of it is there', async () => {
    writeFileSync(log, line('INFO - no') + line('ERROR - Job load: FAILED with exit code 3'));
    expect(await told(failed)).toEqual({ output: ['no'], waits: 0 });
  });

  test('is waited for a while where no end can be told, and where it never comes', async () => {
    expect(await told(failed)).toEqual({ output: [], waits: 10 });
    writeFileSync(log, line('INFO - reading'));
    expect(await told(failed)).toEqual({ output: ['reading'], waits: 100 });
    expect(await told({ ...failed, status: 'timed_out' })).toEqual({ output: ['reading'], waits: 0 });
  });
});
