import { isFailedOutcome, type Outcome, outcomeNames } from '@executioner/core';
import type { OutcomeReason } from '../../journal/index.ts';
import * as jobColumn from './jobColumn.ts';
import { emptyJob, type LoggedCheck, type LoggedJob, type LoggedTry } from './loggedRun.ts';
import type { Names } from './names.ts';
import { type NumberIndex, numberIndex } from './numberIndex.ts';
import { type CellSource, NumberRows, ownCells, told } from './numberRows.ts';
import { slabBytes, type TextRange, TextSource } from './textSource.ts';
import * as tryColumn from './tryColumn.ts';
import { TryTable } from './tryTable.ts';

const none: Buffer[] = [];

/** The jobs of so small a table are looked through one by one. */
const unindexedMax = 8;

/** The most tries of a job that are kept, and the most failed checks. */
const keptOfJob = 100;

/**
 * The jobs of a run in the order in which they first appear, each a row of numbers: there may be very many, and as objects
 * they would take several times the memory, which the garbage collector would copy again and again. A job with one try takes
 * about 200 bytes, and those of its command.
 */
export class JobTable {
  readonly tries: TryTable;
  /** A row for each job, of what `jobColumn` lists. */
  readonly rows: NumberRows;
  /** How many of the jobs have failed so far, and how many were skipped. */
  failed = 0;
  skipped = 0;
  readonly #names: Names;
  /** Whether there are rows with other numbers than their names have, and where more than a few rows are: those of all names. */
  #hasOthers = false;
  #others: NumberIndex | undefined;
  #size = 0;
  readonly #texts: TextSource;
  /** Where the commands stand: a place is the number of a slab times its length, plus the place in it. */
  #slabs: Buffer[] = none;
  /** By rows; most jobs have none. */
  #failedChecks: Map<number, LoggedCheck[]> | undefined;
  /** The row that was asked for last: lines about a job stand together. */
  #last = -1;

  constructor(names: Names, capacity = 4, cellsOf: CellSource = ownCells, texts = new TextSource()) {
    this.#names = names;
    this.rows = new NumberRows(jobColumn.width, capacity, cellsOf);
    this.tries = new TryTable(capacity, cellsOf);
    this.#texts = texts;
  }

  get size(): number {
    return this.#size;
  }

  /** The row of the job whose id has this number, or −1. */
  find(name: number): number {
    const last = this.#last;
    if (last >= 0 && this.get(last, jobColumn.name) === name) return last;
    // Jobs come in much the same order in all runs of a log, so that a name and its row mostly have the same number.
    const isSame = name < this.#size && this.get(name, jobColumn.name) === name;
    const row = isSame ? name : this.#findOther(name);
    if (row >= 0) this.#last = row;
    return row;
  }

  #findOther(name: number): number {
    if (!this.#hasOthers) return -1;
    if (this.#others !== undefined) return this.#others.find(name);
    for (let row = 0; row < this.#size; row++) if (this.get(row, jobColumn.name) === name) return row;
    return -1;
  }

  /** The row of the job, a new one if there was none. */
  rowOf(name: number): number {
    const known = this.find(name);
    return known >= 0 ? known : this.#add(name);
  }

  #add(name: number): number {
    const row = this.#size++;
    this.rows.clear(row);
    const { cells } = this.rows;
    const at = this.rows.at(row);
    cells[at + jobColumn.name] = name;
    cells[at + jobColumn.attempt] = 0;
    cells[at + jobColumn.tries] = 0;
    cells[at + jobColumn.firstTry] = 0;
    cells[at + jobColumn.lastTry] = 0;
    this.#hasOthers ||= row !== name;
    if (this.#others !== undefined) this.#others.add(name, row);
    else if (this.#hasOthers && row >= unindexedMax) this.#others = this.#index();
    this.#last = row;
    return row;
  }

  #index(): NumberIndex {
    const index = numberIndex();
    for (let row = 0; row < this.#size; row++) index.add(this.get(row, jobColumn.name), row);
    return index;
  }

  get(row: number, column: number): number {
    return this.rows.get(row, column);
  }

  set(row: number, column: number, value: number): void {
    this.rows.set(row, column, value);
  }

  id(row: number): string {
    return this.nameOf(this.get(row, jobColumn.name));
  }

  nameOf(name: number): string {
    return this.#names.text(name);
  }

  status(row: number): Outcome | undefined {
    const code = this.get(row, jobColumn.status);
    return Number.isNaN(code) ? undefined : outcomeNames[code];
  }

  setStatus(row: number, status: Outcome | undefined): void {
    const { cells } = this.rows;
    const at = this.rows.at(row) + jobColumn.status;
    const code = status === undefined ? Number.NaN : outcomeNames.indexOf(status);
    this.#count(cells[at]!, -1);
    this.#count(code, 1);
    cells[at] = code;
  }

  /** `status` is NaN for a job that has not ended. */
  #count(status: number, by: number): void {
    if (Number.isNaN(status)) return;
    if (failureCodes[status] === true) this.failed += by;
    else if (status === skippedCode) this.skipped += by;
  }

  reason(row: number): OutcomeReason | undefined {
    const code = this.get(row, jobColumn.reason);
    return Number.isNaN(code) ? undefined : reasons[code];
  }

  setReason(row: number, reason: OutcomeReason): void {
    this.set(row, jobColumn.reason, reasons.indexOf(reason));
  }

  setCommand(row: number, command: TextRange): void {
    const place = this.#texts.put(command);
    const { slab } = this.#texts;
    if (this.#slabs.at(-1) !== slab) this.#slabs = [...this.#slabs, slab];
    const { cells } = this.rows;
    const at = this.rows.at(row);
    cells[at + jobColumn.commandAt] = (this.#slabs.length - 1) * slabBytes + place;
    cells[at + jobColumn.commandBytes] = command.end - command.start;
  }

  #command(row: number): string | undefined {
    const place = this.get(row, jobColumn.commandAt);
    if (Number.isNaN(place)) return undefined;
    const start = place % slabBytes;
    const end = start + this.get(row, jobColumn.commandBytes);
    return this.#slabs[Math.floor(place / slabBytes)]!.toString('utf8', start, end);
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
    const { cells } = this.rows;
    const at = this.rows.at(row);
    if (cells[at + jobColumn.tries] === keptOfJob) this.#forgetFirstTry(row);
    const tried = this.tries.add(cells[at + jobColumn.lastTry]!, cells[at + jobColumn.attempt]!, startedAtMs);
    if (cells[at + jobColumn.firstTry] === 0) cells[at + jobColumn.firstTry] = tried;
    cells[at + jobColumn.lastTry] = tried;
    cells[at + jobColumn.tries]! += 1;
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
    logged.command = this.#command(row);
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

const failureCodes: readonly boolean[] = outcomeNames.map(isFailedOutcome);
const skippedCode = outcomeNames.indexOf('skipped');

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
