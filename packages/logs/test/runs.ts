import type { JobRecord, RunRecord } from '../src/index.ts';

/** A run of a test: its jobs, and what matters about it. It starts a day after the run before. */
export function run(number: number, jobs: readonly JobRecord[], more: Partial<RunRecord> = {}): RunRecord {
  const startedAtMs = Date.UTC(2026, 0, number, 3, 4, 5);
  const failed = jobs.some(({ status }) => status !== 'succeeded' && status !== 'skipped');
  return {
    kind: 'journal',
    files: [`journal-${number}.ndjson`],
    application: 'nightly',
    run: number,
    startedAtMs,
    endedAtMs: startedAtMs + 10_000,
    durationMs: 10_000,
    outcome: failed ? 'failed' : 'succeeded',
    workers: 2,
    jobCount: jobs.length,
    attempts: 1,
    jobs,
    problems: [],
    ...more,
  };
}

/** A job that ran for `durationMs` with as many tries as `exitCodes`. */
export function job(
  id: string,
  exitCodes: readonly number[],
  durationMs = 1000,
  more: Partial<JobRecord> = {},
): JobRecord {
  const startedAtMs = Date.UTC(2026, 0, 1, 3, 4, 5);
  const succeeded = exitCodes.at(-1) === 0;
  return {
    id,
    status: succeeded ? 'succeeded' : 'failed',
    command: `run ${id}`,
    definition: `definition of ${id}`,
    startedAtMs,
    endedAtMs: startedAtMs + durationMs,
    durationMs,
    tries: exitCodes.map((exitCode, index) => ({
      startedAtMs: startedAtMs + (index * durationMs) / exitCodes.length,
      endedAtMs: startedAtMs + ((index + 1) * durationMs) / exitCodes.length,
      status: exitCode === 0 ? 'succeeded' : 'failed',
      exitCode,
    })),
    failedChecks: [],
    ...more,
  };
}

export function skipped(id: string, because: string): JobRecord {
  return { id, status: 'skipped', reason: 'dependency', because, tries: [], failedChecks: [] };
}
