import type { ByteStrings } from './byteStrings.ts';
import { find, secondsAt, startsWith } from './bytes.ts';
import type { JobFact } from './fact.ts';

/**
 * The three sentences that a run log has for every job, read from the bytes between `at` and `end`: most lines of a run
 * log are of these, and matching them as text would take ten times as long. Undefined for any other.
 */
export function hotSentence(
  bytes: Buffer,
  at: number,
  end: number,
  strings: ByteStrings,
): JobFact | undefined {
  if (startsWith(bytes, at, starting)) return started(bytes, at, end, strings);
  if (startsWith(bytes, at, running)) return commanded(bytes, at + running.length, end, strings);
  if (startsWith(bytes, at, jobQuoted)) return succeeded(bytes, at, end, strings);
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

function started(bytes: Buffer, at: number, end: number, strings: ByteStrings): JobFact | undefined {
  if (bytes[end - 1] !== quote) return undefined;
  return { type: 'job.started', job: strings.text(bytes, at + starting.length, end - 1) };
}

function commanded(bytes: Buffer, at: number, end: number, strings: ByteStrings): JobFact | undefined {
  const idEnd = find(bytes, at, end, command);
  if (idEnd < 0) return undefined;
  return {
    type: 'job.command',
    job: strings.text(bytes, at, idEnd),
    command: strings.text(bytes, idEnd + command.length, end),
  };
}

function succeeded(bytes: Buffer, at: number, end: number, strings: ByteStrings): JobFact | undefined {
  const numberEnd = end - seconds.length;
  if (!startsWith(bytes, numberEnd, seconds)) return undefined;
  const numberStart = bytes.lastIndexOf(blank, numberEnd - 1) + 1;
  const idEnd = numberStart - completed.length;
  if (idEnd <= at || !startsWith(bytes, idEnd, completed)) return undefined;
  const durationMs = secondsAt(bytes, numberStart, numberEnd);
  if (durationMs === undefined) return undefined;
  return { type: 'job.succeeded', job: strings.text(bytes, at + jobQuoted.length, idEnd), durationMs };
}

const starting = Buffer.from("Starting job '");
const running = Buffer.from('Running job: ');
const command = Buffer.from(' Command: ');
const jobQuoted = Buffer.from("Job '");
const completed = Buffer.from("' completed successfully in ");
const seconds = Buffer.from(' seconds');
const executing = Buffer.from('Executing job - ');
const job = Buffer.from('Job ');
const preCheck = Buffer.from('Pre-check passed: ');
const postCheck = Buffer.from('Post-check passed: ');
const quote = 0x27;
const blank = 0x20;
