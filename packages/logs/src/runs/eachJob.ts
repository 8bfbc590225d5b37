import type { JobFigures } from './jobFigures.ts';
import { statusCode } from './jobStatuses.ts';
import { LoggedJobs } from './loggedJobs.ts';
import { hasFailed, type JobRecord, type RunRecord, tryDurationMs } from './runRecord.ts';

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
  get statusCode() {
    return statusCode(this.#record.status);
  }
  get hasFailed() {
    return hasFailed(this.#record);
  }
  get reason() {
    return this.#record.reason;
  }
  get because() {
    return this.#record.because;
  }
  get startedAtMs() {
    return this.#record.startedAtMs ?? Number.NaN;
  }
  get endedAtMs() {
    return this.#record.endedAtMs ?? Number.NaN;
  }
  get durationMs() {
    return this.#record.durationMs ?? Number.NaN;
  }
  get waitedMs() {
    return this.#record.waitedMs ?? Number.NaN;
  }
  get cpuMs() {
    return this.#record.cpuMs ?? Number.NaN;
  }
  get maxRssKb() {
    return this.#record.maxRssKb ?? Number.NaN;
  }
  get tryCount() {
    return this.#record.tries.length;
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
