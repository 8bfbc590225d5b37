import type { ConfiguredRun } from '../src/changes/index.ts';
import type { JobRecord, RunRecord, TryRecord } from '../src/runs/index.ts';

/** A run of tests: what is left out is as in a good run of one job. */
export interface PastRun {
  readonly run: number;
  readonly jobs: readonly (Partial<JobRecord> & { readonly id: string })[];
  /** The stored configuration's jobs, with the variables of each. */
  readonly stored?: readonly {
    readonly id: string;
    readonly variables?: Readonly<Record<string, string>>;
    [key: string]: unknown;
  }[];
  readonly host?: string;
}

/** Runs start a minute after each other. */
export function pastRun({ run, jobs, stored, host = 'alpha' }: PastRun): ConfiguredRun {
  const startedAtMs = Date.UTC(2026, 0, 1, 0, run);
  const records = jobs.map(({ id, ...rest }): JobRecord => {
    const status = rest.status ?? 'succeeded';
    return {
      id,
      status,
      startedAtMs,
      endedAtMs: startedAtMs + 1000,
      durationMs: 1000,
      definition: 'same',
      tries: [tried(startedAtMs, { status: status === 'succeeded' ? 'succeeded' : 'failed' })],
      failedChecks: [],
      ...rest,
    };
  });
  const record: RunRecord = {
    kind: 'journal',
    files: [`journal.${run}.ndjson`],
    application: 'nightly',
    run,
    startedAtMs,
    endedAtMs: startedAtMs + 5000,
    durationMs: 5000,
    outcome: records.every(({ status }) => status === 'succeeded') ? 'succeeded' : 'failed',
    jobCount: records.length,
    attempts: 1,
    jobs: records,
    problems: [],
    host,
    version: '0.1.0',
  };
  if (stored === undefined) return { record };
  const configured = stored.map(({ variables = {}, ...rest }) => ({
    command: 'true',
    dependencies: [],
    env: [{ scope: 'application', variables }],
    ...rest,
  }));
  return { record, configuration: { maxWorkers: 2, jobs: configured } };
}

/** A try of a second. */
export function tried(startedAtMs: number, rest: Partial<TryRecord> = {}): TryRecord {
  return { startedAtMs, endedAtMs: startedAtMs + 1000, ...rest };
}
