import { isDigit, stands } from '../../engine/assembly/bytes';
import {
  bar,
  closeSquare,
  colonByte,
  comma,
  dot,
  hyphen,
  openSquare,
  plus,
  slashByte,
  space,
  tab,
} from './characters';
import { isDateWord, levelNamed } from './words';

/** Where the time stamp begins and ends; equal if there is none. */
export let headerStampStart: usize = 0;
export let headerStampEnd: usize = 0;
/** How grave the line says it is; 0 if it does not say. */
export let headerLevel: i32 = 0;

/**
 * Finds the time stamp and level at the beginning of a line and returns where the message begins. Knows ISO 8601 and its kin, dates
 * with names of months (syslog, Apache), seconds since 1970, times of day, each bare or in brackets; then the number of a
 * run (`[RUN #7]`, of version 1 also `[RUN #main]`) and a level. A line without a time stamp is all message.
 */
export function readHeader(start: usize, end: usize): usize {
  headerStampStart = start;
  headerStampEnd = start;
  headerLevel = 0;
  if (start >= end) return start;
  const isBracketed = load<u8>(start) === openSquare;
  const from = isBracketed ? start + 1 : start;
  const at = endOfStamp(from, end);
  if (at === from) return start;
  const next = at < end ? load<u8>(at) : space;
  if (isBracketed ? next !== closeSquare : !isBlank(next) && next !== colonByte && next !== bar) return start;
  headerStampStart = from;
  headerStampEnd = at;
  return readFields(isBracketed ? at + 1 : at, end);
}

/** Levels, and `[RUN #7]`, in any order. */
function readFields(start: usize, end: usize): usize {
  let at = skipFiller(start, end);
  for (let fields = 0; fields < 3; fields++) {
    const next = max(endOfLevel(at, end), endOfRunNumber(at, end));
    if (next === at) break;
    at = skipFiller(next, end);
  }
  return at;
}

/** Past blanks and what sets off the parts of a header: `-`, `|`, `:`. */
function skipFiller(start: usize, end: usize): usize {
  let at = start;
  while (at < end) {
    const byte = load<u8>(at);
    const isAlone = at + 1 >= end || isBlank(load<u8>(at + 1));
    if (!isBlank(byte) && !((byte === hyphen || byte === bar || byte === colonByte) && isAlone)) return at;
    at += 1;
  }
  return at;
}

function endOfLevel(start: usize, end: usize): usize {
  const isBracketed = load<u8>(start) === openSquare;
  const from = isBracketed ? start + 1 : start;
  let at = from;
  while (at < end && at - from < 9 && isLetter(load<u8>(at))) at += 1;
  if (at - from < 4 || at - from > 8) return start;
  const next = at < end ? load<u8>(at) : space;
  if (isBracketed ? next !== closeSquare : !isBlank(next) && next !== colonByte && next !== bar) return start;
  const named = levelNamed(from, at);
  if (named === 0) return start;
  headerLevel = max(headerLevel, named);
  return isBracketed ? at + 1 : at;
}

function endOfRunNumber(start: usize, end: usize): usize {
  if (!stands('[RUN #', start, end)) return start;
  for (let at = start + 6; at < end; at++) if (load<u8>(at) === closeSquare) return at + 1;
  return start;
}

/** Where a time stamp that begins at `start` ends; `start` if none does. */
function endOfStamp(start: usize, end: usize): usize {
  if (start >= end) return start;
  const first = load<u8>(start);
  if (isLetter(first)) return endOfNamedDate(start, end);
  if (!isDigit(first)) return start;
  const at = endOfDigits(start, end);
  const next = at < end ? load<u8>(at) : 0;
  switch (<i32>(at - start)) {
    case 4:
    case 2:
      if (next === colonByte) return endOfTime(start, end);
      return next === hyphen || next === slashByte ? endOfDate(start, at, end) : start;
    case 10:
    case 13:
      return next === dot ? endOfDigits(at + 1, end) : at;
    default:
      return start;
  }
}

/** `2026-01-02 03:04:05,678+01:00`, `26/01/02 03:04:05`, `02/Jan/2026:03:04:05 +0000`. */
function endOfDate(start: usize, firstEnd: usize, end: usize): usize {
  const separator = load<u8>(firstEnd);
  let at = firstEnd + 1;
  const second = at;
  while (at < end && (isDigit(load<u8>(at)) || isLetter(load<u8>(at)))) at += 1;
  if (at - second < 2 || at - second > 3 || load<u8>(at) !== separator) return start;
  const third = at + 1;
  at = endOfDigits(third, end);
  if (at <= third) return start;
  if (at < end) {
    const next = load<u8>(at);
    if (next === 84 || next === space || next === colonByte) {
      const time = endOfTime(at + 1, end);
      if (time > at + 1) return endOfZone(time, end);
    }
  }
  return at;
}

/** `03:04:05`, `03:04:05.678`, `03:04:05,678`. */
function endOfTime(start: usize, end: usize): usize {
  let at = start;
  for (let part = 0; part < 3; part++) {
    if (part > 0 && load<u8>(at++) !== colonByte) return start;
    if (at + 1 >= end || !isDigit(load<u8>(at)) || !isDigit(load<u8>(at + 1))) return start;
    at += 2;
  }
  if (at + 1 < end && (load<u8>(at) === dot || load<u8>(at) === comma) && isDigit(load<u8>(at + 1)))
    at = endOfDigits(at + 1, end);
  return at;
}

/** `Z`, `+01:00`, ` +0100`, ` UTC`. */
function endOfZone(start: usize, end: usize): usize {
  if (start >= end) return start;
  if (load<u8>(start) === 90) return start + 1;
  const at = load<u8>(start) === space ? start + 1 : start;
  if (at + 1 < end && (load<u8>(at) === plus || load<u8>(at) === hyphen) && isDigit(load<u8>(at + 1))) {
    const hours = endOfDigits(at + 1, end);
    return hours < end && load<u8>(hours) === colonByte ? endOfDigits(hours + 1, end) : hours;
  }
  return at > start && stands('UTC', at, end) ? at + 3 : start;
}

/** `Jan  2 03:04:05`, `Fri Jan 02 03:04:05 2026`. */
function endOfNamedDate(start: usize, end: usize): usize {
  let at = start;
  for (let names = 0; names < 2 && at + 3 < end && isDateName(at); names++) at = skipBlanks(at + 3, end);
  if (at === start) return start;
  const day = at;
  at = endOfDigits(at, end);
  if (at === day || at - day > 2 || at >= end || !isBlank(load<u8>(at))) return start;
  const time = skipBlanks(at, end);
  at = endOfTime(time, end);
  if (at === time) return start;
  const year = skipBlanks(at, end);
  return year > at && endOfDigits(year, end) === year + 4 ? year + 4 : at;
}

function isDateName(start: usize): bool {
  return isBlank(load<u8>(start + 3)) && isDateWord(start, start + 3);
}

function endOfDigits(start: usize, end: usize): usize {
  let at = start;
  while (at < end && isDigit(load<u8>(at))) at += 1;
  return at;
}

function skipBlanks(start: usize, end: usize): usize {
  let at = start;
  while (at < end && isBlank(load<u8>(at))) at += 1;
  return at;
}

function isBlank(byte: u8): bool {
  return byte === space || byte === tab;
}

function isLetter(byte: u8): bool {
  return <u8>((byte | 32) - 97) < 26;
}
