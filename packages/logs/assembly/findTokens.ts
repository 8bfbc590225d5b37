import { hashOf } from '../../engine/assembly/hash';
import { wild } from './bytes';
import { endsAt, flagsAt, formAt, hashesAt, marksAt, masksAt, startsAt, tokensMax } from './layout';

const blank: u8 = 32;
const doubleQuote: u8 = 34;
const singleQuote: u8 = 39;
const equals: u8 = 61;

const valueFlag: u8 = 1;
const spacedFlag: u8 = 2;

/** The mark of all tokens that do not begin with ASCII. */
const manyMarks: u8 = 0x80;

let count: i32 = 0;

/**
 * Finds the tokens of a masked line and returns how many these are. Where something could stand and does not, there is an empty
 * value: between brackets that touch (`()`) and behind an equals sign (`user= host=x`), so that lines with and without it have the
 * same form.
 */
export function findTokens(start: usize, end: usize): i32 {
  count = 0;
  let closingQuote: usize = 0;
  for (let at = start; at < end && count < tokensMax; ) {
    const byte = load<u8>(at);
    if (byte === blank) {
      at += 1;
      continue;
    }
    const spaced: u8 = at > start && load<u8>(at - 1) === blank ? spacedFlag : 0;
    if (isAtom(at, end)) {
      let stop = at + 1;
      let seen = looksAt(at);
      while (stop < end && isAtom(stop, end)) seen |= looksAt(stop++);
      const isWhole = (looksAt(at) & front) === 0 && (looksAt(stop - 1) & back) === 0;
      if (isWhole && (seen & name) !== 0) add(at, stop, valueFlag | spaced);
      else addAtom(at, stop, spaced);
      at = stop;
      continue;
    }
    const isQuote = byte === doubleQuote || byte === singleQuote;
    const close = isQuote && at !== closingQuote ? closingOf(at, end) : 0;
    if (close > 0 && !(at > start && isAlphanumeric(at - 1))) {
      add(at, at + 1, spaced);
      add(at + 1, close, valueFlag);
      add(close, close + 1, 0);
      at = close + 1;
      continue;
    }
    // An apostrophe within a word; what would close it is one too.
    if (close > 0) closingQuote = close;
    const stop = min(end, at + sizeOf(at, end));
    addMark(at, stop, end, spaced);
    at = stop;
  }
  count = min(count, tokensMax);
  putFormHash();
  return count;
}

/** Puts of the tokens that were found last their hashes, and whether there is a masked value in each. */
export function hashTokens(): void {
  for (let token = 0; token < count; token++) {
    const start = <usize>load<i32>(startsAt + (token << 2));
    const end = <usize>load<i32>(endsAt + (token << 2));
    store<i32>(hashesAt + (token << 2), hashOf(start, end));
    store<u8>(masksAt + token, holdsMask(start, end) ? 1 : 0);
  }
}

function add(start: usize, end: usize, flags: u8): void {
  store<i32>(startsAt + (count << 2), <i32>start);
  store<i32>(endsAt + (count << 2), <i32>end);
  store<u8>(flagsAt + count, flags);
  store<u8>(marksAt + count, min(manyMarks, load<u8>(start)));
  count += 1;
}

/** A number for what all lines of one form share: the marks, and where the values stand. */
function putFormHash(): void {
  let form = count;
  for (let token = 0; token < count; token++)
    form = mixedForm(form, load<u8>(flagsAt + token), load<u8>(marksAt + token));
  store<i32>(formAt, form);
}

/** As `mixForm` of `src/patterns/grouping/token.ts`. */
function mixedForm(form: i32, flags: u8, mark: u8): i32 {
  const spaced = (flags & spacedFlag) !== 0 ? 1 : 0;
  const sort: i32 = (flags & valueFlag) !== 0 ? spaced : <i32>mark * 4 + spaced + 2;
  return ((form ^ sort) * <i32>0x9e3779b1) ^ (form >>> 15);
}

function holdsMask(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if (load<u8>(at) === wild) return true;
  return false;
}

