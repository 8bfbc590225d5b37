import { copyBytes } from './bytes.ts';

/** Text as its bytes, from `start` to before `end`; there only while it is given. */
export interface TextRange {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Texts of many tables stand in one array of so many bytes; a longer one has an array of its own. */
export const slabBytes = 1 << 16;
/** Shorter ones are copied faster than by asking for it. */
const shortMax = 200;

/**
 * Keeps texts as bytes: most of them nobody asks for, and as strings they would cost a conversion each and be moved about by the
 * garbage collector. A slab lives as long as any table that has a text in it.
 */
export class TextSource {
  /** Where the last text was put. */
  slab: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(this.slab.buffer);
  #used = 0;

  /** Copies a text, and returns where it begins in `slab`. */
  put({ bytes, start, end }: TextRange): number {
    const length = end - start;
    if (this.#used + length > this.slab.length) this.#begin(length);
    const at = this.#used;
    if (length > shortMax) bytes.copy(this.slab, at, start, end);
    else copyBytes(viewOf(bytes), start, this.#view, at, length);
    this.#used += length;
    return at;
  }

  #begin(length: number): void {
    this.slab = Buffer.allocUnsafeSlow(Math.max(length, slabBytes));
    this.#view = new DataView(this.slab.buffer);
    this.#used = 0;
  }
}

/** The texts that are given one after the other mostly stand in the same bytes. */
let viewed: Buffer | undefined;
let view: DataView;

function viewOf(bytes: Buffer): DataView {
  if (bytes !== viewed) {
    viewed = bytes;
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
  return view;
}
