import { copyBytes, isSame } from './bytes.ts';
import { hashOf } from './hash.ts';

/** Numbers names, which are given as bytes. The first has the number 0. */
export interface Names {
  /**
   * The number of the name between `start` and `end`: the same for the same bytes, a new one for others. `hash` is
   * that of `hashOf`, where it is known.
   */
  numberOf(bytes: DataView, start: number, end: number, hash?: number): number;
  numberOfText(text: string): number;
  /** The UTF-8 text of a name. */
  text(number: number): string;
  /** How many there are. */
  size(): number;
}

/**
 * Makes an empty table. Its names stand one after the other in one array of bytes, and are found by open addressing, so that
 * a name costs its bytes and 16 to 20 bytes more, and a string is only made when its text is asked for. Jobs come in much the
 * same order run after run: the last name and the one after it are tried first.
 */
export function names(): Names {
  return new NameTable();
}

class NameTable implements Names {
  #bytes: DataView = new DataView(new ArrayBuffer(1 << 12));
  /** Where each name begins; it ends where the next one begins. */
  #starts: Int32Array = new Int32Array(1 << 8);
  #hashes: Int32Array = new Int32Array(1 << 8);
  /** By hash: the number of a name plus one, or 0. At most half of them are taken. */
  #slots: Int32Array = new Int32Array(1 << 9);
  #texts: (string | undefined)[] = [];
  #size = 0;
  #last = -1;

  size(): number {
    return this.#size;
  }

  numberOf(bytes: DataView, start: number, end: number, hash?: number): number {
    const last = this.#last;
    if (last >= 0 && this.#is(last, bytes, start, end)) return last;
    const next = last + 1;
    const isNext = next < this.#size && this.#is(next, bytes, start, end);
    this.#last = isNext ? next : this.#find(bytes, start, end, hash ?? hashOf(bytes, start, end));
    return this.#last;
  }

  #find(bytes: DataView, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let number = this.#slots[slot]! - 1; number >= 0; number = this.#slots[slot]! - 1) {
      if (this.#is(number, bytes, start, end)) return number;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#size + 1;
    return this.#add(bytes, start, end, hash);
  }

  numberOfText(text: string): number {
    const { buffer, byteOffset, length } = Buffer.from(text);
    return this.numberOf(new DataView(buffer, byteOffset, length), 0, length);
  }

  text(number: number): string {
    const known = this.#texts[number];
    if (known !== undefined) return known;
    const text = Buffer.from(this.#bytes.buffer).toString(
      'utf8',
      this.#starts[number]!,
      this.#starts[number + 1]!,
    );
    this.#texts[number] = text;
    return text;
  }

  #is(number: number, bytes: DataView, start: number, end: number): boolean {
    const own = this.#bytes;
    const ownStart = this.#starts[number]!;
    const length = end - start;
    if (this.#starts[number + 1]! - ownStart !== length) return false;
    // Names differ most at their ends.
    const last = length - 1;
    if (length > 0 && own.getInt8(ownStart + last) !== bytes.getInt8(start + last)) return false;
    return isSame(own, ownStart, bytes, start, length);
  }

  #add(bytes: DataView, start: number, end: number, hash: number): number {
    const number = this.#size++;
    const ownStart = this.#starts[number]!;
    const ownEnd = ownStart + end - start;
    this.#bytes = withRoom(this.#bytes, ownEnd);
    copyBytes(bytes, start, this.#bytes, ownStart, end - start);
    if (number + 2 > this.#starts.length) {
      this.#starts = twiceAsLong(this.#starts);
      this.#hashes = twiceAsLong(this.#hashes);
    }
    this.#hashes[number] = hash;
    this.#starts[number + 1] = ownEnd;
    this.#texts.push(undefined);
    if (2 * this.#size > this.#slots.length) this.#spread();
    return number;
  }

  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      let slot = this.#hashes[number]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

function twiceAsLong(numbers: Int32Array): Int32Array {
  const more = new Int32Array(2 * numbers.length);
  more.set(numbers);
  return more;
}

function withRoom(bytes: DataView, length: number): DataView {
  if (length <= bytes.byteLength) return bytes;
  const more = new DataView(new ArrayBuffer(Math.max(length, 2 * bytes.byteLength)));
  copyBytes(bytes, 0, more, 0, bytes.byteLength);
  return more;
}
