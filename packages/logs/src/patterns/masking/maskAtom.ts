import { byteOf, kind, kinds, separators } from './bytes.ts';
import { emitWild } from './emit.ts';
import { isHost, isMailAddress } from './hosts.ts';
import { namesWithDigits, packed, units } from './vocabulary.ts';

const percent = byteOf('%');
const dot = byteOf('.');
const at = byteOf('@');

/**
 * Masks a name, number, path or host, which holds neither blanks nor punctuation but separators, and returns the new
 * length of `masked`. Whole values become one mask; of names with a number in them the letters stay: `node-12`, `blk_77`.
 */
export function maskAtom(
  line: Uint8Array,
  start: number,
  end: number,
  masked: Uint8Array,
  length: number,
): number {
  let seen = 0;
  let dots = 0;
  let ats = 0;
  for (let i = start; i < end; i++) {
    const byte = line[i]!;
    seen |= kinds[byte]!;
    if (byte === dot) dots += 1;
    else if (byte === at) ats += 1;
  }
  if ((seen & kind.slash) !== 0 && isPathWithin(line, start, end)) return emitWild(masked, length);
  if (ats === 1 && dots > 0 && isMailAddress(line, start, end)) return emitWild(masked, length);
  if (dots > 0 && ats === 0 && isHost(line, start, end)) return emitWild(masked, length);
  if ((seen & kind.digit) !== 0 && namesWithDigits.has(packed(line, start, end)))
    return copy(line, start, end, masked, length);
  return maskPieces(line, start, end, masked, length);
}

/** The same of what holds letters and digits alone. */
export function maskPlain(
  line: Uint8Array,
  start: number,
  end: number,
  masked: Uint8Array,
  length: number,
): number {
  if (namesWithDigits.has(packed(line, start, end))) return copy(line, start, end, masked, length);
  return maskPiece(line, start, end, masked, length);
}

/** Is it a path without a slash in front: two slashes or more, or a slash and a dot (`lib/a.so`, `com.app/.Main`)? */
function isPathWithin(line: Uint8Array, start: number, end: number): boolean {
  let slashes = 0;
  let steps = false;
  let dotted = false;
  for (let i = start; i < end; i++) {
    const byte = line[i]!;
    const inside = i > start && i < end - 1;
    if (byte === byteOf('/')) {
      slashes += 1;
      const next = line[i + 1] === dot ? line[i + 2] : line[i + 1];
      if (inside && isName(line[i - 1]) && isName(next)) steps = true;
    } else if (byte === dot && inside && isLetter(line[i - 1]) && isLetter(line[i + 1])) dotted = true;
  }
  return steps && (slashes >= 2 || dotted);
}

function isName(byte: number | undefined): boolean {
  return byte !== undefined && (kinds[byte]! & (kind.letter | kind.digit)) !== 0;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (kinds[byte]! & kind.letter) !== 0;
}

function maskPieces(
  line: Uint8Array,
  start: number,
  end: number,
  masked: Uint8Array,
  length: number,
): number {
  let at = length;
  for (let i = start; i < end; ) {
    if (separators[line[i]!] === 1) {
      masked[at++] = line[i++]!;
      continue;
    }
    let j = i + 1;
    while (j < end && separators[line[j]!] === 0) j += 1;
    at = maskPiece(line, i, j, masked, at);
    i = j;
  }
  return masked[at - 1] === percent && masked[at - 2] === 0 ? at - 1 : at;
}

/** Masks what stands between two separators: mostly a word, or a number. */
function maskPiece(line: Uint8Array, start: number, end: number, masked: Uint8Array, length: number): number {
  let seen = 0;
  let common = 0xff;
  let at = length;
  for (let i = start; i < end; i++) {
    const byte = line[i]!;
    seen |= kinds[byte]!;
    common &= kinds[byte]!;
    masked[at++] = byte;
  }
  if ((common & kind.digit) !== 0) return emitWild(masked, length);
  if ((seen & kind.digit) === 0 && ((common & kind.hex) === 0 || end - start < 8)) return at;
  return maskMixture(line, start, end, masked, length);
}

/** Masks letters and digits, or letters that may be hexadecimal digits. */
function maskMixture(
  line: Uint8Array,
  start: number,
  end: number,
  masked: Uint8Array,
  length: number,
): number {
  let digits = 0;
  let lower = 0;
  let upper = 0;
  let hexLower = 0;
  let hexUpper = 0;
  let digitRuns = 0;
  let letterRuns = 0;
  let before = 0;
  for (let i = start; i < end; i++) {
    const byte = line[i]!;
    const now = kinds[byte]! & (kind.digit | kind.letter);
    if (now === kind.digit) {
      digits += 1;
      if (before !== kind.digit) digitRuns += 1;
    } else {
      if (before !== kind.letter) letterRuns += 1;
      const isHex = (kinds[byte]! & kind.hex) !== 0;
      if (byte >= 97) {
        lower += 1;
        if (isHex) hexLower += 1;
      } else {
        upper += 1;
        if (isHex) hexUpper += 1;
      }
    }
    before = now;
  }
  const size = end - start;
  const isHex = (upper === 0 && hexLower === lower) || (lower === 0 && hexUpper === upper);
  if (digits === 0) {
    return isHex && size >= 8 ? emitWild(masked, length) : copy(line, start, end, masked, length);
  }
  const isWhole =
    (isHex && size >= 4) ||
    isHexLiteral(line, start, end) ||
    (digitRuns === 1 && letterRuns === 1 && before === kind.letter && isWithUnit(line, start, end)) ||
    digitRuns + letterRuns >= 4;
  if (isWhole) return emitWild(masked, length);
  let at = length;
  for (let i = start; i < end; ) {
    if ((kinds[line[i]!]! & kind.digit) === 0) {
      masked[at++] = line[i++]!;
      continue;
    }
    while (i < end && (kinds[line[i]!]! & kind.digit) !== 0) i += 1;
    at = emitWild(masked, at);
  }
  return at;
}

function isHexLiteral(line: Uint8Array, start: number, end: number): boolean {
  if (end - start < 3 || line[start] !== byteOf('0') || (line[start + 1]! | 32) !== byteOf('x')) return false;
  for (let i = start + 2; i < end; i++) if ((kinds[line[i]!]! & kind.hex) === 0) return false;
  return true;
}

function isWithUnit(line: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while ((kinds[line[i]!]! & kind.digit) !== 0) i += 1;
  return units.has(packed(line, i, end));
}

function copy(line: Uint8Array, start: number, end: number, masked: Uint8Array, length: number): number {
  let at = length;
  for (let i = start; i < end; i++) masked[at++] = line[i]!;
  return at;
}
