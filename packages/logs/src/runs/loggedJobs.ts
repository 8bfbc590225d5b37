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
    const shown = new TableFigures(this.#table, this.#runHasEnded);
    for (let row = 0; row < this.#table.size; row++) {
      shown.show(row);
      visit(shown);
    }
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

/** Shows one row of the table after the other. */
class TableFigures implements JobFigures {
  row = 0;
  statusCode = 0;
  startedAtMs = Number.NaN;
  endedAtMs = Number.NaN;
  durationMs = Number.NaN;
  tryCount = 0;
  readonly #table: JobTable;
  readonly #runHasEnded: boolean;
  /** Of its first try and its latest one; 0 for none. */
  #first = 0;
  #last = 0;
  #attempt = 0;

  constructor(table: JobTable, runHasEnded: boolean) {
    this.#table = table;
    this.#runHasEnded = runHasEnded;
  }

  show(row: number): void {
    const { cells } = this.#table.rows;
    const at = this.#table.rows.at(row);
    this.row = row;
    this.startedAtMs = cells[at + jobColumn.startedAtMs]!;
    this.endedAtMs = cells[at + jobColumn.endedAtMs]!;
    this.durationMs = cells[at + jobColumn.durationMs]!;
    this.#attempt = cells[at + jobColumn.attempt]!;
    this.#first = cells[at + jobColumn.firstTry]!;
    this.#last = cells[at + jobColumn.lastTry]!;
    this.tryCount = this.#countTries(cells[at + jobColumn.tries]!);
    this.statusCode = this.#statusCode(cells[at + jobColumn.status]!);
  }

  get id() {
    return this.#table.id(this.row);
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
    return this.#table.reason(this.row);
  }
  busyMs(sinceMs: number): number {
    if (this.tryCount === 1) return this.#tryMs(this.#last, sinceMs);
    let busyMs = 0;
    this.#eachTry((row) => {
      busyMs += this.#tryMs(row, sinceMs);
    });
    return busyMs;
  }
  record(): JobRecord {
    return jobOfLogged(this.#table.logged(this.row), this.#runHasEnded);
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

  /** Tries stand in their order: where the first is of this attempt, all are. */
  #countTries(all: number): number {
    if (this.#first === 0) return all;
    if (this.#table.tries.get(this.#first, tryColumn.attempt) === this.#attempt) return all;
    let count = 0;
    this.#eachTry(() => {
      count += 1;
    });
    return count;
  }

  /** Those of the attempt in which the job has its status. */
  #eachTry(visit: (row: number) => void): void {
    const { tries } = this.#table;
    for (let row = this.#first; row !== 0; row = tries.get(row, tryColumn.next))
      if (tries.get(row, tryColumn.attempt) === this.#attempt) visit(row);
  }
}

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
