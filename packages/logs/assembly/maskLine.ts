import {
  atom,
  blank,
  colon,
  digit,
  hex,
  isLetterOrDigit,
  kindsAtPlace,
  letter,
  notable,
  slash,
  wild,
} from './bytes';
import {
  atSign,
  backslash,
  dollar,
  dot,
  escapeByte,
  hyphen,
  openSquare,
  plus,
  slashByte,
  space,
  tilde,
} from './characters';
import { emitWild } from './emit';
import { lineMax } from './layout';
import { maskAtom, maskPlain } from './maskAtom';
import { endOfGroups, endOfPath } from './wholeValues';
import { isDateWord, meaningOf, sizeUnit } from './words';

/**
 * Masks what is certainly a value in a line (numbers, sizes, times, dates, hexadecimal and other identifiers, addresses,
 * hosts, paths, URLs) and writes the rest as it is, words parted by one blank, to `to`. Returns where the result ends. One pass over
 * the bytes. In front of `to` there must be blanks.
 */
export function maskLine(start: usize, end: usize, to: usize): usize {
  const stop = min(end, start + lineMax);
  let out = to;
  let inDate = false;
  let at = start;
  while (true) {
    while (at < stop && (kindsAtPlace(at) & blank) !== 0) at += 1;
    if (at >= stop) return out;
    if (out > to) store<u8>(out++, space);
    const begin = at;
    const mark = out;
    let seen: u32 = 0;
    let common: u32 = 0xffff;
    for (; at < stop; at++) {
      const kinds = kindsAtPlace(at);
      if ((kinds & blank) !== 0) break;
      seen |= kinds;
      common &= kinds;
      store<u8>(out++, load<u8>(at));
    }
    if ((common & digit) !== 0) out = emitWild(mark);
    else if ((seen & notable) !== 0 || ((common & hex) !== 0 && at - begin >= 8))
      out = maskWord(begin, at, mark, seen);
    if (out === mark) {
      if (out > to) out -= 1;
      continue;
    }
    const wasDate = inDate;
    inDate = false;
    if (load<u8>(mark) === wild) {
      const dated = wasDate ? mark - 2 : dateBefore(mark, to);
      if (dated >= to) {
        store<u8>(dated, wild);
        memory.copy(dated + 1, mark + 1, out - mark - 1);
        out -= mark - dated;
        inDate = out === dated + 1;
      }
    } else if (mark - 2 >= to && load<u8>(mark - 2) === wild) out = dropUnit(mark, out);
  }
}

/** Masks a word in which something is notable; `seen` holds the kinds of all its bytes. */
function maskWord(start: usize, end: usize, to: usize, seen: u32): usize {
  const hasColon = (seen & colon) !== 0;
  const mayBeUrl = (seen & slash) !== 0;
  if (!hasColon && !mayBeUrl && isPlain(start, end)) return maskPlain(start, end, to);
  let out = to;
  for (let at = start; at < end; ) {
    const kinds = kindsAtPlace(at);
    if ((kinds & atom) === 0) {
      if (load<u8>(at) === escapeByte) at = endOfEscape(at, end);
      else store<u8>(out++, load<u8>(at++));
      continue;
    }
    let whole = mayBeUrl ? endOfPath(at, end) : at;
    if (whole === at && (kinds & hex) !== 0) whole = endOfGroups(at, end, hasColon);
    if (whole > at) {
      out = emitWild(out);
      at = whole;
      continue;
    }
    let stop = at + 1;
    while (stop < end && (kindsAtPlace(stop) & atom) !== 0) stop += 1;
    let last = stop;
    while (last - at > 1 && isTrailing(load<u8>(last - 1))) last -= 1;
    while (last - at > 1 && isLeading(load<u8>(at)) && (kindsAtPlace(at + 1) & digit) === 0)
      store<u8>(out++, load<u8>(at++));
    out = maskAtom(at, last, out);
    while (last < stop) store<u8>(out++, load<u8>(last++));
    at = stop;
  }
  return out;
}

/** Are these letters and digits alone? */
function isPlain(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if (!isLetterOrDigit(at)) return false;
  return true;
}

function isTrailing(byte: u8): bool {
  return (
    byte === dot ||
    byte === slashByte ||
    byte === backslash ||
    byte === atSign ||
    byte === tilde ||
    byte === dollar
  );
}

function isLeading(byte: u8): bool {
  return (
    byte === dot || byte === hyphen || byte === atSign || byte === plus || byte === tilde || byte === dollar
  );
}

/** Where a terminal's control sequence (colours, mostly) ends. */
function endOfEscape(start: usize, end: usize): usize {
  if (load<u8>(start + 1) !== openSquare) return start + 1;
  let at = start + 2;
  while (at < end && (load<u8>(at) < 0x40 || load<u8>(at) > 0x7e)) at += 1;
  return min(at + 1, end);
}

/** Where the date begins of which the number at `mark` is a part (`Sun Jul 17`, `17 July`); 0 if it is of none. */
function dateBefore(mark: usize, from: usize): usize {
  let begin = dateWordBefore(mark, from);
  if (begin === mark) return 0;
  begin = dateWordBefore(begin, from);
  return begin - 2 >= from && load<u8>(begin - 2) === wild && load<u8>(begin - 1) === space
    ? begin - 2
    : begin;
}

/** Where the name of a month or day in front of `mark` begins; `mark` if there is none. */
function dateWordBefore(mark: usize, from: usize): usize {
  let begin = mark - 1;
  if (begin < from || load<u8>(begin) !== space) return mark;
  while ((kindsAtPlace(begin - 1) & letter) !== 0 && mark - begin <= 10) begin -= 1;
  if (!isDateWord(begin, mark - 1)) return mark;
  return (kindsAtPlace(begin - 1) & atom) === 0 && load<u8>(begin - 1) !== wild ? begin : mark;
}

/** Takes away the unit of size at `mark`, which follows a masked number: programs choose it by the number. */
function dropUnit(mark: usize, end: usize): usize {
  let stop = mark;
  while (stop < end && stop - mark < 4 && (kindsAtPlace(stop) & letter) !== 0) stop += 1;
  if (stop === mark || (stop < end && isLetterOrDigit(stop))) return end;
  if (stop < end && load<u8>(stop) === wild) return end;
  if ((meaningOf(mark, stop) & sizeUnit) === 0) return end;
  memory.copy(mark - 1, stop, end - stop);
  return end - (stop - mark) - 1;
}
