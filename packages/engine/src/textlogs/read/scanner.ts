import { type CompiledModule, instantiate } from '../../webAssembly.ts';
import { newline } from './bytes.ts';
import type { MinuteClock } from './minuteClock.ts';
import { scannerModule } from './scanner.generated.ts';
import * as column from './scannerColumn.ts';
import { scannerScript } from './scannerScript.generated.ts';

/**
 * Tells lines apart, reads what stands before their messages, and finds sentences in these: the work of every byte of a log, which
 * WebAssembly does in less time than JavaScript (docs/decisions.md; its source is in `assembly`). What
 * it finds are numbers and places in `bytes`, which are there until it is given something else to read.
 */
export class Scanner {
  /** Whose text is read: its clock. */
  clock: MinuteClock | undefined = undefined;
  /** What is read; up to `inputMax` bytes at once. */
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Of each record of a line what `scannerColumn` lists. */
  readonly ints: Int32Array;
  readonly numbers: Float64Array;
  readonly #exports: ScannerExports;
  readonly #job: Uint8Array;

  /** `sentences` are compiled templates, of which the first table is that of run logs. */
  constructor(sentences: Uint8Array, makeOf = instantiate) {
    const exports = makeOf(module, {
      host: {
        minuteMs: (...parts) => this.clock!(...(parts as Parameters<MinuteClock>)),
      },
    }) as ScannerExports;
    const { buffer } = exports.memory;
    const { inputAt, inputMax, intsAt, numbersAt, recordsMax, sentencesAt, sentencesMax, jobAt, jobMax } =
      exports;
    if (sentences.length > sentencesMax.value)
      throw new Error('Internal error: there are too many sentences');
    new Uint8Array(buffer).set(sentences, sentencesAt.value);
    // Room for a newline behind the last line.
    this.bytes = Buffer.from(buffer, inputAt.value, inputMax.value);
    this.view = new DataView(buffer, inputAt.value, inputMax.value);
    this.ints = new Int32Array(buffer, intsAt.value, (recordsMax.value + 1) * column.ints);
    this.numbers = new Float64Array(buffer, numbersAt.value, (recordsMax.value + 1) * column.numbers);
    this.#job = new Uint8Array(buffer, jobAt.value, jobMax.value);
    this.#exports = exports;
  }

  /** To be called before another text is read. */
  begin(clock: MinuteClock): void {
    this.clock = clock;
    this.#exports.forgetHeads();
  }

  /** Takes whole lines to be read; a last one may lack its newline. Returns where they end. */
  take(lines: Uint8Array): number {
    this.bytes.set(lines);
    if (lines[lines.length - 1] === newline) return lines.length;
    this.bytes[lines.length] = newline;
    return lines.length + 1;
  }

  /** Makes records of the lines between two places, as many as there is room for, and tells how many these are. */
  scan(start: number, end: number): number {
    return this.#exports.scan(start, end);
  }

  /** Behind the last line that was scanned. */
  get scannedTo(): number {
    return this.#exports.scannedTo.value;
  }

  /** The record that `find` fills. */
  get foundRecord(): number {
    return this.#exports.recordsMax.value;
  }

  /**
   * The number of the sentence of a table that stands between two places, −1 for none; where it says so, that of a known job: a
   * number of bytes, which `setJob` was given.
   */
  find(table: number, start: number, end: number, jobLength = 0): number {
    return this.#exports.find(table, start, end, jobLength);
  }

  /** Whether the id has room. */
  setJob(id: Uint8Array): boolean {
    if (id.length > this.#job.length) return false;
    this.#job.set(id);
    return true;
  }
}

/** The most bytes that a scanner takes at once, without a newline behind them. */
export const scannedMax = 1 << 20;

interface ScannerExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly scannedTo: { readonly value: number };
  readonly inputAt: { readonly value: number };
  readonly inputMax: { readonly value: number };
  readonly intsAt: { readonly value: number };
  readonly numbersAt: { readonly value: number };
  readonly recordsMax: { readonly value: number };
  readonly sentencesAt: { readonly value: number };
  readonly sentencesMax: { readonly value: number };
  readonly jobAt: { readonly value: number };
  readonly jobMax: { readonly value: number };
  scan(start: number, end: number): number;
  find(table: number, start: number, end: number, jobLength: number): number;
  forgetHeads(): void;
}

const module: CompiledModule = { wasm: scannerModule, script: scannerScript };
