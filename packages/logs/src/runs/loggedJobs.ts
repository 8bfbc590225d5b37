import { type JobTable, jobColumn, type LoggedJob, type LoggedTry, tryColumn } from '@executioner/engine';
import type { JobStatus } from '@executioner/report';
import type { JobFigures } from './jobFigures.ts';
import { jobStatuses, statusCode } from './jobStatuses.ts';
import { hasFailed, type JobList, type JobRecord } from './runRecord.ts';

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
    const shown = spare ?? new TableFigures();
    spare = undefined;
    shown.look(this.#table, this.#runHasEnded);
    for (let row = 0; row < this.#table.size; row++) {
      shown.show(row);
      visit(shown);
    }
    spare = shown;
  }

  /** Whether some were skipped, without going through them. */
  get haveSkipped(): boolean {
    return this.#table.skipped > 0;
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

/** Shows one row of a table after the other. Reads the table anew each time: as fields its numbers would be objects. */
class TableFigures implements JobFigures {
  statusCode = 0;
  #table!: JobTable;
  #runHasEnded = false;
  #row = 0;
  #cells!: Float64Array;
  /** Where the numbers of the row begin. */
  #at = 0;

  look(table: JobTable, runHasEnded: boolean): void {
    this.#table = table;
    this.#runHasEnded = runHasEnded;
    this.#cells = table.rows.cells;
  }

  show(row: number): void {
    this.#row = row;
    this.#at = this.#table.rows.at(row);
    this.statusCode = this.#statusCode(this.#cells[this.#at + jobColumn.status]!) | 0;
  }

  get id() {
    return this.#table.id(this.#row);
  }
  get startedAtMs() {
    return this.#cells[this.#at + jobColumn.startedAtMs]!;
  }
  get endedAtMs() {
    return this.#cells[this.#at + jobColumn.endedAtMs]!;
  }
  get durationMs() {
    return this.#cells[this.#at + jobColumn.durationMs]!;
  }
  /** Tries stand in their order: where the first is of the attempt of the job, all are. */
  get tryCount() {
    const all = this.#cells[this.#at + jobColumn.tries]! | 0;
    const first = this.#cells[this.#at + jobColumn.firstTry]!;
    if (first === 0 || this.#isOfAttempt(first)) return all;
    let count = 0;
    for (let row = first; row !== 0; row = this.#nextTry(row)) if (this.#isOfAttempt(row)) count += 1;
    return count;
  }
  get hasFailed() {
    return failureCodes[this.statusCode]!;
  }
  get because() {
    return undefined;
  }
  get waitedMs() {
    return Number.NaN;
  }
  get cpuMs() {
    return Number.NaN;
  }
  get maxRssKb() {
    return Number.NaN;
  }
  get reason() {
    return this.#table.reason(this.#row);
  }
  busyMs(sinceMs: number): number {
    let busyMs = 0;
    for (let row = this.#cells[this.#at + jobColumn.firstTry]!; row !== 0; row = this.#nextTry(row))
      if (this.#isOfAttempt(row)) busyMs += this.#tryMs(row, sinceMs);
    return busyMs;
  }
  record(): JobRecord {
    return jobOfLogged(this.#table.logged(this.#row), this.#runHasEnded);
  }

  #statusCode(outcome: number): number {
    if (!Number.isNaN(outcome)) return outcome;
    if (Number.isNaN(this.startedAtMs)) return waitingCode;
    return this.#runHasEnded ? unknownCode : runningCode;
  }

  #tryMs(row: number, sinceMs: number): number {
    const { cells } = this.#table.tries.rows;
    const at = this.#table.tries.rows.at(row);
    const startedAtMs = cells[at + tryColumn.startedAtMs]!;
    const endedAtMs = cells[at + tryColumn.endedAtMs]!;
    return startedAtMs >= sinceMs && endedAtMs > startedAtMs ? endedAtMs - startedAtMs : 0;
  }

  #nextTry(row: number): number {
    return this.#table.tries.get(row, tryColumn.next);
  }

  /** Whether a try is of the attempt in which the job has its status. */
  #isOfAttempt(row: number): boolean {
    return this.#table.tries.get(row, tryColumn.attempt) === this.#cells[this.#at + jobColumn.attempt]!;
  }
}

/** Who shows the jobs of one run after the other need not be made anew for each. */
let spare: TableFigures | undefined;

const waitingCode = statusCode('waiting');
const runningCode = statusCode('running');
const unknownCode = statusCode('unknown');
const failureCodes: readonly boolean[] = jobStatuses.map((status) => hasFailed({ status }));

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
