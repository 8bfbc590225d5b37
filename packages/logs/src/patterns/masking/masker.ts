import { type CompiledModule, instantiate } from '@executioner/engine';
import type { FoundTokens } from './foundTokens.ts';
import { maskerModule } from './masker.generated.ts';
import { maskerScript } from './maskerScript.generated.ts';
import { columns } from './recordColumn.ts';
import { wordTable } from './words.ts';

/** Stands for a masked value in a masked line. */
const wild = 0;

/** The most bytes that a masker reads at once, without a newline behind them. */
export const maskedMax = 1 << 20;

const newline = 10;

/**
 * Tells lines apart, finds the time stamps and levels in front of their messages, masks what is a value in these, and finds the tokens
 * of masked lines: the work of every byte of a log, which WebAssembly does in less time than JavaScript (docs/decisions.md; its
 * source is in `assembly`). All it finds are places in `bytes`, which are there until the next call.
 */
export class Masker {
  /** The whole memory; what is read is part of it. */
  readonly bytes: Buffer;
  /** Of each record of a line what `recordColumn` lists. */
  readonly records: Int32Array;
  /** The tokens that were found last. */
  readonly tokens: FoundTokens;
  /** The hashes of `wild` alone and of no text. */
  readonly wildHash: number;
  readonly emptyHash: number;
  readonly #exports: MaskerExports;
  readonly #input: Buffer;
  readonly #form: Int32Array;

  constructor(makeOf = instantiate) {
    const exports = makeOf(module) as MaskerExports;
    const { buffer } = exports.memory;
    const ints = (at: Address, count: number): Int32Array => new Int32Array(buffer, at.value, count);
    const bytes = (at: Address, count: number): Uint8Array => new Uint8Array(buffer, at.value, count);
    this.#exports = exports;
    this.bytes = Buffer.from(buffer);
    this.#input = Buffer.from(buffer, exports.inputAt.value, exports.inputMax.value);
    this.#form = ints(exports.formAt, 1);
    this.records = ints(exports.recordsAt, exports.recordsMax.value * columns);
    this.tokens = {
      starts: ints(exports.startsAt, exports.tokensRoom.value),
      ends: ints(exports.endsAt, exports.tokensRoom.value),
      flags: bytes(exports.flagsAt, exports.tokensRoom.value),
      marks: bytes(exports.marksAt, exports.tokensRoom.value),
      hashes: ints(exports.hashesAt, exports.tokensMax.value),
      holdsMask: bytes(exports.masksAt, exports.tokensMax.value),
    };
    this.bytes.set(new Uint8Array(wordTable().buffer), exports.wordsAt.value);
    const at = exports.inputAt.value;
    this.bytes[at] = wild;
    this.wildHash = this.hashOf(at, at + 1);
    this.emptyHash = this.hashOf(at, at);
  }

  /**
   * Reads whole lines, at most `maskedMax` bytes of them; a last one may lack its newline. `onRecords` is given how many records there
   * are, each time there is room for no more. With `raw` each whole line is a message.
   */
  read(lines: Uint8Array, raw: boolean, onRecords: (count: number) => void): void {
    const { scan, scannedTo } = this.#exports;
    let start = this.#exports.inputAt.value;
    this.#input.set(lines);
    let end = start + lines.length;
    if (lines[lines.length - 1] !== newline) this.bytes[end++] = newline;
    while (start < end) {
      const count = scan(start, end, raw ? 1 : 0);
      start = scannedTo.value;
      onRecords(count);
    }
  }

  /** Makes the first record of one line, of which at most `maskedMax` bytes are read. Returns where it begins. */
  readOne(line: Uint8Array, raw: boolean): number {
    const start = this.#exports.inputAt.value;
    const end = start + Math.min(line.length, maskedMax);
    this.#input.set(line.subarray(0, maskedMax));
    this.bytes[end] = newline;
    this.#exports.scanOne(start, end, raw ? 1 : 0);
    return start;
  }

  /** Puts a masked line that was kept where its tokens can be found, and returns where that is. */
  putKept(masked: Uint8Array): number {
    const { value } = this.#exports.keptAt;
    this.bytes.set(masked, value);
    return value;
  }

  /** Finds the tokens of a masked line and returns how many these are. */
  findTokens(start: number, end: number): number {
    return this.#exports.findTokens(start, end);
  }

  /** The hash of the form of the tokens that were found last, as `formHash` makes it of others. */
  get formHash(): number {
    return this.#form[0]!;
  }

  /** Puts the hashes of the tokens that were found last, and whether there are masked values in them. */
  hashTokens(): void {
    this.#exports.hashTokens();
  }

  /** The hash of the text between two places. */
  hashOf(start: number, end: number): number {
    return this.#exports.hashOf(start, end);
  }
}

const module: CompiledModule = { wasm: maskerModule, script: maskerScript };

interface Address {
  readonly value: number;
}

interface MaskerExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly scannedTo: Address;
  readonly inputAt: Address;
  readonly inputMax: Address;
  readonly keptAt: Address;
  readonly recordsAt: Address;
  readonly recordsMax: Address;
  readonly wordsAt: Address;
  readonly tokensMax: Address;
  readonly tokensRoom: Address;
  readonly startsAt: Address;
  readonly endsAt: Address;
  readonly flagsAt: Address;
  readonly marksAt: Address;
  readonly hashesAt: Address;
  readonly masksAt: Address;
  readonly formAt: Address;
  scan(start: number, end: number, raw: number): number;
  scanOne(start: number, end: number, raw: number): void;
  findTokens(start: number, end: number): number;
  hashTokens(): void;
  hashOf(start: number, end: number): number;
}
