import { byteOf, kind, kinds } from './bytes.ts';

const colon = byteOf(':');
const slash = byteOf('/');
const backslash = byteOf('\\');
const comma = byteOf(',');
const hyphen = byteOf('-');

/** Where a path or URL that begins at `start` ends: `/etc/hosts`, `C:\x`, `hdfs://host/a?b=1`; `start` if none begins. */
export function pathEnd(line: Uint8Array, start: number, end: number): number {
  if (!beginsPath(line, start, end)) return start;
  let i = start;
  while (i < end && !stopsPath(line, i, end)) i += 1;
  while (i > start && isClosing(line, start, i)) i -= 1;
  return i - start > 1 && holdsName(line, start, i) ? i : start;
}

function beginsPath(line: Uint8Array, start: number, end: number): boolean {
  const byte = line[start]!;
  if (byte === slash) {
    const next = line[start + 1];
    if (next === undefined || start + 1 >= end || line[start - 1] === byteOf('<')) return false;
    return (
      (kinds[next]! & (kind.letter | kind.digit)) !== 0 ||
      next === byteOf('*') ||
      '_.-~%'.includes(String.fromCharCode(next))
    );
  }
  if ((kinds[byte]! & kind.letter) === 0) return false;
  if (line[start + 1] === colon && line[start + 2] === backslash) return start + 2 < end;
  let i = start + 1;
  while (i < end && isScheme(line[i]!)) i += 1;
  return i + 2 < end && line[i] === colon && line[i + 1] === slash && line[i + 2] === slash;
}

function isScheme(byte: number): boolean {
  return (kinds[byte]! & (kind.letter | kind.digit)) !== 0 || byte === 43 || byte === 45 || byte === 46;
}

function stopsPath(line: Uint8Array, place: number, end: number): boolean {
  const byte = line[place]!;
  if (byte === comma) return place + 1 >= end || (kinds[line[place + 1]!]! & kind.digit) === 0;
  return stops[byte] === 1;
}

const stops = new Uint8Array(256);
for (const character of '"\'<>;|\x1b') stops[byteOf(character)] = 1;

/** Is the last byte before `end` punctuation around the path rather than of it? */
function isClosing(line: Uint8Array, start: number, end: number): boolean {
  const byte = line[end - 1]!;
  switch (String.fromCharCode(byte)) {
    case '.':
    case ',':
    case ':':
    case '!':
    case '?':
      return true;
    case ')':
      return balance(line, start, end, byteOf('('), byte) < 0;
    case ']':
      return balance(line, start, end, byteOf('['), byte) < 0;
    case '}':
      return balance(line, start, end, byteOf('{'), byte) < 0;
    default:
      return false;
  }
}

function balance(line: Uint8Array, start: number, end: number, open: number, close: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) {
    if (line[i] === open) sum += 1;
    else if (line[i] === close) sum -= 1;
  }
  return sum;
}

function holdsName(line: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((kinds[line[i]!]! & (kind.letter | kind.digit)) !== 0) return true;
  return false;
}

/**
 * Where an identifier of hexadecimal groups ends (a UUID, a MAC or IPv6 address) or a time of day; `start` if none begins
 * there. `hasColon` says whether the word holds one at all.
 */
export function groupsEnd(line: Uint8Array, start: number, end: number, hasColon: boolean): number {
  let i = uuidEnd(line, start, end);
  if (i === start && hasColon) i = colonGroupsEnd(line, start, end);
  if (i === start || i >= end) return i;
  const next = line[i]!;
  const goesOn = (kinds[next]! & (kind.letter | kind.digit)) !== 0 || next === colon || next === byteOf('_');
  return goesOn ? start : i;
}

const uuidGroups = [8, 4, 4, 4, 12];

function uuidEnd(line: Uint8Array, start: number, end: number): number {
  if (end - start < 36 || line[start + 8] !== hyphen || line[start + 13] !== hyphen) return start;
  let i = start;
  for (const size of uuidGroups) {
    for (const stop = i + size; i < stop; i++) if ((kinds[line[i]!]! & kind.hex) === 0) return start;
    if (i < start + 36 && line[i] !== hyphen) return start;
    i += 1;
  }
  return start + 36;
}

function colonGroupsEnd(line: Uint8Array, start: number, end: number): number {
  let i = start;
  let colons = 0;
  let seen = 0;
  for (;;) {
    for (let size = 0; size < 4 && i < end && (kinds[line[i]!]! & kind.hex) !== 0; size++)
      seen |= kinds[line[i++]!]!;
    if (i >= end || line[i] !== colon) break;
    colons += 1;
    i += 1;
  }
  if (colons < 2 || (seen & kind.digit) === 0) return start;
  if (i < end && line[i] === byteOf('%')) return runEnd(line, i + 1, end, kind.letter | kind.digit);
  if (i + 1 < end && line[i] === byteOf('.') && (kinds[line[i + 1]!]! & kind.digit) !== 0)
    return runEnd(line, i + 1, end, kind.digit);
  return i;
}

function runEnd(line: Uint8Array, start: number, end: number, bits: number): number {
  let i = start;
  while (i < end && (kinds[line[i]!]! & bits) !== 0) i += 1;
  return i;
}
