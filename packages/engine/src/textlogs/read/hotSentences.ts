import type { ByteStrings } from './byteStrings.ts';
import { find, secondsAt, startsWith } from './bytes.ts';
import type { FactPlace, JobFact } from './fact.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type HotFact<Type extends JobFact['type']> = Mutable<FactPlace & Extract<JobFact, { readonly type: Type }>>;

/** The facts of the hot sentences: one object for each, filled anew for each line. */
export interface HotFacts {
  readonly started: HotFact<'job.started'>;
  readonly commanded: HotFact<'job.command'>;
  readonly succeeded: HotFact<'job.succeeded'>;
}

export function hotFacts(): HotFacts {
  const place = { atMs: 0, from: 'run', line: 0, byteOffset: 0, run: undefined } as const;
  return {
    started: { type: 'job.started', job: '', ...place },
    commanded: { type: 'job.command', job: '', command: '', ...place },
    succeeded: { type: 'job.succeeded', job: '', durationMs: 0, ...place },
  };
}

/**
 * The three sentences that a run log has for every job, read from the bytes between `at` and `end`: most lines of a run
 * log are of these, and matching them as text would take ten times as long. Fills one of `facts`, all but its place, and
 * returns it; undefined for any other line.
 */
export function hotSentence(
  bytes: Buffer,
  at: number,
  end: number,
  facts: HotFacts,
  strings: ByteStrings,
): HotFacts[keyof HotFacts] | undefined {
  if (startsWith(bytes, at, starting)) return started(bytes, at, end, facts.started, strings);
  if (startsWith(bytes, at, running))
    return commanded(bytes, at + running.length, end, facts.commanded, strings);
  if (startsWith(bytes, at, jobQuoted)) return succeeded(bytes, at, end, facts.succeeded, strings);
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

function started(bytes: Buffer, at: number, end: number, fact: HotFacts['started'], strings: ByteStrings) {
  if (bytes[end - 1] !== quote) return undefined;
  fact.job = strings.text(bytes, at + starting.length, end - 1);
  return fact;
}

function commanded(
  bytes: Buffer,
  at: number,
  end: number,
  fact: HotFacts['commanded'],
  strings: ByteStrings,
) {
  const idEnd = find(bytes, at, end, commandMark);
  if (idEnd < 0) return undefined;
  fact.job = strings.text(bytes, at, idEnd);
  fact.command = strings.text(bytes, idEnd + commandMark.length, end);
  return fact;
}

function succeeded(
  bytes: Buffer,
  at: number,
  end: number,
  fact: HotFacts['succeeded'],
  strings: ByteStrings,
) {
  const numberEnd = end - seconds.length;
  if (!startsWith(bytes, numberEnd, seconds)) return undefined;
  let numberStart = numberEnd;
  while (numberStart > at && bytes[numberStart - 1] !== blank) numberStart -= 1;
  const idEnd = numberStart - completed.length;
  if (idEnd <= at || !startsWith(bytes, idEnd, completed)) return undefined;
  const durationMs = secondsAt(bytes, numberStart, numberEnd);
  if (durationMs === undefined) return undefined;
  fact.job = strings.text(bytes, at + jobQuoted.length, idEnd);
  fact.durationMs = durationMs;
  return fact;
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
