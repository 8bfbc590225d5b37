import { type JobTable, jobColumn, type LoggedJob, type LoggedTry, tryColumn } from '@executioner/engine';
import type { JobStatus } from '@executioner/report';
import type { JobFigures } from './jobFigures.ts';
import type { JobList, JobRecord } from './runRecord.ts';

/**
 * The jobs of a run of a text log. They become objects when one looks into the list; there may be hundreds of thousands, and
 * those who only count them (`eachJob`) need none.
 */
export class LoggedJobs implements JobList {
  readonly #table: JobTable;
  readonly #runHasEnded: boolean;
  #records: readonly JobRecord[] | undefined;

  constructor(table: JobTable, runHasEnded: boolean) {
    this.#table = table;
    this.#runHasEnded = runHasEnded;
  }

  each(visit: (job: JobFigures) => void): void {
    const shown = new TableFigures(this.#table, this.#runHasEnded);
    for (shown.row = 0; shown.row < this.#table.size; shown.row++) visit(shown);
  }

  get length(): number {
    return this.#table.size;
  }
  get filter() {
    return bound(this.#all(), 'filter');
  }
  get map() {
    return bound(this.#all(), 'map');
  }
  get flatMap() {
    return bound(this.#all(), 'flatMap');
  }
  get find() {
    return bound(this.#all(), 'find');
  }
  get some() {
    return bound(this.#all(), 'some');
  }
  get every() {
    return bound(this.#all(), 'every');
  }
  get reduce() {
    return bound(this.#all(), 'reduce');
  }
  [Symbol.iterator]() {
    return this.#all()[Symbol.iterator]();
  }
  toJSON(): readonly JobRecord[] {
    return this.#all();
  }

  #all(): readonly JobRecord[] {
    this.#records ??= Array.from({ length: this.#table.size }, (_, row) =>
      jobOfLogged(this.#table.logged(row), this.#runHasEnded),
    );
    return this.#records;
  }
}

function bound<Method extends keyof (readonly JobRecord[])>(
  records: readonly JobRecord[],
  method: Method,
): (readonly JobRecord[])[Method] {
  return (records[method] as (...args: unknown[]) => unknown).bind(records) as (readonly JobRecord[])[Method];
}

/** Shows one row of the table after the other. */
class TableFigures implements JobFigures {
  row = 0;
  readonly because = undefined;
  readonly waitedMs = undefined;
  readonly cpuMs = undefined;
  readonly maxRssKb = undefined;
  readonly #table: JobTable;
  readonly #runHasEnded: boolean;

  constructor(table: JobTable, runHasEnded: boolean) {
    this.#table = table;
    this.#runHasEnded = runHasEnded;
  }

  get id() {
    return this.#table.id(this.row);
  }
  get status() {
    return statusOf(this.#table.status(this.row), this.startedAtMs !== undefined, this.#runHasEnded);
  }
  get reason() {
    return this.#table.reason(this.row);
  }
  get startedAtMs() {
    return told(this.#table.get(this.row, jobColumn.startedAtMs));
  }
  get endedAtMs() {
    return told(this.#table.get(this.row, jobColumn.endedAtMs));
  }
  get durationMs() {
    return told(this.#table.get(this.row, jobColumn.durationMs));
  }
  get tryCount() {
    const first = this.#table.get(this.row, jobColumn.firstTry);
    // Tries stand in their order: where the first is of this attempt, all are.
    const areAll =
      first === 0 ||
      this.#table.tries.get(first, tryColumn.attempt) === this.#table.get(this.row, jobColumn.attempt);
    if (areAll) return this.#table.get(this.row, jobColumn.tries);
    let count = 0;
    this.#eachTry(() => (count += 1));
    return count;
  }
  get retries() {
    return Math.max(0, this.tryCount - 1);
  }
  busyMs(sinceMs: number): number {
    const { tries } = this.#table;
    let busyMs = 0;
    this.#eachTry((row) => {
      const startedAtMs = tries.get(row, tryColumn.startedAtMs);
      const endedAtMs = tries.get(row, tryColumn.endedAtMs);
      if (startedAtMs >= sinceMs && endedAtMs > startedAtMs) busyMs += endedAtMs - startedAtMs;
    });
    return busyMs;
  }
  record(): JobRecord {
    return jobOfLogged(this.#table.logged(this.row), this.#runHasEnded);
  }

  /** Those of the attempt in which the job has its status. */
  #eachTry(visit: (row: number) => void): void {
    const { tries } = this.#table;
    const attempt = this.#table.get(this.row, jobColumn.attempt);
    const first = this.#table.get(this.row, jobColumn.firstTry);
    for (let row = first; row !== 0; row = tries.get(row, tryColumn.next))
      if (tries.get(row, tryColumn.attempt) === attempt) visit(row);
  }
}

function told(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

/** A job of a text log as a record. */
export function jobOfLogged(job: LoggedJob, runHasEnded: boolean): JobRecord {
  const { id, reason, because, command, startedAtMs, endedAtMs, durationMs, maxRetries, failedChecks } = job;
  const isOfAttempt = (each: LoggedTry) => each.attempt === job.attempt;
  return {
    id,
    status: statusOf(job.status, startedAtMs !== undefined, runHasEnded),
    reason,
    because,
    command,
    definition: command,
    startedAtMs,
    endedAtMs,
    durationMs,
    tries: job.tries.every(isOfAttempt) ? job.tries : job.tries.filter(isOfAttempt),
    failedChecks,
    maxRetries,
  };
}

/** Also of a job whose end the log of an ended run does not tell. */
function statusOf(status: LoggedJob['status'], hasBegun: boolean, runHasEnded: boolean): JobStatus {
  if (status !== undefined) return status;
  if (!hasBegun) return 'waiting';
  return runHasEnded ? 'unknown' : 'running';
}
