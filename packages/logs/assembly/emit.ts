import { digit, joiner, kindsAtPlace, letter, separator, wild } from './bytes';
import { hyphen, plus } from './characters';
import { isDateWord } from './words';

/**
 * Writes a masked value to `at` and returns the place behind it. What belongs to the value before it becomes one
 * with it: `10.0.0.1:80`, `1,2,3`, `job_12_m_3`, `10/Jan/2026`, and a sign.
 */
export function emitWild(at: usize): usize {
  const last = load<u8>(at - 1);
  if (last === wild) return at;
  const kinds = kindsAtPlace(at - 1);
  if ((kinds & joiner) !== 0) {
    const before = load<u8>(at - 2);
    if (before === wild) return at - 1;
    if (before === last && load<u8>(at - 3) === wild) return at - 2;
    if ((kinds & separator) !== 0) {
      const joined = behindShortPiece(at);
      if (joined > 0) return joined;
    }
    if ((last === hyphen || last === plus) && !endsName(at - 2)) {
      store<u8>(at - 1, wild);
      return at;
    }
  } else if (
    (kinds & letter) !== 0 &&
    (kindsAtPlace(at - 2) & separator) !== 0 &&
    load<u8>(at - 3) === wild
  ) {
    return at - 2;
  }
  store<u8>(at, wild);
  return at + 1;
}

/** The place behind the masked value that only a short piece parts from the end: one or two letters, or a month. */
function behindShortPiece(at: usize): usize {
  let start = at - 1;
  while (at - start <= 10 && (kindsAtPlace(start - 1) & letter) !== 0) start -= 1;
  const letters = at - 1 - start;
  if (letters === 0 || (kindsAtPlace(start - 1) & separator) === 0 || load<u8>(start - 2) !== wild) return 0;
  return letters <= 2 || isDateWord(start, at - 1) ? start - 1 : 0;
}

function endsName(at: usize): bool {
  return load<u8>(at) === wild || (kindsAtPlace(at) & (letter | digit)) !== 0;
}
