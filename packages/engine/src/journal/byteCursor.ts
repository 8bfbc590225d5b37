/**
 * Reads ASCII text from left to right by its bytes. What is not as expected fails the cursor for good: whoever
 * reads asks once, at the end, for `hasFailed`. The text is given decoded too, to cut strings from.
 */
export class ByteCursor {
  hasFailed = false;
  #bytes: Uint8Array = new Uint8Array(0);
  #text = '';
  #at = 0;
  #end = 0;

  /** `text` must be the bytes decoded, with a character for each byte. */
  readIn(bytes: Uint8Array, text: string): void {
    this.#bytes = bytes;
    this.#text = text;
  }

  goTo(start: number, end: number): void {
    this.#at = start;
    this.#end = end;
    this.hasFailed = false;
  }

  /** Whether all was read, and nothing failed. */
  get isDone(): boolean {
    return !this.hasFailed && this.#at === this.#end;
  }

  /** Steps over the expected bytes if they come next. */
  skips(expected: Uint8Array): boolean {
    const bytes = this.#bytes;
    const at = this.#at;
    for (let index = 0; index < expected.length; index++)
      if (bytes[at + index] !== expected[index]) return false;
    this.#at = at + expected.length;
    return true;
  }

  /** Whether the line ends so, wherever the cursor is. */
  endsWith(expected: number): boolean {
    return this.#bytes[this.#end - 1] === expected;
  }

  expect(expected: Uint8Array): void {
    if (!this.skips(expected)) this.hasFailed = true;
  }

  /** A whole number as JSON writes it, from 0, of at most 15 digits: all of these are exact. */
  integer(): number {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    let value = 0;
    for (let digit = bytes[at]! - zero; digit >= 0 && digit <= 9; digit = bytes[++at]! - zero)
      value = value * 10 + digit;
    const digits = at - start;
    if (digits === 0 || digits > 15 || (digits > 1 && bytes[start] === zero)) this.hasFailed = true;
    this.#at = at;
    return value;
  }

  /** The inside of a string in quotes that needs no unescaping, up to the quote; a name from the pool. */
  name(pool: NamePool): string {
    const start = this.#at;
    this.#skipPlain();
    return pool.name(this.#bytes, this.#text, start, this.#at);
  }

  /** Likewise, as a string of its own: one cut from the text would keep all of it in memory. */
  string(): string {
    const start = this.#at;
    this.#skipPlain();
    return this.hasFailed ? '' : (JSON.parse(`"${this.#text.slice(start, this.#at)}"`) as string);
  }

  /**
   * Likewise, a time as `Date.toISOString` writes it; of neighbours the part up to the minute is shared. The
   * other part has 8 characters, which V8 copies.
   */
  time(minutes: NamePool): string {
    const start = this.#at;
    this.#skipPlain();
    if (this.#at - start !== timeLength) this.hasFailed = true;
    if (this.hasFailed) return '';
    const minute = minutes.name(this.#bytes, this.#text, start, start + minuteLength);
    return minute + this.#text.slice(start + minuteLength, this.#at);
  }

  #skipPlain(): void {
    const bytes = this.#bytes;
    let at = this.#at;
    while (isPlain[bytes[at]!] === 1) at++;
    if (bytes[at] !== quote) this.hasFailed = true;
    this.#at = at;
  }
}

/**
 * Gives the same string for the same bytes, mostly without making one: neighbours are often the same. Keeps a
 * bounded number of names.
 */
export class NamePool {
  readonly #names = new Map<string, string>();
  #last = '';
  #lastBytes: Uint8Array = new Uint8Array(0);

  name(bytes: Uint8Array, text: string, start: number, end: number): string {
    if (!this.#isLast(bytes, start, end)) {
      this.#last = this.#known(text.slice(start, end));
      this.#lastBytes = bytes.slice(start, end);
    }
    return this.#last;
  }

  #isLast(bytes: Uint8Array, start: number, end: number): boolean {
    const last = this.#lastBytes;
    if (end - start !== last.length) return false;
    for (let index = last.length - 1; index >= 0; index--)
      if (bytes[start + index] !== last[index]) return false;
    return true;
  }

  #known(cut: string): string {
    const known = this.#names.get(cut);
    if (known !== undefined) return known;
    if (this.#names.size >= namesMax) this.#names.clear();
    // A string cut from a text keeps all of it in memory.
    const own = JSON.parse(`"${cut}"`) as string;
    this.#names.set(own, own);
    return own;
  }
}

const namesMax = 100_000;
const zero = 0x30;
const quote = 0x22;
const backslash = 0x5c;
const timeLength = '2026-01-02T00:00:00.000Z'.length;
const minuteLength = '2026-01-02T00:00'.length;

/** 1 for each byte that stands for itself within quotes. */
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x7f && byte !== quote && byte !== backslash ? 1 : 0,
);
