import { blank, colon, comma, minus, nine, zero } from './ascii.ts';
import { readingAfter } from './repeatedHour.ts';

/** What a line begins with: a stamp to the second, as in run and application logs, to the millisecond, as in job logs, or none. */
export type StampKind = 'second' | 'millisecond' | undefined;

/** Reads the stamps that lines begin with: `2026-01-02 03:04:05`, or with milliseconds after a comma. */
export interface StampReader {
  /** Whether a stamp stands at `at`, and of which kind. Cheap, since every line is asked. */
  kind(bytes: Buffer, at: number, end: number): StampKind;
  /** The time of the stamp that was asked about last, in milliseconds since 1970. Local time, as the writers use. */
  time(): number;
}

/**
 * Makes a reader. Most lines are of the same second as the line before: then it takes a comparison and no arithmetic, and of
 * the same minute no calendar.
 */
export function stampReader(): StampReader {
  return new Stamps();
}

/** A class because numbers with fractions, kept in the variables of a closure, would become an object each time. */
class Stamps implements StampReader {
  readonly #latest = new Uint8Array(secondLength);
  #minuteKey = -1;
  #minuteMs = Number.NaN;
  #secondMs = Number.NaN;
  #fraction = 0;
  /** The minute is in the hour that comes twice, and the second of its kind. */
  #isSecond = false;

  kind(bytes: Buffer, at: number, end: number): StampKind {
    if (end - at < lengthMin) return undefined;
    if (!isLatest(this.#latest, bytes, at)) {
      if (!isStamp(bytes, at)) return undefined;
      for (let index = 0; index < secondLength; index++) this.#latest[index] = bytes[at + index]!;
      this.#read(bytes, at);
    }
    this.#fraction = 0;
    const next = bytes[at + secondLength];
    if (next === blank) return 'second';
    if (next !== comma) return undefined;
    for (let index = 20; index < 23; index++) if (!isDigit(bytes[at + index]!)) return undefined;
    this.#fraction = two(bytes, at + 20) * 10 + bytes[at + 22]! - zero;
    return 'millisecond';
  }

  time(): number {
    return this.#secondMs + this.#fraction;
  }

  #read(bytes: Buffer, at: number): void {
    const year = two(bytes, at) * 100 + two(bytes, at + 2);
    const month = two(bytes, at + 5);
    const day = two(bytes, at + 8);
    const hour = two(bytes, at + 11);
    const minute = two(bytes, at + 14);
    const key = (((year * 13 + month) * 32 + day) * 24 + hour) * 60 + minute;
    if (key !== this.#minuteKey) {
      this.#minuteKey = key;
      const firstMs = new Date(year, month - 1, day, hour, minute).getTime();
      this.#minuteMs = readingAfter({ timeMs: this.#secondMs, isSecond: this.#isSecond }, firstMs);
      this.#isSecond = this.#minuteMs !== firstMs;
    }
    this.#secondMs = this.#minuteMs + two(bytes, at + 17) * 1000;
  }
}

/** Of `2026-01-02 03:04:05`. */
const secondLength = 19;
/** With ` - ` behind it. */
const lengthMin = 22;

/** From the end, where stamps differ first. */
function isLatest(latest: Uint8Array, bytes: Buffer, at: number): boolean {
  for (let index = secondLength - 1; index >= 0; index--)
    if (latest[index] !== bytes[at + index]) return false;
  return true;
}

function isStamp(bytes: Buffer, at: number): boolean {
  if (bytes[at + 4] !== minus || bytes[at + 7] !== minus || bytes[at + 10] !== blank) return false;
  if (bytes[at + 13] !== colon || bytes[at + 16] !== colon) return false;
  for (let index = 0; index < digitPlaces.length; index++)
    if (!isDigit(bytes[at + digitPlaces[index]!]!)) return false;
  return true;
}

const digitPlaces = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18] as const;

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= nine;
}

function two(bytes: Buffer, at: number): number {
  return bytes[at]! * 10 + bytes[at + 1]! - 11 * zero;
}
