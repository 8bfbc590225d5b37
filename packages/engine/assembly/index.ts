import { newlineFrom } from './bytes';
import { hashOf } from './hash';
import { forgetHeads, headAtMs, headKind, headLevel, headRun, readHead } from './head';
import {
  atMs,
  getInt,
  inputAt,
  jobAt,
  jobEnd,
  jobHash,
  jobStart,
  kind,
  level,
  lineEnd,
  lineStart,
  messageAt,
  messageHash,
  recordsMax,
  run,
  sentence,
  setInt,
  setNumber,
} from './layout';
import { findSentence } from './template';

export {
  inputAt,
  inputMax,
  intsAt,
  jobAt,
  jobMax,
  numbersAt,
  recordsMax,
  sentencesAt,
  sentencesMax,
} from './layout';
export { forgetHeads };

/** Behind the last line that `scan` has read. */
export let scannedTo: i32 = 0;

const levelInfo: i32 = 1;
/** The table of the sentences of run logs and application logs. */
const tableOfRuns: i32 = 0;

/**
 * Reads the lines between two places of the input, each ended by a newline, and makes a record of each; as many as there is room
 * for. Returns how many these are.
 */
export function scan(start: i32, end: i32): i32 {
  const stop = inputAt + end;
  let at = inputAt + start;
  let count = 0;
  while (at < stop && count < recordsMax) {
    const newline = newlineFrom(at, stop);
    readLine(count, at, newline);
    count += 1;
    at = newline + 1;
  }
  scannedTo = <i32>(at - inputAt);
  return count;
}

function readLine(record: i32, start: usize, newline: usize): void {
  const end = newline > start && load<u8>(newline - 1) === 0x0d ? newline - 1 : newline;
  setInt(record, lineStart, <i32>(start - inputAt));
  setInt(record, lineEnd, <i32>(end - inputAt));
  const message = readHead(start, end);
  setInt(record, kind, headKind);
  if (message === 0) return;
  setInt(record, level, headLevel);
  setInt(record, messageAt, <i32>(message - inputAt));
  setNumber(record, atMs, headAtMs);
  if (headKind === 3) return;
  setNumber(record, run, headRun);
  const found = findSentence(record, tableOfRuns, message, end, 0, 0);
  setInt(record, sentence, found);
  if (found < 0) {
    if (headLevel > levelInfo) setInt(record, messageHash, hashOf(message, end));
    return;
  }
  setInt(record, jobHash, hashOf(inputAt + getInt(record, jobStart), inputAt + getInt(record, jobEnd)));
}

/**
 * Which sentence of a table a message of the input is, with its fields in the last record. `jobLength` bytes of the job's id stand
 * at `jobAt`; 0 where the job is not known.
 */
export function find(table: i32, start: i32, end: i32, jobLength: i32): i32 {
  return findSentence(recordsMax, table, inputAt + start, inputAt + end, jobAt, jobLength);
}
