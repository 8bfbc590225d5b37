import { colon, digit, isLetterOrDigit, kindsAtPlace, letter } from './bytes';
import { atSign, colonByte, dot, hyphen, w } from './characters';
import { fileEnding, hostEnding, hostEndingBeforeCountry, meaningOf, packageBeginning } from './words';

/**
 * Is this the name of a host (`ns.example.com`, `p2-host.example.de`, `www.example.io`, `example.tv:443`)? Told by its last
 * part, by `www`, or by a port behind it, so that names of classes (`java.io.IOException`) and of files are none.
 */
export function isHost(start: usize, end: usize): bool {
  let lastDot: usize = 0;
  let dotBefore: usize = 0;
  let firstDot: usize = 0;
  let hasDigit = false;
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    if (byte === dot) {
      if (at === start || load<u8>(at - 1) === dot) return false;
      if (firstDot === 0) {
        firstDot = at;
        if ((meaningOf(start, at) & packageBeginning) !== 0) return false;
      }
      dotBefore = lastDot;
      lastDot = at;
    } else if ((kindsAtPlace(at) & digit) !== 0) hasDigit = true;
    else if (byte !== hyphen && (byte >= 0x80 || (kindsAtPlace(at) & letter) === 0)) return false;
  }
  if (lastDot === 0 || lastDot === end - 1) return false;
  const ending = meaningOf(lastDot + 1, end);
  if ((ending & hostEnding) !== 0 || isWww(start, firstDot)) return true;
  const hasLettersLast = areLetters(lastDot + 1, end);
  if ((ending & fileEnding) === 0 && hasLettersLast && isPortBehind(end)) return true;
  if (end - lastDot !== 3 || dotBefore === 0 || !hasLettersLast) return false;
  return hasDigit || (meaningOf(dotBefore + 1, lastDot) & hostEndingBeforeCountry) !== 0;
}

function isWww(start: usize, firstDot: usize): bool {
  return (
    firstDot - start === 3 && load<u8>(start) === w && load<u8>(start + 1) === w && load<u8>(start + 2) === w
  );
}

/** Do a colon and two to five digits follow, and then the end of the value? */
function isPortBehind(end: usize): bool {
  if (load<u8>(end) !== colonByte) return false;
  let at = end + 1;
  while (at - end < 8 && (kindsAtPlace(at) & digit) !== 0) at += 1;
  const digits = at - end - 1;
  return digits >= 2 && digits <= 5 && (kindsAtPlace(at) & (letter | colon)) === 0;
}

/** Is this a mail address? The atom is known to hold one `@` and a dot. */
export function isMailAddress(start: usize, end: usize): bool {
  let place = start;
  while (load<u8>(place) !== atSign) place += 1;
  if (place === start) return false;
  let dots = 0;
  for (let at = place + 1; at < end; at++) {
    const byte = load<u8>(at);
    if (byte === dot) {
      if (load<u8>(at - 1) === dot || at === place + 1 || at === end - 1) return false;
      dots += 1;
    } else if (byte !== hyphen && !isLetterOrDigit(at)) return false;
  }
  return dots > 0;
}

function areLetters(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if ((kindsAtPlace(at) & letter) === 0) return false;
  return true;
}