/** Where the quotation mark is that closes the one at `start`; 0 if none does: none behind a blank or before a letter. */
function closingOf(start: usize, end: usize): usize {
  let at = start + 1;
  while (at < end && load<u8>(at) !== blank && load<u8>(at) !== doubleQuote && load<u8>(at) !== singleQuote)
    at += 1;
  if (at >= end || load<u8>(at) !== load<u8>(start)) return 0;
  return at + 1 < end && isAlphanumeric(at + 1) ? 0 : at;
}

/** An atom without the punctuation at its ends. */
function addAtom(start: usize, end: usize, spaced: u8): void {
  let core = start;
  while (core < end && (looksAt(core) & front) !== 0) core += 1;
  if (core === end) core = start;
  let coreEnd = end;
  while (coreEnd > core && (looksAt(coreEnd - 1) & back) !== 0) coreEnd -= 1;
  const isValue = holdsName(core, coreEnd);
  for (let at = start; at < end; at++) {
    if (isValue && at === core) {
      add(core, coreEnd, valueFlag | (core === start ? spaced : 0));
      at = coreEnd - 1;
    } else add(at, at + 1, at === start ? spaced : 0);
  }
}

function addMark(start: usize, stop: usize, end: usize, spaced: u8): void {
  const last = count - 1;
  const opening = openingOf(load<u8>(start));
  if (
    opening !== 0 &&
    spaced === 0 &&
    last >= 0 &&
    (load<u8>(flagsAt + last) & valueFlag) === 0 &&
    load<u8>(<usize>load<i32>(startsAt + (last << 2))) === opening
  )
    add(start, start, valueFlag);
  add(start, stop, spaced);
  if (load<u8>(start) === equals && isValueMissing(stop, end, spaced)) add(stop, stop, valueFlag);
}

/** Does nothing stand behind an equals sign: the end, a closing mark, or the next key? */
function isValueMissing(start: usize, end: usize, spaced: u8): bool {
  if (start >= end || (looksAt(start) & closing) !== 0) return true;
  if (spaced !== 0 || load<u8>(start) !== blank) return false;
  let at = start + 1;
  const stop = min(end, start + keyMax);
  while (at < stop && (looksAt(at) & key) !== 0) at += 1;
  return at > start + 1 && at < stop && load<u8>(at) === equals;
}

const keyMax: usize = 99;

function holdsName(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if ((looksAt(at) & name) !== 0) return true;
  return false;
}

function isAlphanumeric(at: usize): bool {
  return (looksAt(at) & alphanumeric) !== 0;
}

function isAtom(at: usize, end: usize): bool {
  return (looksAt(at) & atom) !== 0 && (load<u8>(at) < 0xf0 || sizeOf(at, end) === 1);
}

/** The bytes of a character: a pictograph and what else has four bytes in UTF-8 is a mark of its own. */
function sizeOf(start: usize, end: usize): usize {
  const byte = load<u8>(start);
  if (byte < 0xf0 || byte > 0xf4 || start + 4 > end) return 1;
  for (let at = start + 1; at < start + 4; at++) if ((load<u8>(at) & 0xc0) !== 0x80) return 1;
  return 4;
}

const alphanumeric: u8 = 1;
const atom: u8 = 2;
/** Makes a value of an atom. */
const name: u8 = 4;
const front: u8 = 8;
const back: u8 = 16;
const closing: u8 = 32;
const key: u8 = 64;

const looks: usize = memory.data(256, 16);

markAs('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', alphanumeric | atom | name | key);
markAs('\0', atom | name);
for (let byte = 0x80; byte < 256; byte++) store<u8>(looks + byte, atom | name);
markAs('_.-/\\@+%~$', atom);
markAs('.@+~$-', front);
markAs('./\\@~$', back);
markAs(',;)]}', closing);
markAs('_.-', key);

function markAs(characters: string, bits: u8): void {
  for (let index = 0; index < characters.length; index++) {
    const at = looks + characters.charCodeAt(index);
    store<u8>(at, load<u8>(at) | bits);
  }
}

function looksAt(at: usize): u8 {
  return load<u8>(looks + <usize>load<u8>(at));
}

/** The mark that a closing one closes: `(` of `)`; 0 of others. */
function openingOf(byte: u8): u8 {
  if (byte === 41) return 40;
  return byte === 93 || byte === 125 || byte === 62 ? byte - 2 : 0;
}
