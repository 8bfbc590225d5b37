import { byteOf, joiners, kind, kinds, separators, wild } from './bytes.ts';
import { isDateWord } from './vocabulary.ts';

const minus = byteOf('-');
const plus = byteOf('+');

/**
 * Writes a masked value behind `length` bytes and returns the new length. What belongs to the value before it becomes one
 * with it: `10.0.0.1:80`, `1,2,3`, `job_12_m_3`, `10/Jan/2026`, and a sign.
 */
export function emitWild(masked: Uint8Array, length: number): number {
  const last = masked[length - 1]!;
  if (last === wild) return length;
  if (joiners[last] === 1) {
    const before = masked[length - 2]!;
    if (before === wild) return length - 1;
    if (before === last && masked[length - 3] === wild) return length - 2;
    if (separators[last] === 1) {
      const joined = behindShortPiece(masked, length);
      if (joined > 0) return joined;
    }
    if ((last === minus || last === plus) && !endsName(before)) {
      masked[length - 1] = wild;
      return length;
    }
  } else if (
    (kinds[last]! & kind.letter) !== 0 &&
    separators[masked[length - 2]!] === 1 &&
    masked[length - 3] === wild
  ) {
    return length - 2;
  }
  masked[length] = wild;
  return length + 1;
}

/** The length up to the masked value that only a short piece parts from the end: one or two letters, or a month. */
function behindShortPiece(masked: Uint8Array, length: number): number {
  let start = length - 1;
  while (length - start <= 10 && (kinds[masked[start - 1]!]! & kind.letter) !== 0) start -= 1;
  const letters = length - 1 - start;
  if (letters === 0 || separators[masked[start - 1]!] !== 1 || masked[start - 2] !== wild) return 0;
  return letters <= 2 || isDateWord(masked, start, length - 1) ? start - 1 : 0;
}

function endsName(byte: number): boolean {
  return byte === wild || (kinds[byte]! & (kind.letter | kind.digit)) !== 0;
}
