import { digit, hex, isLetterOrDigit, kindsAtPlace, letter, separator, slash, wild } from './bytes';
import { atSign, dot, percent, slashByte, x, zero } from './characters';
import { emitWild } from './emit';
import { isHost, isMailAddress } from './hosts';
import { meaningOf, nameWithDigits, unit } from './words';

/**
 * Masks a name, number, path or host, which holds neither blanks nor punctuation but separators, writes it to `to` and returns the
 * place behind it. Whole values become one mask; of names with a number in them the letters stay: `node-12`, `blk_77`.
 */
export function maskAtom(start: usize, end: usize, to: usize): usize {
  let seen: u32 = 0;
  let dots = 0;
  let ats = 0;
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    seen |= kindsAtPlace(at);
    if (byte === dot) dots += 1;
    else if (byte === atSign) ats += 1;
  }
  if ((seen & slash) !== 0 && isPathWithin(start, end)) return emitWild(to);
  if (ats === 1 && dots > 0 && isMailAddress(start, end)) return emitWild(to);
  if (dots > 0 && ats === 0 && isHost(start, end)) return emitWild(to);
  if ((seen & digit) !== 0 && (meaningOf(start, end) & nameWithDigits) !== 0) return copied(start, end, to);
  return maskPieces(start, end, to);
}

/** The same of what holds letters and digits alone. */
export function maskPlain(start: usize, end: usize, to: usize): usize {
  if ((meaningOf(start, end) & nameWithDigits) !== 0) return copied(start, end, to);
  return maskPiece(start, end, to);
}

/** Is it a path without a slash in front: two slashes or more, or a slash and a dot (`lib/a.so`, `com.app/.Main`)? */
function isPathWithin(start: usize, end: usize): bool {
  let slashes = 0;
  let steps = false;
  let dotted = false;
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    const inside = at > start && at < end - 1;
    if (byte === slashByte) {
      slashes += 1;
      const next = load<u8>(at + 1) === dot ? at + 2 : at + 1;
      if (inside && isLetterOrDigit(at - 1) && isLetterOrDigit(next)) steps = true;
    } else if (
      byte === dot &&
      inside &&
      (kindsAtPlace(at - 1) & letter) !== 0 &&
      (kindsAtPlace(at + 1) & letter) !== 0
    )
      dotted = true;
  }
  return steps && (slashes >= 2 || dotted);
}

function maskPieces(start: usize, end: usize, to: usize): usize {
  let out = to;
  for (let at = start; at < end; ) {
    if ((kindsAtPlace(at) & separator) !== 0) {
      store<u8>(out++, load<u8>(at++));
      continue;
    }
    let stop = at + 1;
    while (stop < end && (kindsAtPlace(stop) & separator) === 0) stop += 1;
    out = maskPiece(at, stop, out);
    at = stop;
  }
  return load<u8>(out - 1) === percent && load<u8>(out - 2) === wild ? out - 1 : out;
}

/** Masks what stands between two separators: mostly a word, or a number. */
function maskPiece(start: usize, end: usize, to: usize): usize {
  let seen: u32 = 0;
  let common: u32 = 0xffff;
  let out = to;
  for (let at = start; at < end; at++) {
    const kinds = kindsAtPlace(at);
    seen |= kinds;
    common &= kinds;
    store<u8>(out++, load<u8>(at));
  }
  if ((common & digit) !== 0) return emitWild(to);
  if ((seen & digit) === 0 && ((common & hex) === 0 || end - start < 8)) return out;
  return maskMixture(start, end, to);
}

/** Masks letters and digits, or letters that may be hexadecimal digits. */
function maskMixture(start: usize, end: usize, to: usize): usize {
  let digits = 0;
  let lower = 0;
  let upper = 0;
  let hexLower = 0;
  let hexUpper = 0;
  let digitRuns = 0;
  let letterRuns = 0;
  let before: u32 = 0;
  for (let at = start; at < end; at++) {
    const kinds = kindsAtPlace(at);
    const now = kinds & (digit | letter);
    if (now === digit) {
      digits += 1;
      if (before !== digit) digitRuns += 1;
    } else {
      if (before !== letter) letterRuns += 1;
      const isHexDigit = (kinds & hex) !== 0 ? 1 : 0;
      if (load<u8>(at) >= 97) {
        lower += 1;
        hexLower += isHexDigit;
      } else {
        upper += 1;
        hexUpper += isHexDigit;
      }
    }
    before = now;
  }
  const size = end - start;
  const isHex = (upper === 0 && hexLower === lower) || (lower === 0 && hexUpper === upper);
  if (digits === 0) return isHex && size >= 8 ? emitWild(to) : copied(start, end, to);
  const isWhole =
    (isHex && size >= 4) ||
    isHexLiteral(start, end) ||
    (digitRuns === 1 && letterRuns === 1 && before === letter && isWithUnit(start, end)) ||
    digitRuns + letterRuns >= 4;
  if (isWhole) return emitWild(to);
  let out = to;
  for (let at = start; at < end; ) {
    if ((kindsAtPlace(at) & digit) === 0) {
      store<u8>(out++, load<u8>(at++));
      continue;
    }
    while (at < end && (kindsAtPlace(at) & digit) !== 0) at += 1;
    out = emitWild(out);
  }
  return out;
}

function isHexLiteral(start: usize, end: usize): bool {
  if (end - start < 3 || load<u8>(start) !== zero || (load<u8>(start + 1) | 32) !== x) return false;
  for (let at = start + 2; at < end; at++) if ((kindsAtPlace(at) & hex) === 0) return false;
  return true;
}

function isWithUnit(start: usize, end: usize): bool {
  let at = start;
  while ((kindsAtPlace(at) & digit) !== 0) at += 1;
  return (meaningOf(at, end) & unit) !== 0;
}

function copied(start: usize, end: usize, to: usize): usize {
  let out = to;
  for (let at = start; at < end; at++) store<u8>(out++, load<u8>(at));
  return out;
}
