import { packed } from './masking/index.ts';

/** How grave a line says it is; 0 if it does not say. */
export const levels = ['', 'trace', 'debug', 'info', 'notice', 'warning', 'error', 'critical'] as const;

export type Level = (typeof levels)[number];

/** Where the parts of a line are: offsets into its buffer. */
export interface LineHeader {
  /** Where the message begins. */
  message: number;
  /** Where the time stamp begins and ends; equal if there is none. */
  stampStart: number;
  stampEnd: number;
  /** Index into `levels`. */
  level: number;
}

/** A header to be filled by `readHeader`. */
export function emptyHeader(): LineHeader {
  return { message: 0, stampStart: 0, stampEnd: 0, level: 0 };
}

/**
 * Finds the time stamp and level at the beginning of a line and where the message begins. Knows ISO 8601 and its kin, dates
 * with names of months (syslog, Apache), seconds since 1970, times of day, each bare or in brackets; then the number of a
 * run (`[RUN #7]`, of version 1 also `[RUN #main]`) and a level. A line without a time stamp is all message.
 */
export function readHeader(line: Uint8Array, start: number, end: number, header: LineHeader): void {
  header.message = start;
  header.stampStart = start;
  header.stampEnd = start;
  header.level = 0;
  const isBracketed = line[start] === open;
  const from = isBracketed ? start + 1 : start;
  const i = stampEnd(line, from, end);
  if (i === from) return;
  const next = i < end ? line[i]! : blank;
  if (isBracketed ? next !== close : !isBlank(next) && next !== colon && next !== bar) return;
  header.stampStart = from;
  header.stampEnd = i;
  header.message = readFields(line, isBracketed ? i + 1 : i, end, header);
}

const blank = 32;
const bar = 124;
const open = 91;
const close = 93;
const colon = 58;
const hyphen = 45;

/** Levels, and `[RUN #7]`, in any order. */
function readFields(line: Uint8Array, start: number, end: number, header: LineHeader): number {
  let i = skipFiller(line, start, end);
  for (let fields = 0; fields < 3; fields++) {
    const next = Math.max(levelEnd(line, i, end, header), runNumberEnd(line, i, end));
    if (next === i) break;
    i = skipFiller(line, next, end);
  }
  return i;
}

/** Past blanks and what sets off the parts of a header: `-`, `|`, `:`. */
function skipFiller(line: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end) {
    const byte = line[i]!;
    const isAlone = i + 1 >= end || isBlank(line[i + 1]!);
    if (!isBlank(byte) && !((byte === hyphen || byte === bar || byte === colon) && isAlone)) return i;
    i += 1;
  }
  return i;
}

function levelEnd(line: Uint8Array, start: number, end: number, header: LineHeader): number {
  const isBracketed = line[start] === open;
  const from = isBracketed ? start + 1 : start;
  let i = from;
  while (i < end && i - from < 9 && isLetter(line[i]!)) i += 1;
  if (i - from < 4 || i - from > 8) return start;
  const next = i < end ? line[i]! : blank;
  if (isBracketed ? next !== close : !isBlank(next) && next !== colon && next !== bar) return start;
  const level = levelByName.get(packed(line, from, i));
  if (level === undefined) return start;
  header.level = Math.max(header.level, level);
  return isBracketed ? i + 1 : i;
}

const levelNames: readonly (readonly [string, number])[] = [
  ...levels.slice(1).map((name, index) => [name, index + 1] as const),
  ['warn', 5],
  ['severe', 6],
  ['fatal', 7],
  ['emerg', 7],
  ['alert', 7],
  ['crit', 7],
];

const levelByName: ReadonlyMap<number, number> = new Map(
  levelNames.map(([name, level]) => [packed(Buffer.from(name), 0, name.length), level]),
);

const runPrefix = new TextEncoder().encode('[RUN #');

function runNumberEnd(line: Uint8Array, start: number, end: number): number {
  for (let i = 0; i < runPrefix.length; i++) if (line[start + i] !== runPrefix[i]) return start;
  const i = line.subarray(0, end).indexOf(close, start + runPrefix.length);
  return i < 0 ? start : i + 1;
}

