import { isDigit, isSame, numberAt, secondsAt } from './bytes';
import {
  fieldEnds,
  fieldNumbers,
  fieldStarts,
  inputAt,
  jobEnd,
  jobStart,
  sentencesAt,
  setInt,
  setNumber,
} from './layout';

// Finds sentences with gaps in bytes. Sentences are whole numbers that `compileTemplates` makes:
//   of each table 256 places, by the first byte of a message, of a list: how many sentences, and the place of each;
//   of a sentence its number, its last byte or −1, which field is the job, whether it is open, how many fields it has, and then
//   literal, field, literal, …, literal: a literal as its place and its length, a field as its kind and its slot.
// Places are counted in bytes from the beginning of the sentences.

const fieldN: i32 = 1;
const fieldCode: i32 = 2;
const fieldSeconds: i32 = 3;
const fieldWord: i32 = 4;
const fieldToken: i32 = 5;
const fieldName: i32 = 6;
const fieldText: i32 = 7;
const fieldJob: i32 = 0;

/** Where the job stood. */
let foundStart: usize = 0;
let foundEnd: usize = 0;

function word(at: usize): i32 {
  return load<i32>(at);
}

function literalOf(sentence: usize, index: i32): usize {
  return sentence + 20 + <usize>(index << 4);
}

function fieldOf(sentence: usize, index: i32): usize {
  return literalOf(sentence, index) + 8;
}

/**
 * The number of the first sentence of `table` that stands from `at` to `end`, with what its fields hold in the record; −1 for
 * none. With a `job` of some length the job is known, and no other one is meant.
 */
export function findSentence(
  record: i32,
  table: i32,
  at: usize,
  end: usize,
  job: usize,
  jobLength: i32,
): i32 {
  if (at >= end) return -1;
  const list = word(sentencesAt + <usize>(((table << 8) + load<u8>(at)) << 2));
  if (list === 0) return -1;
  const lastByte = <i32>load<u8>(end - 1);
  const count = word(sentencesAt + list);
  for (let index = 0; index < count; index++) {
    const sentence = sentencesAt + word(sentencesAt + list + 4 + <usize>(index << 2));
    const ownLast = word(sentence + 4);
    if (ownLast >= 0 && ownLast !== lastByte) continue;
    if (!matches(record, sentence, at, end, job, jobLength)) continue;
    setInt(record, jobStart, <i32>(foundStart - inputAt));
    setInt(record, jobEnd, <i32>(foundEnd - inputAt));
    return word(sentence);
  }
  return -1;
}

function matches(record: i32, sentence: usize, at: usize, end: usize, job: usize, jobLength: i32): bool {
  const jobField = word(sentence + 8);
  const count = word(sentence + 16);
  const start = forwards(record, sentence, at, end, 0, jobField);
  if (start === 0) return false;
  foundStart = start;
  foundEnd = start;
  if (jobField === count) return start === end;
  if (jobLength > 0) {
    if (start + jobLength > end || !isSame(job, start, jobLength)) return false;
    foundEnd = start + jobLength;
    return forwards(record, sentence, foundEnd, end, jobField + 1, count) === end;
  }
  if (word(sentence + 12) !== 0) return search(record, sentence, start, end, jobField, count);
  foundEnd = backwards(record, sentence, start, end, count);
  return foundEnd > start;
}

/** From the literal `from` to before the field `to` (to the very end when there is none); where that ends, or 0. */
function forwards(record: i32, sentence: usize, start: usize, end: usize, from: i32, to: i32): usize {
  let at = start;
  for (let index = from; index <= to; index++) {
    const literal = literalOf(sentence, index);
    const length = word(literal + 4);
    if (at + length > end || !isSame(sentencesAt + word(literal), at, length)) return 0;
    at += length;
    if (index === to) return at;
    const field = fieldOf(sentence, index);
    const fieldKind = word(field);
    const fieldEnd = endOf(fieldKind, at, end, literalOf(sentence, index + 1));
    if (fieldEnd === 0 || !take(record, fieldKind, word(field + 4), at, fieldEnd)) return 0;
    at = fieldEnd;
  }
  return 0;
}

