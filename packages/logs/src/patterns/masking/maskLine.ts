import { byteOf, kind, kinds, wild } from './bytes.ts';
import { emitWild } from './emit.ts';
import { maskAtom, maskPlain } from './maskAtom.ts';
import { isDateWord, packed, sizeUnits } from './vocabulary.ts';
import { groupsEnd, pathEnd } from './wholeValues.ts';

const blank = byteOf(' ');
const escapeByte = byteOf('\x1b');

/** Masked lines begin here in their buffer; the bytes before are blanks, so that looking back needs no bounds. */
export const maskedFrom = 16;

/** Bytes of a line that are looked at: lines that agree so far are of one kind. */
export const maxLineBytes = 4096;

/** A buffer for `maskLine`. */
export function maskedBuffer(): Uint8Array {
  return new Uint8Array(maskedFrom + maxLineBytes + 64).fill(blank, 0, maskedFrom);
}

/**
 * Masks what is certainly a value in a line (numbers, sizes, times, dates, hexadecimal and other identifiers, addresses,
 * hosts, paths, URLs) and writes the rest as it is, words parted by one blank. Returns the end of the result, which begins
 * at `maskedFrom`. One pass over the bytes; makes no objects.
 */
export function maskLine(line: Uint8Array, start: number, end: number, masked: Uint8Array): number {
  const stop = Math.min(end, start + maxLineBytes);
  let length = maskedFrom;
  let inDate = false;
  let i = start;
  for (;;) {
    while (i < stop && (kinds[line[i]!]! & kind.blank) !== 0) i += 1;
    if (i >= stop) return length;
    if (length > maskedFrom) masked[length++] = blank;
    const begin = i;
    const mark = length;
    let seen = 0;
    let common = 0xff;
    for (; i < stop; i++) {
      const byte = line[i]!;
      const bits = kinds[byte]!;
      if ((bits & kind.blank) !== 0) break;
      seen |= bits;
      common &= bits;
      masked[length++] = byte;
    }
    if ((seen & kind.notable) !== 0 || ((common & kind.hex) !== 0 && i - begin >= 8))
      length = maskWord(line, begin, i, masked, mark, seen);
    if (length === mark) {
      if (length > maskedFrom) length -= 1;
      continue;
    }
    const wasDate: boolean = inDate;
    inDate = false;
    if (masked[mark] === wild) {
      const dated: number = wasDate ? mark - 2 : dateBefore(masked, mark);
      if (dated >= maskedFrom) {
        masked[dated] = wild;
        masked.copyWithin(dated + 1, mark + 1, length);
        length -= mark - dated;
        inDate = length === dated + 1;
      }
    } else if (masked[mark - 2] === wild && mark - 2 >= maskedFrom) {
      length = dropUnit(masked, mark, length);
    }
  }
}

/** Masks a word in which something is notable; `seen` holds the kinds of all its bytes. */
function maskWord(
  line: Uint8Array,
  start: number,
  end: number,
  masked: Uint8Array,
  length: number,
  seen: number,
): number {
  if ((seen & (kind.slash | kind.colon)) === 0 && isPlain(line, start, end))
    return maskPlain(line, start, end, masked, length);
  const mayBeUrl = (seen & kind.slash) !== 0;
  const hasColon = (seen & kind.colon) !== 0;
  let at = length;
  for (let i = start; i < end; ) {
    const byte = line[i]!;
    const bits = kinds[byte]!;
    if ((bits & kind.atom) === 0) {
      if (byte === escapeByte) i = escapeSequenceEnd(line, i, end);
      else masked[at++] = line[i++]!;
      continue;
    }
    let whole = mayBeUrl ? pathEnd(line, i, end) : i;
    if (whole === i && (bits & kind.hex) !== 0) whole = groupsEnd(line, i, end, hasColon);
    if (whole > i) {
      at = emitWild(masked, at);
      i = whole;
      continue;
    }
    let stop = i + 1;
    while (stop < end && (kinds[line[stop]!]! & kind.atom) !== 0) stop += 1;
    let last = stop;
    while (last - i > 1 && isTrailing(line[last - 1]!)) last -= 1;
    while (last - i > 1 && isLeading(line[i]!) && (kinds[line[i + 1]!]! & kind.digit) === 0)
      masked[at++] = line[i++]!;
    at = maskAtom(line, i, last, masked, at);
    while (last < stop) masked[at++] = line[last++]!;
    i = stop;
  }
  return at;
}

/** Are these letters and digits alone? */
function isPlain(line: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((kinds[line[i]!]! & (kind.letter | kind.digit)) === 0) return false;
  return true;
}

function isTrailing(byte: number): boolean {
  return byte === 46 || byte === 47 || byte === 92 || byte === 64 || byte === 126 || byte === 36; // . / \ @ ~ $
}

function isLeading(byte: number): boolean {
  return byte === 46 || byte === 45 || byte === 64 || byte === 43 || byte === 126 || byte === 36; // . - @ + ~ $
}

/** Where a terminal's control sequence (colours, mostly) ends. */
function escapeSequenceEnd(line: Uint8Array, start: number, end: number): number {
  if (line[start + 1] !== byteOf('[')) return start + 1;
  let i = start + 2;
  while (i < end && (line[i]! < 0x40 || line[i]! > 0x7e)) i += 1;
  return Math.min(i + 1, end);
}

/** Where the date begins of which the number at `mark` is a part (`Sun Jul 17`, `17 July`); 0 if it is of none. */
function dateBefore(masked: Uint8Array, mark: number): number {
  let begin = dateWordBefore(masked, mark);
  if (begin === mark) return 0;
  begin = dateWordBefore(masked, begin);
  return masked[begin - 2] === wild && begin - 2 >= maskedFrom && masked[begin - 1] === blank
    ? begin - 2
    : begin;
}

/** Where the name of a month or day in front of `mark` begins; `mark` if there is none. */
function dateWordBefore(masked: Uint8Array, mark: number): number {
  let begin = mark - 1;
  if (begin < maskedFrom || masked[begin] !== blank) return mark;
  while ((kinds[masked[begin - 1]!]! & kind.letter) !== 0 && mark - begin <= 10) begin -= 1;
  if (!isDateWord(masked, begin, mark - 1)) return mark;
  const before = masked[begin - 1]!;
  return (kinds[before]! & kind.atom) === 0 && before !== wild ? begin : mark;
}

/** Takes away the unit of size at `mark`, which follows a masked number: programs choose it by the number. */
function dropUnit(masked: Uint8Array, mark: number, length: number): number {
  let stop = mark;
  while (stop < length && stop - mark < 4 && (kinds[masked[stop]!]! & kind.letter) !== 0) stop += 1;
  if (stop === mark || (stop < length && (kinds[masked[stop]!]! & (kind.letter | kind.digit)) !== 0))
    return length;
  if (masked[stop] === wild && stop < length) return length;
  if (!sizeUnits.has(packed(masked, mark, stop))) return length;
  masked.copyWithin(mark - 1, stop, length);
  return length - (stop - mark) - 1;
}
