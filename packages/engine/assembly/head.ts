import { isDigit, isSame, numberAt, stands, two } from './bytes';
import { minuteMs as minuteOf } from './host';

// What stands before the message of a line: a stamp, a level, and in application logs the run.

/** 0 for a line without a stamp and a level, 1 of a run log, 2 of an application log, 3 of a job's log. */
export let headKind: i32 = 0;
/** 0 DEBUG, 1 INFO, 2 WARNING, 3 ERROR, 4 CRITICAL. */
export let headLevel: i32 = 0;
/** NaN where the line names none, as `[RUN #main]`. */
export let headRun: f64 = NaN;
export let headAtMs: f64 = NaN;

/** Of `2026-01-02 03:04`. */
const minuteLength: i32 = 16;
/** Of `2026-01-02 03:04:05`, and with ` - ` behind it. */
const secondLength: i32 = 19;
const stampMin: i32 = 22;

/** The minute that was read last. */
const minuteBytes: usize = memory.data(16);
let minuteMs: f64 = NaN;
let lastMs: f64 = NaN;

/** The latest heads, of a stamp to the second and to the millisecond, and what they said besides their time. */
const latestMax: i32 = 128;
const latestBytes: usize = memory.data(2 * 128);
const latestLengths: usize = memory.data(2 * 4);
const latestKinds: usize = memory.data(2 * 4);
const latestLevels: usize = memory.data(2 * 4);
const latestRuns: usize = memory.data(2 * 8);

/** To be called before another text is read. */
export function forgetHeads(): void {
  minuteMs = NaN;
  lastMs = NaN;
  store<u8>(minuteBytes, 0);
  store<i32>(latestLengths, 0);
  store<i32>(latestLengths, 0, 4);
}

/** Where the message begins; 0 for a line without a stamp and a level. */
export function readHead(at: usize, end: usize): usize {
  headKind = 0;
  if (at + stampMin > end || !isTime(at)) return 0;
  const isFine = load<u8>(at + secondLength) === 0x2c;
  if (isFine && !isFraction(at)) return 0;
  if (!isMinuteOfLast(at) && !readMinute(at)) return 0;
  lastMs = minuteMs + <f64>(two(at + 17) * 1000);
  headAtMs = isFine ? lastMs + <f64>(two(at + 20) * 10 + <i32>load<u8>(at + 22) - 0x30) : lastMs;
  const restAt = at + secondLength + (isFine ? 4 : 0);
  const known = readKnown(restAt, end, isFine);
  return known !== 0 ? known : readAnew(restAt, end, isFine);
}

/** Whether seconds stand behind a minute, whatever that is. */
function isTime(at: usize): bool {
  return load<u8>(at + minuteLength) === 0x3a && isDigit(load<u8>(at + 17)) && isDigit(load<u8>(at + 18));
}

function isFraction(at: usize): bool {
  return isDigit(load<u8>(at + 20)) && isDigit(load<u8>(at + 21)) && isDigit(load<u8>(at + 22));
}

function isMinuteOfLast(at: usize): bool {
  return load<u64>(at, 0, 1) === load<u64>(minuteBytes) && load<u64>(at, 8, 1) === load<u64>(minuteBytes, 8);
}

function readMinute(at: usize): bool {
  for (let index = 0; index < minuteLength; index++) {
    const byte = load<u8>(at + index);
    if (index === 4 || index === 7) {
      if (byte !== 0x2d) return false;
    } else if (index === 10) {
      if (byte !== 0x20) return false;
    } else if (index === 13) {
      if (byte !== 0x3a) return false;
    } else if (!isDigit(byte)) return false;
  }
  const year = two(at) * 100 + two(at + 2);
  minuteMs = minuteOf(year, two(at + 5), two(at + 8), two(at + 11), two(at + 14), lastMs);
  memory.copy(minuteBytes, at, minuteLength);
  return true;
}

/** Most lines have the same behind their stamp as an earlier one. */
function readKnown(at: usize, end: usize, isFine: bool): usize {
  const slot = <usize>isFine;
  const length = load<i32>(latestLengths + (slot << 2));
  if (length === 0 || at + length > end || !isSame(latestBytes + slot * latestMax, at, length)) return 0;
  headKind = load<i32>(latestKinds + (slot << 2));
  // A run log's head is the beginning of an application log's.
  if (headKind === 1 && stands('[RUN #', at + length, end)) return 0;
  headLevel = load<i32>(latestLevels + (slot << 2));
  headRun = load<f64>(latestRuns + (slot << 3));
  return at + length;
}

function readAnew(at: usize, end: usize, isFine: bool): usize {
  if (!stands(' - ', at, end)) return 0;
  let message = readLevel(at + 3, end);
  if (message === 0) return 0;
  headRun = NaN;
  headKind = isFine ? 3 : 1;
  if (!isFine && stands('[RUN #', message, end)) message = readRun(message + 6, end);
  const length = <i32>(message - at);
  if (message <= end && length <= latestMax) remember(at, length, <usize>isFine);
  return message;
}

function remember(at: usize, length: i32, slot: usize): void {
  memory.copy(latestBytes + slot * latestMax, at, length);
  store<i32>(latestLengths + (slot << 2), length);
  store<i32>(latestKinds + (slot << 2), headKind);
  store<i32>(latestLevels + (slot << 2), headLevel);
  store<f64>(latestRuns + (slot << 3), headRun);
}

/** `7] `, from where the number begins. */
function readRun(at: usize, end: usize): usize {
  const start = at;
  while (at < end && load<u8>(at) !== 0x5d) at += 1;
  headKind = 2;
  headRun = numberAt(start, at);
  return at + 2;
}

/** `INFO - `; a terminal shows errors in red. Where it ends, or 0. */
function readLevel(at: usize, end: usize): usize {
  const isRed = stands('\x1b[31m', at, end);
  if (isRed) at += 5;
  const behind = levelEnd(at, end);
  if (behind === 0) return 0;
  const next = isRed ? (stands('\x1b[0m', behind, end) ? behind + 4 : 0) : behind;
  return next !== 0 && stands(' - ', next, end) ? next + 3 : 0;
}

function levelEnd(at: usize, end: usize): usize {
  if (stands('INFO', at, end)) return levelFound(1, at + 4);
  if (stands('ERROR', at, end)) return levelFound(3, at + 5);
  if (stands('WARNING', at, end)) return levelFound(2, at + 7);
  if (stands('DEBUG', at, end)) return levelFound(0, at + 5);
  if (stands('CRITICAL', at, end)) return levelFound(4, at + 8);
  return 0;
}

function levelFound(level: i32, behind: usize): usize {
  headLevel = level;
  return behind;
}
