import { type Outcome, outcomeNames } from '@executioner/core';
import type { OutcomeReason } from '../../journal/index.ts';
import * as jobColumn from './jobColumn.ts';
import { emptyJob, type LoggedCheck, type LoggedJob, type LoggedTry } from './loggedRun.ts';
import type { Names } from './names.ts';
import { type NumberIndex, numberIndex } from './numberIndex.ts';
import { type CellSource, NumberRows, ownCells, told } from './numberRows.ts';
import * as tryColumn from './tryColumn.ts';
import { TryTable } from './tryTable.ts';

/** The most tries of a job that are kept, and the most failed checks. */
const keptOfJob = 100;

/**
 * The jobs of a run in the order in which they first appear, each a row of numbers: there may be very many, and as objects
 * they would take several times the memory, which the garbage collector would copy again and again. A job with one try takes
 * about 200 bytes, and its command where it is not that of the job before it.
 */
export class JobTable {
  readonly tries: TryTable;
  readonly #names: Names;
  /** The rows of names with other numbers. */
  #others: NumberIndex | undefined;
  readonly #rows: NumberRows;
  #size = 0;
  readonly #commands: (string | undefined)[] = [];
  /** By rows; most jobs have none. */
  #failedChecks: Map<number, LoggedCheck[]> | undefined;
  /** The row that was asked for last: lines about a job stand together. */
  #last = -1;

  constructor(names: Names, capacity = 4, cellsOf: CellSource = ownCells) {
    this.#names = names;
    this.#rows = new NumberRows(jobColumn.width, capacity, cellsOf);
    this.tries = new TryTable(capacity, cellsOf);
  }

  get size(): number {
    return this.#size;
  }

  /** The row of the job whose id has this number, or −1. */
  find(name: number): number {
    const last = this.#last;
    if (last >= 0 && this.get(last, jobColumn.name) === name) return last;
    // Jobs come in much the same order in all runs of a log, so that a name and its row mostly have the same number.
    const row =
      name < this.#size && this.get(name, jobColumn.name) === name ? name : (this.#others?.find(name) ?? -1);
    if (row >= 0) this.#last = row;
    return row;
  }

  /** The row of the job, a new one if there was none. */
  rowOf(name: number): number {
    const known = this.find(name);
    return known >= 0 ? known : this.#add(name);
  }

  #add(name: number): number {
    const row = this.#size++;
    this.#rows.clear(row);
    this.set(row, jobColumn.name, name);
    this.set(row, jobColumn.attempt, 0);
    this.set(row, jobColumn.tries, 0);
    this.set(row, jobColumn.firstTry, 0);
    this.set(row, jobColumn.lastTry, 0);
    if (row !== name) {
      this.#others ??= numberIndex();
      this.#others.add(name, row);
    }
    this.#last = row;
    return row;
  }

  get(row: number, column: number): number {
    return this.#rows.get(row, column);
  }

  set(row: number, column: number, value: number): void {
    this.#rows.set(row, column, value);
  }

  id(row: number): string {
    return this.nameOf(this.get(row, jobColumn.name));
  }

  nameOf(name: number): string {
    return this.#names.text(name);
  }

  status(row: number): Outcome | undefined {
    return outcomeNames[this.get(row, jobColumn.status)];
  }

  setStatus(row: number, status: Outcome): void {
    this.set(row, jobColumn.status, outcomeNames.indexOf(status));
  }

  reason(row: number): OutcomeReason | undefined {
    return reasons[this.get(row, jobColumn.reason)];
  }

  setReason(row: number, reason: OutcomeReason): void {
    this.set(row, jobColumn.reason, reasons.indexOf(reason));
  }

  setCommand(row: number, command: string): void {
    while (this.#commands.length < row) this.#commands.push(undefined);
    this.#commands[row] = command;
  }

  failedChecks(row: number): readonly LoggedCheck[] {
    return this.#failedChecks?.get(row) ?? [];
  }

  addFailedCheck(row: number, check: LoggedCheck): void {
    this.#failedChecks ??= new Map();
    const known = this.#failedChecks.get(row);
    if (known === undefined) this.#failedChecks.set(row, [check]);
    else known.push(check);
    if (known !== undefined && known.length > keptOfJob) known.shift();
  }

  forgetFailedChecks(row: number): void {
    this.#failedChecks?.delete(row);
  }

  /** Adds a try to the attempt of a job; of more than a hundred tries the oldest is forgotten. */
  addTry(row: number, startedAtMs: number): void {
    if (this.get(row, jobColumn.tries) === keptOfJob) this.#forgetFirstTry(row);
    const tried = this.tries.add(
      this.get(row, jobColumn.lastTry),
      this.get(row, jobColumn.attempt),
      startedAtMs,
    );
    if (this.get(row, jobColumn.firstTry) === 0) this.set(row, jobColumn.firstTry, tried);
    this.set(row, jobColumn.lastTry, tried);
    this.set(row, jobColumn.tries, this.get(row, jobColumn.tries) + 1);
  }

  #forgetFirstTry(row: number): void {
    const first = this.get(row, jobColumn.firstTry);
    this.set(row, jobColumn.firstTry, this.tries.get(first, tryColumn.next));
    this.set(row, jobColumn.tries, this.get(row, jobColumn.tries) - 1);
    this.tries.forget(first);
  }

  forgetLastTry(row: number): void {
    const last = this.get(row, jobColumn.lastTry);
    const previous = this.tries.get(last, tryColumn.previous);
    this.set(row, jobColumn.lastTry, previous);
    if (previous === 0) this.set(row, jobColumn.firstTry, 0);
    this.set(row, jobColumn.tries, this.get(row, jobColumn.tries) - 1);
    this.tries.forget(last);
  }

  /** The job as an object. */
  logged(row: number): LoggedJob {
    const logged = emptyJob(this.id(row));
    logged.command = this.#commands[row];
    logged.status = this.status(row);
    logged.reason = this.reason(row);
    logged.attempt = this.get(row, jobColumn.attempt);
    logged.startedAtMs = told(this.get(row, jobColumn.startedAtMs));
    logged.endedAtMs = told(this.get(row, jobColumn.endedAtMs));
    logged.durationMs = told(this.get(row, jobColumn.durationMs));
    logged.maxRetries = told(this.get(row, jobColumn.maxRetries));
    const tries: LoggedTry[] = [];
    for (let at = this.get(row, jobColumn.firstTry); at !== 0; at = this.tries.get(at, tryColumn.next))
      tries.push(this.tries.logged(at));
    logged.tries = tries;
    for (const check of this.failedChecks(row)) logged.failedChecks.push({ ...check });
    return logged;
  }
}

/** Every reason there is: the compiler keeps it complete. */
const reasonsKnown: Readonly<Record<OutcomeReason, true>> = {
  requested: true,
  disabled: true,
  dependency: true,
  stopped: true,
  unchanged: true,
  marked: true,
  allowed: true,
  rejected: true,
  lock: true,
};
const reasons = Object.keys(reasonsKnown) as readonly OutcomeReason[];
