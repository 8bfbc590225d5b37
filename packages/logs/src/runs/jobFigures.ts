import type { OutcomeReason } from '@executioner/engine';
import type { JobStatus } from '@executioner/report';
import { LoggedJobs } from './loggedJobs.ts';
import { type JobRecord, type RunRecord, retriesOf, tryDurationMs } from './runRecord.ts';

/** What is counted of a job in its run; only there while it is shown. */
export interface JobFigures {
  readonly id: string;
  readonly status: JobStatus;
  readonly reason?: OutcomeReason | undefined;
  readonly because?: string | undefined;
  readonly startedAtMs?: number | undefined;
  readonly endedAtMs?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly waitedMs?: number | undefined;
  readonly cpuMs?: number | undefined;
  readonly maxRssKb?: number | undefined;
  readonly tryCount: number;
  readonly retries: number;
  /** How long its tries took that began since then. */
  busyMs(sinceMs: number): number;
  /** All that is known of it. */
  record(): JobRecord;
}

/** Shows each job of a run; that of a text log without making an object of each. */
export function eachJob({ jobs }: Pick<RunRecord, 'jobs'>, visit: (job: JobFigures) => void): void {
  if (jobs instanceof LoggedJobs) jobs.each(visit);
  else for (const job of jobs) visit(new RecordFigures(job));
}

class RecordFigures implements JobFigures {
  readonly #record: JobRecord;

  constructor(record: JobRecord) {
    this.#record = record;
  }

  get id() {
    return this.#record.id;
  }
  get status() {
    return this.#record.status;
  }
  get reason() {
    return this.#record.reason;
  }
  get because() {
    return this.#record.because;
  }
  get startedAtMs() {
    return this.#record.startedAtMs;
  }
  get endedAtMs() {
    return this.#record.endedAtMs;
  }
  get durationMs() {
    return this.#record.durationMs;
  }
  get waitedMs() {
    return this.#record.waitedMs;
  }
  get cpuMs() {
    return this.#record.cpuMs;
  }
  get maxRssKb() {
    return this.#record.maxRssKb;
  }
  get tryCount() {
    return this.#record.tries.length;
  }
  get retries() {
    return retriesOf(this.#record);
  }
  busyMs(sinceMs: number): number {
    const { tries } = this.#record;
    return tries.reduce(
      (sum, each) => (each.startedAtMs >= sinceMs ? sum + (tryDurationMs(each) ?? 0) : sum),
      0,
    );
  }
  record(): JobRecord {
    return this.#record;
  }
}
