import { digit, kindsAtPlace, letter } from './bytes';
import { wordSlots, wordsAt } from './layout';

// What a word means; `src/patterns/masking/words.ts` has the same.
/** A name that has digits in it and is a name all the same. */
export const nameWithDigits: u32 = 1;
export const hostEnding: u32 = 2;
export const hostEndingBeforeCountry: u32 = 4;
export const fileEnding: u32 = 8;
export const packageBeginning: u32 = 16;
export const unit: u32 = 32;
export const sizeUnit: u32 = 64;
/** The name of a month or of a day of the week, long or short. */
const dateWord: u32 = 128;
/** Such a name without its ninth letter. */
const dateWordBeforeR: u32 = 256;
const dateWordBeforeY: u32 = 512;
/** From this bit on the level that it names. */
const levelShift: u32 = 16;

/** What a word of up to eight ASCII letters and digits means, whatever its case; 0 for nothing, or what is no such word. */
export function meaningOf(start: usize, end: usize): u32 {
  if (end - start > 8 || end === start) return 0;
  const key = packed(start, end);
  if (key === 0) return 0;
  let slot = slotOf(key);
  while (true) {
    const at = wordsAt + ((<usize>slot) << 4);
    const found = load<u64>(at);
    if (found === key) return load<u32>(at + 8);
    if (found === 0) return 0;
    slot = (slot + 1) & (wordSlots - 1);
  }
}

/** Six bits a character; 0 for what is neither letters nor digits. */
function packed(start: usize, end: usize): u64 {
  let key: u64 = 0;
  for (let at = start; at < end; at++) {
    const byte = <u32>load<u8>(at);
    if (byte >= 0x80 || (kindsAtPlace(at) & (letter | digit)) === 0) return 0;
    key = (key << 6) | (byte <= 57 ? byte - 47 : (byte | 32) - 85);
  }
  return key;
}

function slotOf(key: u64): i32 {
  return <i32>(((<u32>key ^ <u32>(key >> 21)) * <u32>0x9e3779b1) >> 22);
}

export function levelNamed(start: usize, end: usize): i32 {
  return <i32>(meaningOf(start, end) >> levelShift);
}

/** Is this word the name of a month or of a day of the week, long or short, with a capital? */
export function isDateWord(start: usize, end: usize): bool {
  const length = end - start;
  if (length < 3 || length > 9 || !isCapital(start)) return false;
  for (let at = start + 1; at < end; at++) if (<u8>(load<u8>(at) - 97) > 25) return false;
  if (length < 9) return (meaningOf(start, end) & dateWord) !== 0;
  const last = load<u8>(end - 1);
  const wanted = last === 114 ? dateWordBeforeR : last === 121 ? dateWordBeforeY : 0;
  return (meaningOf(start, end - 1) & wanted) !== 0;
}

function isCapital(at: usize): bool {
  return <u8>(load<u8>(at) - 65) < 26;
}