/** From the end of the line to the job; where it ends, or 0. */
function backwards(record: i32, sentence: usize, start: usize, end: usize, count: i32): usize {
  let at = end;
  for (let index = count; index > 0; index--) {
    const literal = literalOf(sentence, index);
    const length = word(literal + 4);
    if (at < start + length || !isSame(sentencesAt + word(literal), at - length, length)) return 0;
    at -= length;
    const field = fieldOf(sentence, index - 1);
    const fieldKind = word(field);
    if (fieldKind === fieldJob) return at;
    const fieldStart = startOf(fieldKind, start, at);
    if (fieldStart === 0 || !take(record, fieldKind, word(field + 4), fieldStart, at)) return 0;
    at = fieldStart;
  }
  return 0;
}

/** The job of an open sentence is as short as can be. */
function search(record: i32, sentence: usize, start: usize, end: usize, jobField: i32, count: i32): bool {
  const literal = literalOf(sentence, jobField + 1);
  const bytes = sentencesAt + word(literal);
  const length = word(literal + 4);
  const first = load<u8>(bytes);
  for (let at = start + 1; at + length <= end; at++) {
    if (load<u8>(at) !== first || !isSame(bytes, at, length)) continue;
    if (forwards(record, sentence, at, end, jobField + 1, count) !== end) continue;
    foundEnd = at;
    return true;
  }
  return false;
}

/** Where a field that begins at `at` ends, or 0: it takes as much as it can. */
function endOf(fieldKind: i32, at: usize, end: usize, next: usize): usize {
  if (fieldKind === fieldText) return end;
  if (fieldKind === fieldName) return end > at ? end : 0;
  let fieldEnd = fieldKind === fieldCode && load<u8>(at) === 0x2d ? at + 1 : at;
  while (fieldEnd < end && isOf(fieldKind, load<u8>(fieldEnd))) fieldEnd += 1;
  // A token takes the beginning of what follows as well, up to the first blank.
  if (fieldKind === fieldToken) fieldEnd -= lengthToBlank(next);
  return fieldEnd > at ? fieldEnd : 0;
}

function lengthToBlank(literal: usize): usize {
  const bytes = sentencesAt + word(literal);
  const length = word(literal + 4);
  for (let index = 0; index < length; index++) if (load<u8>(bytes + index) === 0x20) return index;
  return length;
}

/** Where a field that ends at `end` begins, or 0. */
function startOf(fieldKind: i32, start: usize, end: usize): usize {
  let at = end;
  while (at > start && isOf(fieldKind, load<u8>(at - 1))) at -= 1;
  if (at === end) return 0;
  return fieldKind === fieldCode && at > start && load<u8>(at - 1) === 0x2d ? at - 1 : at;
}

function isOf(fieldKind: i32, byte: u8): bool {
  if (isDigit(byte)) return true;
  if (fieldKind === fieldSeconds) return byte === 0x2e;
  if (fieldKind === fieldToken) return byte !== 0x20 && byte !== 0x09;
  if (fieldKind === fieldWord) return <u8>((byte | 0x20) - 0x61) < 26 || byte === 0x5f;
  return false;
}

/** Keeps what stands in a field; false when it is no number but should be one. */
function take(record: i32, fieldKind: i32, slot: i32, start: usize, end: usize): bool {
  let number: f64 = 0;
  if (fieldKind === fieldN) number = numberAt(start, end);
  else if (fieldKind === fieldSeconds) number = secondsAt(start, end);
  else if (fieldKind === fieldCode)
    number = load<u8>(start) === 0x2d ? 0 - numberAt(start + 1, end) : numberAt(start, end);
  else {
    setInt(record, fieldStarts + slot, <i32>(start - inputAt));
    setInt(record, fieldEnds + slot, <i32>(end - inputAt));
  }
  if (Number.isNaN(number)) return false;
  setNumber(record, fieldNumbers + slot, number);
  return true;
}
