import type { ByteStrings } from './byteStrings.ts';
import { find, secondsAt, startsWith } from './bytes.ts';
import type { FactPlace, LogFact } from './fact.ts';

/** Where a line's message is, and what its fact says besides. Used again for each line. */
export interface HotLine extends Mutable<FactPlace> {
  bytes: Buffer;
  at: number;
  end: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The three sentences that a run log has for every job, read from their bytes: most lines of a run log are of these, and
 * matching them as text would take ten times as long. Undefined for any other.
 */
export function hotSentence(line: HotLine, strings: ByteStrings): LogFact | undefined {
  const { bytes, at } = line;
  if (startsWith(bytes, at, starting)) return started(line, strings);
  if (startsWith(bytes, at, running)) return commanded(line, strings);
  if (startsWith(bytes, at, jobQuoted)) return succeeded(line, strings);
  return undefined;
}

/** Whether a line at INFO in a job's log may be a sentence of ours, and not output. */
export function mayBeJobSentence(bytes: Buffer, at: number): boolean {
  switch (bytes[at]) {
    case 0x4a:
      return startsWith(bytes, at, job);
    case 0x45:
      return startsWith(bytes, at, executing);
    case 0x50:
      return startsWith(bytes, at, preCheck) || startsWith(bytes, at, postCheck);
    default:
      return false;
  }
}

function started({ bytes, at, end, atMs, from, line, byteOffset, run }: HotLine, strings: ByteStrings) {
  if (bytes[end - 1] !== quote) return undefined;
  const job = strings.text(bytes, at + starting.length, end - 1);
  return { type: 'job.started' as const, job, atMs, from, line, byteOffset, run };
}

function commanded(
  { bytes, at, end, atMs, from, line, byteOffset, run }: HotLine,
  strings: ByteStrings,
): LogFact | undefined {
  const idStart = at + running.length;
  const idEnd = find(bytes, idStart, end, commandMark);
  if (idEnd < 0) return undefined;
  const job = strings.text(bytes, idStart, idEnd);
  const command = strings.text(bytes, idEnd + commandMark.length, end);
  return { type: 'job.command', job, command, atMs, from, line, byteOffset, run };
}

function succeeded(
  { bytes, at, end, atMs, from, line, byteOffset, run }: HotLine,
  strings: ByteStrings,
): LogFact | undefined {
  const numberEnd = end - seconds.length;
  if (!startsWith(bytes, numberEnd, seconds)) return undefined;
  let numberStart = numberEnd;
  while (numberStart > at && bytes[numberStart - 1] !== blank) numberStart -= 1;
  const idEnd = numberStart - completed.length;
  if (idEnd <= at || !startsWith(bytes, idEnd, completed)) return undefined;
  const durationMs = secondsAt(bytes, numberStart, numberEnd);
  if (durationMs === undefined) return undefined;
  const job = strings.text(bytes, at + jobQuoted.length, idEnd);
  return { type: 'job.succeeded', job, durationMs, atMs, from, line, byteOffset, run };
}

const starting = Buffer.from("Starting job '");
const running = Buffer.from('Running job: ');
const commandMark = Buffer.from(' Command: ');
const jobQuoted = Buffer.from("Job '");
const completed = Buffer.from("' completed successfully in ");
const seconds = Buffer.from(' seconds');
const executing = Buffer.from('Executing job - ');
const job = Buffer.from('Job ');
const preCheck = Buffer.from('Pre-check passed: ');
const postCheck = Buffer.from('Post-check passed: ');
const quote = 0x27;
const blank = 0x20;
