import { runCollector, textLogParser } from '@executioner/engine';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  eachJob,
  type JobRecord,
  jobStatuses,
  type RunRecord,
  recordOfLogged,
} from '../../src/runs/index.ts';

const sentences = (id: string, tried: number): string[] => [
  `INFO - Starting job '${id}'`,
  `INFO - Running job: ${id} Command: run ${id}`,
  `INFO - Will retry job ${id} in 2.5 seconds (attempt ${tried}/3)`,
  `INFO - Retry attempt ${tried}/3 for job ${id}`,
  `ERROR - Job ${id} timed out after 10 seconds (timeout=10).`,
  `ERROR - Job ${id} failed after ${tried} attempts.`,
  `ERROR - Pre-checks failed for job ${id}. Skipping job execution.`,
  `INFO - Job '${id}' completed successfully in ${tried}.25 seconds`,
  `INFO - Skipping job ${id} (disabled)`,
  `INFO - Resuming run 7 (attempt ${tried + 1})`,
  'WARNING - The following jobs were not completed: c, d',
  'INFO - Updated run summary for run ID: 7 with status: SUCCESS',
];

const logs = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(3), fc.nat(11)), { maxLength: 40 })
  .map((drawn) =>
    drawn
      .map(([id, tried, which], index) => {
        const second = String(index).padStart(2, '0');
        return `2026-01-02 03:04:${second} - ${sentences(id, tried)[which]}\n`;
      })
      .join(''),
  );

function recordOf(text: string): RunRecord | undefined {
  const collector = runCollector({ application: 'app' });
  const parser = textLogParser({ run: 7, onFact: collector.push, jobs: collector.jobs });
  parser.push(Buffer.from(text));
  parser.end();
  return collector.end().map((run) => recordOfLogged(run, ['app.log']))[0];
}

/** All that is counted of each job. */
function figuresOf(run: Pick<RunRecord, 'jobs'>, sinceMs: number): unknown[] {
  const figures: unknown[] = [];
  eachJob(run, (job) => {
    const { id, statusCode, hasFailed, reason, startedAtMs, endedAtMs, durationMs, tryCount } = job;
    const busyMs = job.busyMs(sinceMs);
    const status = jobStatuses[statusCode];
    figures.push({ id, status, hasFailed, reason, startedAtMs, endedAtMs, durationMs, tryCount, busyMs });
  });
  return figures;
}

test('the figures of jobs in a table are those of their records', () => {
  fc.assert(
    fc.property(logs, fc.nat(60), (text, second) => {
      const run = recordOf(text);
      if (run === undefined) return;
      const sinceMs = new Date(2026, 0, 2, 3, 4, second).getTime();
      const shown: JobRecord[] = [];
      eachJob(run, (job) => shown.push(job.record()));
      const inTable = figuresOf(run, sinceMs);
      // Objects from here on.
      const jobs = [...run.jobs];
      expect(shown).toEqual(jobs);
      expect(inTable).toEqual(figuresOf({ jobs }, sinceMs));
      expect(JSON.parse(JSON.stringify(run)).jobs).toEqual(JSON.parse(JSON.stringify(jobs)));
    }),
    { numRuns: 300 },
  );
});