/** Where a time stamp that begins at `start` ends; `start` if none does. */
function stampEnd(line: Uint8Array, start: number, end: number): number {
  if (start >= end) return start;
  if (isLetter(line[start]!)) return namedDateEnd(line, start, end);
  if (!isDigit(line[start]!)) return start;
  const i = digitsEnd(line, start, end);
  const next = line[i];
  switch (i - start) {
    case 4:
    case 2:
      if (next === colon) return timeEnd(line, start, end);
      return next === hyphen || next === 47 ? dateEnd(line, start, i, end) : start;
    case 10:
    case 13:
      return next === 46 ? digitsEnd(line, i + 1, end) : i;
    default:
      return start;
  }
}

/** `2026-01-02 03:04:05,678+01:00`, `26/01/02 03:04:05`, `02/Jan/2026:03:04:05 +0000`. */
function dateEnd(line: Uint8Array, start: number, firstEnd: number, end: number): number {
  const separator = line[firstEnd];
  let i = firstEnd + 1;
  const second = i;
  while (i < end && (isDigit(line[i]!) || isLetter(line[i]!))) i += 1;
  if (i - second < 2 || i - second > 3 || line[i] !== separator) return start;
  const third = i + 1;
  i = digitsEnd(line, third, end);
  if (i === third) return start;
  if (i < end && (line[i] === 84 || line[i] === 32 || line[i] === colon)) {
    const time = timeEnd(line, i + 1, end);
    if (time > i + 1) return zoneEnd(line, time, end);
  }
  return i;
}

/** `03:04:05`, `03:04:05.678`, `03:04:05,678`. */
function timeEnd(line: Uint8Array, start: number, end: number): number {
  let i = start;
  for (let part = 0; part < 3; part++) {
    if (part > 0 && line[i++] !== colon) return start;
    if (i + 1 >= end || !isDigit(line[i]!) || !isDigit(line[i + 1]!)) return start;
    i += 2;
  }
  if (i + 1 < end && (line[i] === 46 || line[i] === 44) && isDigit(line[i + 1]!))
    i = digitsEnd(line, i + 1, end);
  return i;
}

/** `Z`, `+01:00`, ` +0100`, ` UTC`. */
function zoneEnd(line: Uint8Array, start: number, end: number): number {
  if (line[start] === 90) return start + 1;
  const i = line[start] === 32 ? start + 1 : start;
  if (i < end && (line[i] === 43 || line[i] === hyphen) && i + 1 < end && isDigit(line[i + 1]!)) {
    const hours = digitsEnd(line, i + 1, end);
    return line[hours] === colon ? digitsEnd(line, hours + 1, end) : hours;
  }
  const isUtc = i > start && line[i] === 85 && line[i + 1] === 84 && line[i + 2] === 67;
  return isUtc && i + 3 <= end ? i + 3 : start;
}

/** `Jan  2 03:04:05`, `Fri Jan 02 03:04:05 2026`. */
function namedDateEnd(line: Uint8Array, start: number, end: number): number {
  let i = start;
  for (let names = 0; names < 2 && i + 3 < end && isDateName(line, i); names++)
    i = skipBlanks(line, i + 3, end);
  if (i === start) return start;
  const day = i;
  i = digitsEnd(line, i, end);
  if (i === day || i - day > 2 || i >= end || !isBlank(line[i]!)) return start;
  const time = skipBlanks(line, i, end);
  i = timeEnd(line, time, end);
  if (i === time) return start;
  const year = skipBlanks(line, i, end);
  return digitsEnd(line, year, end) === year + 4 && year > i ? year + 4 : i;
}

const dateNames = new Set(
  'Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
);

function isDateName(line: Uint8Array, start: number): boolean {
  return (
    isBlank(line[start + 3]!) &&
    dateNames.has(String.fromCharCode(line[start]!, line[start + 1]!, line[start + 2]!))
  );
}

function digitsEnd(line: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && isDigit(line[i]!)) i += 1;
  return i;
}

function skipBlanks(line: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && isBlank(line[i]!)) i += 1;
  return i;
}

function isBlank(byte: number): boolean {
  return byte === blank || byte === 9;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function isLetter(byte: number): boolean {
  return (byte | 32) >= 97 && (byte | 32) <= 122;
}
