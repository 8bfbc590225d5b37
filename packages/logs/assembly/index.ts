import { newlineFrom } from '../../engine/assembly/bytes';
import { hashText, high, low } from './hash';
import { headerLevel, headerStampEnd, headerStampStart, readHeader } from './header';
import {
  hashHigh,
  hashLow,
  level,
  lineEnd,
  lineMax,
  lineStart,
  maskedAt,
  maskedEnd,
  maskedFront,
  maskedSize,
  maskedStart,
  messageAt,
  recordsMax,
  setInt,
  stampEnd,
  stampStart,
} from './layout';
import { maskLine } from './maskLine';

export { hashOf } from '../../engine/assembly/hash';
export { findTokens, hashTokens } from './findTokens';
export {
  endsAt,
  flagsAt,
  formAt,
  hashesAt,
  inputAt,
  inputMax,
  keptAt,
  marksAt,
  masksAt,
  recordsAt,
  recordsMax,
  startsAt,
  tokensMax,
  tokensRoom,
  wordsAt,
} from './layout';

/** Behind the last line that `scan` has read. */
export let scannedTo: usize = 0;

/** Where the next masked line goes. */
let room: usize = 0;

/**
 * Reads the lines between two places, each ended by a newline, and makes a record of each; as many as there is room for. Returns how
 * many these are. With `raw` each whole line is a message.
 */
export function scan(start: usize, end: usize, raw: bool): i32 {
  room = maskedAt;
  let at = start;
  let count = 0;
  while (at < end && count < recordsMax && hasRoom()) {
    const newline = newlineFrom(at, end);
    readLine(count, at, newline, raw);
    count += 1;
    at = newline + 1;
  }
  scannedTo = at;
  return count;
}

/** Makes the first record of one line, whatever it holds. */
export function scanOne(start: usize, end: usize, raw: bool): void {
  room = maskedAt;
  readLine(0, start, end, raw);
}

/** With what grows of a line when it is masked: nothing, but for blanks in front. */
function hasRoom(): bool {
  return room + maskedFront + lineMax + 16 <= maskedAt + maskedSize;
}

function readLine(record: i32, start: usize, end: usize, raw: bool): void {
  const message = raw ? start : readHeader(start, end);
  setInt(record, lineStart, <i32>start);
  setInt(record, lineEnd, <i32>end);
  setInt(record, messageAt, <i32>message);
  setInt(record, stampStart, <i32>(raw ? start : headerStampStart));
  setInt(record, stampEnd, <i32>(raw ? start : headerStampEnd));
  setInt(record, level, raw ? 0 : headerLevel);
  const masked = room + maskedFront;
  for (let at = room; at < masked; at += 4) store<u32>(at, 0x20202020);
  const stop = maskLine(message, end, masked);
  setInt(record, maskedStart, <i32>masked);
  setInt(record, maskedEnd, <i32>stop);
  hashText(masked, stop);
  // Where a number of 32 bits may stand.
  room = (stop + 3) & ~3;
  setInt(record, hashLow, low);
  setInt(record, hashHigh, high);
}
