import type { JobFigures } from './jobFigures.ts';
import { LoggedJobs } from './loggedJobs.ts';
import { type JobRecord, type RunRecord, retriesOf, tryDurationMs } from './runRecord.ts';

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
