import { type Outcome, outcomeNames } from '@executioner/core';
import { emptyTry, type LoggedTry } from './loggedRun.ts';
import { type CellSource, NumberRows, told } from './numberRows.ts';
import * as tryColumn from './tryColumn.ts';

/** The tries of the jobs of a run. Row 0 is none. */
export class TryTable {
  /** A row for each try, of what `tryColumn` lists. */
  readonly rows: NumberRows;
  #size = 1;
  /** A row that was forgotten, from which others follow by `next`; 0 for none. */
  #free = 0;
  /** Few tries have them. */
  #signals: Map<number, string> | undefined;
  #errors: Map<number, string> | undefined;

  constructor(capacity: number, cellsOf: CellSource) {
    this.rows = new NumberRows(tryColumn.width, capacity + 1, cellsOf);
  }

  get(row: number, column: number): number {
    return this.rows.get(row, column);
  }

  set(row: number, column: number, value: number): void {
    this.rows.set(row, column, value);
  }

  status(row: number): Outcome | undefined {
    const code = this.get(row, tryColumn.status);
    return Number.isNaN(code) ? undefined : outcomeNames[code];
  }

  setStatus(row: number, status: Outcome): void {
    this.set(row, tryColumn.status, outcomeNames.indexOf(status));
  }

  setSignal(row: number, signal: string): void {
    this.#signals ??= new Map();
    this.#signals.set(row, signal);
  }

  setError(row: number, error: string): void {
    this.#errors ??= new Map();
    this.#errors.set(row, error);
  }

  /** Makes a row behind `previous`, which may be none. */
  add(previous: number, attempt: number, startedAtMs: number): number {
    const row = this.#newRow();
    this.rows.clear(row);
    const { cells } = this.rows;
    const at = this.rows.at(row);
    cells[at + tryColumn.attempt] = attempt;
    cells[at + tryColumn.startedAtMs] = startedAtMs;
    cells[at + tryColumn.previous] = previous;
    cells[at + tryColumn.next] = 0;
    if (previous !== 0) this.set(previous, tryColumn.next, row);
    return row;
  }

  /** Takes a row out from between its neighbours; it will be used again. */
  forget(row: number): void {
    const previous = this.get(row, tryColumn.previous);
    const next = this.get(row, tryColumn.next);
    if (previous !== 0) this.set(previous, tryColumn.next, next);
    if (next !== 0) this.set(next, tryColumn.previous, previous);
    this.#signals?.delete(row);
    this.#errors?.delete(row);
    this.set(row, tryColumn.next, this.#free);
    this.#free = row;
  }

  #newRow(): number {
    const free = this.#free;
    if (free !== 0) {
      this.#free = this.get(free, tryColumn.next);
      return free;
    }
    return this.#size++;
  }

  /** The try as an object. */
  logged(row: number): LoggedTry {
    const logged = emptyTry(this.get(row, tryColumn.attempt), this.get(row, tryColumn.startedAtMs));
    logged.endedAtMs = told(this.get(row, tryColumn.endedAtMs));
    logged.durationMs = told(this.get(row, tryColumn.durationMs));
    logged.status = this.status(row);
    logged.exitCode = told(this.get(row, tryColumn.exitCode));
    logged.limitMs = told(this.get(row, tryColumn.limitMs));
    logged.delayMs = told(this.get(row, tryColumn.delayMs));
    logged.signal = this.#signals?.get(row);
    logged.error = this.#errors?.get(row);
    return logged;
  }
}
