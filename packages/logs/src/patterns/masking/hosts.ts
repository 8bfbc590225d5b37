import { byteOf, kind, kinds } from './bytes.ts';
import {
  fileEndings,
  hostEndings,
  hostEndingsBeforeCountry,
  packageBeginnings,
  packed,
} from './vocabulary.ts';

const dot = byteOf('.');
const hyphen = byteOf('-');
const at = byteOf('@');

/**
 * Is this the name of a host (`ns.example.com`, `p2-host.example.de`, `www.example.io`, `example.tv:443`)? Told by its last
 * part, by `www`, or by a port behind it, so that names of classes (`java.io.IOException`) and of files are none.
 */
export function isHost(line: Uint8Array, start: number, end: number): boolean {
  let lastDot = -1;
  let dotBefore = -1;
  let firstDot = -1;
  let hasDigit = false;
  for (let i = start; i < end; i++) {
    const byte = line[i]!;
    if (byte === dot) {
      if (i === start || line[i - 1] === dot) return false;
      if (firstDot < 0) {
        firstDot = i;
        if (packageBeginnings.has(packed(line, start, i))) return false;
      }
      dotBefore = lastDot;
      lastDot = i;
    } else if ((kinds[byte]! & kind.digit) !== 0) hasDigit = true;
    else if (byte !== hyphen && (byte >= 0x80 || (kinds[byte]! & kind.letter) === 0)) return false;
  }
  if (lastDot < 0 || lastDot === end - 1) return false;
  const ending = packed(line, lastDot + 1, end);
  if (hostEndings.has(ending) || isWww(line, start, firstDot)) return true;
  if (!fileEndings.has(ending) && isLetters(line, lastDot + 1, end) && isPortBehind(line, end)) return true;
  if (end - lastDot !== 3 || dotBefore < 0 || !isLetters(line, lastDot + 1, end)) return false;
  return hasDigit || hostEndingsBeforeCountry.has(packed(line, dotBefore + 1, lastDot));
}

function isWww(line: Uint8Array, start: number, firstDot: number): boolean {
  const w = byteOf('w');
  return firstDot - start === 3 && line[start] === w && line[start + 1] === w && line[start + 2] === w;
}

/** Do a colon and two to five digits follow, and then the end of the value? */
function isPortBehind(line: Uint8Array, end: number): boolean {
  if (line[end] !== byteOf(':')) return false;
  let i = end + 1;
  while (i - end < 8 && (kinds[line[i] ?? 0]! & kind.digit) !== 0) i += 1;
  const digits = i - end - 1;
  const next = kinds[line[i] ?? 0]!;
  return digits >= 2 && digits <= 5 && (next & (kind.letter | kind.colon)) === 0;
}

/** Is this a mail address? The atom is known to hold one `@` and a dot. */
export function isMailAddress(line: Uint8Array, start: number, end: number): boolean {
  const place = line.indexOf(at, start);
  if (place === start) return false;
  let dots = 0;
  for (let i = place + 1; i < end; i++) {
    const byte = line[i]!;
    if (byte === dot) {
      if (line[i - 1] === dot || i === place + 1 || i === end - 1) return false;
      dots += 1;
    } else if (byte !== hyphen && (kinds[byte]! & (kind.letter | kind.digit)) === 0) return false;
  }
  return dots > 0;
}

function isLetters(line: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((kinds[line[i]!]! & kind.letter) === 0) return false;
  return true;
}
