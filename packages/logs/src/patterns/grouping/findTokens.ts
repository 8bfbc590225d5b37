import { isSpacedFlag, isValueFlag, type LineTokens, maxTokens } from './lineTokens.ts';
import { manyMarks } from './token.ts';

const blank = 32;
const doubleQuote = 34;
const singleQuote = 39;
const equals = 61;

/**
 * Finds the tokens of a masked line. Where something could stand and does not, there is an empty value: between brackets that
 * touch (`()`) and behind an equals sign (`user= host=x`), so that lines with and without it have the same form. Hashes and masks
 * are not put.
 */
export function findTokens(masked: Uint8Array, start: number, end: number, line: LineTokens): void {
  line.count = 0;
  let closingQuote = -1;
  for (let i = start; i < end && line.count < maxTokens; ) {
    const byte = masked[i]!;
    if (byte === blank) {
      i += 1;
      continue;
    }
    const spaced = i > start && masked[i - 1] === blank ? isSpacedFlag : 0;
    if (isAtom(masked, i, end)) {
      let stop = i + 1;
      while (stop < end && isAtom(masked, stop, end)) stop += 1;
      addAtom(line, masked, i, stop, spaced);
      i = stop;
      continue;
    }
    const close =
      (byte === doubleQuote || byte === singleQuote) && i !== closingQuote ? quoteEnd(masked, i, end) : -1;
    if (close >= 0 && !(i > start && isAlphanumeric(masked[i - 1]!))) {
      add(line, masked, i, i + 1, spaced);
      add(line, masked, i + 1, close, isValueFlag);
      add(line, masked, close, close + 1, 0);
      i = close + 1;
      continue;
    }
    // An apostrophe within a word; what would close it is one too.
    if (close >= 0) closingQuote = close;
    const stop = Math.min(end, i + sizeOf(masked, i, end));
    addMark(line, masked, i, stop, end, spaced);
    i = stop;
  }
  line.count = Math.min(line.count, maxTokens);
}

function add(line: LineTokens, masked: Uint8Array, start: number, end: number, flags: number): void {
  const place = line.count++;
  line.starts[place] = start;
  line.ends[place] = end;
  line.flags[place] = flags;
  line.marks[place] = Math.min(manyMarks, masked[start]!);
}

/** Where the quotation mark is that closes the one at `start`; -1 if none does: none behind a blank or before a letter. */
function quoteEnd(masked: Uint8Array, start: number, end: number): number {
  let i = start + 1;
  while (i < end && masked[i] !== blank && masked[i] !== doubleQuote && masked[i] !== singleQuote) i += 1;
  if (i >= end || masked[i] !== masked[start]) return -1;
  return i + 1 < end && isAlphanumeric(masked[i + 1]!) ? -1 : i;
}

/** An atom without the punctuation at its ends. */
function addAtom(line: LineTokens, masked: Uint8Array, start: number, end: number, spaced: number): void {
  let core = start;
  while (core < end && (looks[masked[core]!]! & front) !== 0) core += 1;
  if (core === end) core = start;
  let coreEnd = end;
  while (coreEnd > core && (looks[masked[coreEnd - 1]!]! & back) !== 0) coreEnd -= 1;
  const isValue = holdsName(masked, core, coreEnd);
  for (let i = start; i < end; i++) {
    if (isValue && i === core) {
      add(line, masked, core, coreEnd, isValueFlag | (core === start ? spaced : 0));
      i = coreEnd - 1;
    } else add(line, masked, i, i + 1, i === start ? spaced : 0);
  }
}

function addMark(
  line: LineTokens,
  masked: Uint8Array,
  start: number,
  stop: number,
  end: number,
  spaced: number,
): void {
  const last = line.count - 1;
  const opening = openings[masked[start]!]!;
  if (
    opening !== 0 &&
    spaced === 0 &&
    last >= 0 &&
    (line.flags[last]! & isValueFlag) === 0 &&
    masked[line.starts[last]!] === opening
  )
    add(line, masked, start, start, isValueFlag);
  add(line, masked, start, stop, spaced);
  if (masked[start] === equals && isValueMissing(masked, stop, end, spaced))
    add(line, masked, stop, stop, isValueFlag);
}

/** Does nothing stand behind an equals sign: the end, a closing mark, or the next key? */
function isValueMissing(masked: Uint8Array, start: number, end: number, spaced: number): boolean {
  if (start >= end || (looks[masked[start]!]! & closing) !== 0) return true;
  if (spaced !== 0 || masked[start] !== blank) return false;
  let i = start + 1;
  const stop = Math.min(end, start + maxKeyBytes);
  while (i < stop && (looks[masked[i]!]! & key) !== 0) i += 1;
  return i > start + 1 && i < stop && masked[i] === equals;
}

const maxKeyBytes = 99;

function holdsName(masked: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((looks[masked[i]!]! & name) !== 0) return true;
  return false;
}

function isAlphanumeric(byte: number): boolean {
  return (looks[byte]! & alphanumeric) !== 0;
}

function isAtom(masked: Uint8Array, place: number, end: number): boolean {
  const byte = masked[place]!;
  return (looks[byte]! & atom) !== 0 && (byte < 0xf0 || sizeOf(masked, place, end) === 1);
}

/** The bytes of a character: a pictograph and what else has four bytes in UTF-8 is a mark of its own. */
function sizeOf(masked: Uint8Array, place: number, end: number): number {
  const byte = masked[place]!;
  if (byte < 0xf0 || byte > 0xf4 || place + 4 > end) return 1;
  for (let i = place + 1; i < place + 4; i++) if ((masked[i]! & 0xc0) !== 0x80) return 1;
  return 4;
}

const alphanumeric = 1;
const atom = 2;
/** Makes a value of an atom. */
const name = 4;
const front = 8;
const back = 16;
const closing = 32;
const key = 64;

const looks = makeLooks();
const openings = makeOpenings();

function makeLooks(): Uint8Array {
  const table = new Uint8Array(256);
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  const mark = (characters: string, bits: number): void => {
    for (const character of characters) table[character.charCodeAt(0)]! |= bits;
  };
  mark(letters, alphanumeric | atom | name | key);
  mark('\0', atom | name);
  for (let byte = 0x80; byte < 256; byte++) table[byte]! |= atom | name;
  mark('_.-/\\@+%~$', atom);
  mark('.@+~$-', front);
  mark('./\\@~$', back);
  mark(',;)]}', closing);
  mark('_.-', key);
  return table;
}

function makeOpenings(): Uint8Array {
  const table = new Uint8Array(256);
  for (const pair of ['()', '[]', '{}', '<>']) table[pair.charCodeAt(1)] = pair.charCodeAt(0);
  return table;
}
