import { digit, hex, isLetterOrDigit, kindsAtPlace, letter, pathStop } from './bytes';
import {
  asterisk,
  backslash,
  closeCurly,
  closeRound,
  closeSquare,
  colonByte,
  comma,
  dot,
  exclamation,
  hyphen,
  less,
  openCurly,
  openRound,
  openSquare,
  percent,
  plus,
  question,
  slashByte,
  tilde,
  underscore,
} from './characters';

/** Where a path or URL that begins at `start` ends: `/etc/hosts`, `C:\x`, `hdfs://host/a?b=1`; `start` if none begins. */
export function endOfPath(start: usize, end: usize): usize {
  if (!beginsPath(start, end)) return start;
  let at = start;
  while (at < end && !stopsPath(at, end)) at += 1;
  while (at > start && isClosing(start, at)) at -= 1;
  return at - start > 1 && holdsName(start, at) ? at : start;
}

function beginsPath(start: usize, end: usize): bool {
  const byte = load<u8>(start);
  const next = load<u8>(start + 1);
  if (byte === slashByte) {
    if (start + 1 >= end || load<u8>(start - 1) === less) return false;
    return (
      isLetterOrDigit(start + 1) ||
      next === asterisk ||
      next === underscore ||
      next === dot ||
      next === hyphen ||
      next === tilde ||
      next === percent
    );
  }
  if ((kindsAtPlace(start) & letter) === 0) return false;
  if (next === colonByte && load<u8>(start + 2) === backslash) return start + 2 < end;
  let at = start + 1;
  while (at < end && isScheme(at)) at += 1;
  return (
    at + 2 < end &&
    load<u8>(at) === colonByte &&
    load<u8>(at + 1) === slashByte &&
    load<u8>(at + 2) === slashByte
  );
}

function isScheme(at: usize): bool {
  const byte = load<u8>(at);
  return isLetterOrDigit(at) || byte === plus || byte === hyphen || byte === dot;
}

function stopsPath(at: usize, end: usize): bool {
  if (load<u8>(at) === comma) return at + 1 >= end || (kindsAtPlace(at + 1) & digit) === 0;
  return (kindsAtPlace(at) & pathStop) !== 0;
}

/** Is the last byte before `end` punctuation around the path rather than of it? */
function isClosing(start: usize, end: usize): bool {
  const byte = load<u8>(end - 1);
  if (byte === dot || byte === comma || byte === colonByte || byte === exclamation || byte === question)
    return true;
  if (byte === closeRound) return balance(start, end, openRound, byte) < 0;
  if (byte === closeSquare) return balance(start, end, openSquare, byte) < 0;
  return byte === closeCurly && balance(start, end, openCurly, byte) < 0;
}

function balance(start: usize, end: usize, open: u8, close: u8): i32 {
  let sum = 0;
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    if (byte === open) sum += 1;
    else if (byte === close) sum -= 1;
  }
  return sum;
}

function holdsName(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if (isLetterOrDigit(at)) return true;
  return false;
}

/**
 * Where an identifier of hexadecimal groups ends (a UUID, a MAC or IPv6 address) or a time of day; `start` if none begins
 * there. `hasColon` says whether the word holds one at all.
 */
export function endOfGroups(start: usize, end: usize, hasColon: bool): usize {
  let at = endOfUuid(start, end);
  if (at === start && hasColon) at = endOfColonGroups(start, end);
  if (at === start || at >= end) return at;
  const next = load<u8>(at);
  return isLetterOrDigit(at) || next === colonByte || next === underscore ? start : at;
}

/** Groups of 8, 4, 4, 4 and 12. */
function endOfUuid(start: usize, end: usize): usize {
  if (end - start < 36) return start;
  for (let index: usize = 0; index < 36; index++) {
    const isHyphen = index === 8 || index === 13 || index === 18 || index === 23;
    if (isHyphen ? load<u8>(start + index) !== hyphen : (kindsAtPlace(start + index) & hex) === 0)
      return start;
  }
  return start + 36;
}

function endOfColonGroups(start: usize, end: usize): usize {
  let at = start;
  let colons = 0;
  let seen: u32 = 0;
  for (;;) {
    for (let size = 0; size < 4 && at < end && (kindsAtPlace(at) & hex) !== 0; size++)
      seen |= kindsAtPlace(at++);
    if (at >= end || load<u8>(at) !== colonByte) break;
    colons += 1;
    at += 1;
  }
  if (colons < 2 || (seen & digit) === 0) return start;
  if (at < end && load<u8>(at) === percent) return endOfRun(at + 1, end, letter | digit);
  if (at + 1 < end && load<u8>(at) === dot && (kindsAtPlace(at + 1) & digit) !== 0)
    return endOfRun(at + 1, end, digit);
  return at;
}

function endOfRun(start: usize, end: usize, bits: u32): usize {
  let at = start;
  while (at < end && (kindsAtPlace(at) & bits) !== 0) at += 1;
  return at;
}
