import { parseStatus } from '../../history/statusNames.ts';
import type { Outcome, OutcomeReason } from '../../journal/index.ts';
import { type ByteStrings, byteStrings } from './byteStrings.ts';
import type { JobFact, LoggedLevel, RunFact } from './fact.ts';
import { type Names, names } from './names.ts';
import { emptyMatch, type Match, type Template, template } from './template.ts';

/** What was found in a message. */
export interface Said {
  readonly match: Match;
  /** The number of the job's name. */
  readonly job: number;
  /** What stands in a field, by its number among those that are no job. */
  text(field: number): string;
  command(field: number): string;
  /** The jobs in a list. */
  jobs(field: number): number[];
}

interface Sentence {
  readonly template: Template;
  readonly hasJob: boolean;
  /** The field with the number of the run, where the sentence names one. */
  readonly runField: number | undefined;
  /** Undefined for a sentence that adds nothing to what other lines say. */
  readonly read: (said: Said) => RunFact | JobFact | undefined;
}

/** Finds the sentences in the bytes of a message. */
export interface SentenceReader {
  /**
   * What a message of a run or application log says; undefined when it is no sentence that tells of a run. The sentences of
   * version 1 and ours; see `runSentences` and `jobSentences` for the writing side.
   */
  ofRun(bytes: Buffer, at: number, end: number): RunFact | JobFact | 'known' | undefined;
  /** The run that the sentence named which `ofRun` read last. */
  namedRun(): number | undefined;
  /** What a message of a job's own log says. Lines at INFO may be output of the job, and few are believed. */
  ofJob(bytes: Buffer, at: number, end: number, level: LoggedLevel, job: KnownJob): JobFact | undefined;
}

/** The job whose log is read. */
export interface KnownJob {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** Makes a reader; the jobs in what it reads are numbered by `jobs`. */
export function sentenceReader(jobs: Names, strings: ByteStrings = byteStrings()): SentenceReader {
  const said = new FoundSentence(jobs, strings);
  let namedRun: number | undefined;
  return {
    ofRun(bytes, at, end) {
      namedRun = undefined;
      const sentence = find(runSentences, said.match, bytes, at, end);
      if (sentence === undefined) return undefined;
      said.bytes = bytes;
      const { match } = said;
      if (sentence.hasJob) said.job = jobs.numberOf(bytes, match.jobStart, match.jobEnd);
      if (sentence.runField !== undefined) namedRun = match.numbers[sentence.runField];
      return sentence.read(said) ?? 'known';
    },
    namedRun: () => namedRun,
    ofJob(bytes, at, end, level, job) {
      const table = level === 'INFO' ? jobInfoSentences : jobSentences;
      const sentence = find(table, said.match, bytes, at, end, job.bytes);
      if (sentence === undefined) return undefined;
      said.bytes = bytes;
      said.job = job.number;
      return sentence.read(said) as JobFact;
    },
  };
}

class FoundSentence implements Said {
  readonly match = emptyMatch();
  job = 0;
  bytes: Buffer = Buffer.alloc(0);
  readonly #names: Names;
  readonly #strings: ByteStrings;

  constructor(jobs: Names, strings: ByteStrings) {
    this.#names = jobs;
    this.#strings = strings;
  }

  text(field: number): string {
    return this.#strings.text(this.bytes, this.match.starts[field]!, this.match.ends[field]!);
  }

  command(field: number): string {
    return this.#strings.textAt(this.job, this.bytes, this.match.starts[field]!, this.match.ends[field]!);
  }

  jobs(field: number): number[] {
    const end = this.match.ends[field]!;
    const found: number[] = [];
    for (let start = this.match.starts[field]!; ; ) {
      let comma = this.bytes.indexOf(separator, start);
      if (comma < 0 || comma > end) comma = end;
      found.push(this.#names.numberOf(this.bytes, start, comma));
      if (comma === end) return found;
      start = comma + separator.length;
    }
  }
}

const separator = Buffer.from(', ');

/** Whether a line at INFO in a job's log may be a sentence of ours, and not output. */
export function mayBeJobSentence(bytes: Buffer, at: number): boolean {
  return jobInfoSentences[bytes[at]!] !== undefined;
}

/** What a message of a job's own log says; undefined when it is none of our sentences. */
export function isJobSentence(message: string, level: LoggedLevel, job: string): boolean {
  const jobs = names();
  const bytes = Buffer.from(message);
  const known = { number: jobs.numberOfText(job), bytes: Buffer.from(job) };
  return sentenceReader(jobs).ofJob(bytes, 0, bytes.length, level, known) !== undefined;
}

/** By the first byte of a message; see `find`. */
type SentenceTable = readonly (readonly Sentence[] | undefined)[];

/** The first sentence that matches. */
function find(
  table: SentenceTable,
  match: Match,
  bytes: Buffer,
  at: number,
  end: number,
  job?: Uint8Array,
): Sentence | undefined {
  if (at >= end) return undefined;
  const candidates = table[bytes[at]!];
  if (candidates === undefined) return undefined;
  const lastByte = bytes[end - 1];
  for (let index = 0; index < candidates.length; index++) {
    const sentence = candidates[index]!;
    const own = sentence.template;
    if (own.lastByte !== undefined && own.lastByte !== lastByte) continue;
    if (own.match(match, bytes, at, end, job)) return sentence;
  }
  return undefined;
}

type Read = Sentence['read'];
type Row = readonly [source: string, read: Read, runField?: number];

function tableOf(rows: readonly Row[]): SentenceTable {
  const table: Sentence[][] = [];
  for (const [source, read, runField] of rows) {
    const sentence = {
      template: template(source),
      hasJob: source.includes('{job}'),
      runField,
      read,
    };
    const { firstByte } = sentence.template;
    table[firstByte] = [...(table[firstByte] ?? []), sentence];
  }
  return Array.from({ length: 256 }, (_, byte) => table[byte]);
}

const nothingNew: Read = () => undefined;

const runSentences = tableOf([
  // What most lines say comes first; the order matters to nothing else, but for jobs whose ids look like sentences.
  ["Starting job '{job}'", ({ job }) => ({ type: 'job.started', job })],
  [
    'Running job: {job} Command: {text}',
    (said) => ({ type: 'job.command', job: said.job, command: said.command(0) }),
  ],
  [
    "Job '{job}' completed successfully in {seconds} seconds",
    ({ job, match }) => ({ type: 'job.succeeded', job, durationMs: match.numbers[0]! }),
  ],
  [
    'Initialized run ID: {n}, attempt: {n}{text}',
    ({ match }) => ({ type: 'run.initialized', attempt: match.numbers[1]! }),
    0,
  ],
  ['Created run summary for run ID: {n}', () => ({ type: 'run.started' }), 0],
  ['Parallel execution with {n} workers', workers],
  ['Set workers to {n}', workers],
  [
    'Resuming run {n} (attempt {n}{text}',
    ({ match }) => ({ type: 'run.resumed', attempt: match.numbers[1]! }),
    0,
  ],
  ['Stopping execution.', () => ({ type: 'run.stopping', why: 'failure' })],
  ['Received {token}. Killing {text}', (said) => ({ type: 'run.stopping', why: 'kill', by: said.text(0) })],
  [
    'Received {token}. Stopping {text}',
    (said) => ({ type: 'run.stopping', why: 'cancel', by: said.text(0) }),
  ],
  ['Received interrupt signal. {text}', () => ({ type: 'run.stopping', why: 'cancel', by: 'SIGINT' })],
  [
    'The following jobs were not completed: {text}',
    (said) => ({ type: 'run.incomplete', jobs: said.jobs(0) }),
  ],
  [
    'Updated run summary for run ID: {n} with status: {token}',
    (said) => ({ type: 'run.finished', status: said.text(1) }),
    0,
  ],
  ['Exit code set to: {text}', nothingNew],
  ['Execution marked as interrupted', nothingNew],
  ['Job {job}: SUCCESS (empty command)', ({ job }) => ({ type: 'job.succeeded', job, durationMs: 0 })],
  [
    'Will retry job {job} in {seconds} seconds (attempt {n}/{n})',
    ({ job, match: { numbers } }) => ({
      type: 'job.retrying',
      job,
      delayMs: numbers[0]!,
      retry: numbers[1]!,
      maxRetries: numbers[2]!,
    }),
  ],
  [
    'Retry attempt {n}/{n} for job {job}',
    ({ job, match: { numbers } }) => ({
      type: 'job.retried',
      job,
      retry: numbers[0]!,
      maxRetries: numbers[1]!,
    }),
  ],
  [
    'Job {job} failed post-checks after {seconds} seconds.',
    ({ job, match }) => ({ type: 'job.postcheck_failed', job, durationMs: match.numbers[0]! }),
  ],
  [
    'Job {job} failed after {n} attempts.',
    ({ job, match }) => ({ type: 'job.failed', job, tries: match.numbers[0]! }),
  ],
  [
    "Job {job} failed with status '{word}' and exit code {code}. No retry conditions met.",
    (said) => ({ type: 'job.failed', job: said.job, status: said.text(0), exitCode: said.match.numbers[1]! }),
  ],
  [
    'Job {job} exceeded maximum retry time of {seconds}s after {n} attempts.',
    ({ job, match }) => ({ type: 'job.failed', job, tries: match.numbers[1]! }),
  ],
  ['Job {job} failed but continuing.', nothingNew],
  ['Job {job} was cancelled.', ({ job }) => ({ type: 'job.cancelled', job })],
  [
    'Job {job} timed out after {seconds} seconds{text}',
    ({ job, match }) => ({ type: 'job.timed_out', job, limitMs: match.numbers[0]! }),
  ],
  [
    'Job {job} timed out: it has been silent for too long{text}',
    ({ job }) => ({ type: 'job.timed_out', job }),
  ],
  [
    'Pre-checks failed for job {job}. Skipping job execution.',
    ({ job }) => ({ type: 'job.precheck_failed', job }),
  ],
  ['Marked job {job} as SUCCESS for run {n}', ({ job }) => ({ type: 'job.marked', job }), 0],
  [
    'Skipping previously successful job: {job}',
    ({ job }) => ({ type: 'job.kept', job, status: 'succeeded' }),
  ],
  [
    'Skipping job {job}, which ended {word} before',
    (said) => ({ type: 'job.kept', job: said.job, status: outcomeOf(said.text(0)) }),
  ],
  [
    'Skipping job with status {token}: {job}',
    (said) => ({ type: 'job.kept', job: said.job, status: outcomeOf(said.text(0)) }),
  ],
  ['Skipping job {job} due to missing dependencies', skippedFor('dependency')],
  ...(['requested', 'disabled', 'unchanged', 'stopped', 'dependency'] as const).map(
    (reason): Row => [`Skipping job {job} (${reason})`, skippedFor(reason)],
  ),
]);

function workers({ match }: Said): RunFact {
  return { type: 'run.workers', workers: match.numbers[0]! };
}

function skippedFor(reason: OutcomeReason): Read {
  return ({ job }) => ({ type: 'job.skipped', job, reason });
}

const jobInfoSentences = tableOf([
  ['Job {job}: SUCCESS', ({ job }) => ({ type: 'job.succeeded', job })],
  [
    'Executing job - {job}: {text}',
    (said) => ({ type: 'job.command', job: said.job, command: said.command(0) }),
  ],
  ['Pre-check passed: {name}', checked('pre', true)],
  ['Post-check passed: {name}', checked('post', true)],
]);

const jobSentences = tableOf([
  [
    'Job {job}: FAILED with exit code {code}',
    ({ job, match }) => ({ type: 'job.exited', job, exitCode: match.numbers[0]! }),
  ],
  [
    'Job {job}: FAILED with exit code {code} ({word})',
    (said) => ({ type: 'job.exited', job: said.job, exitCode: said.match.numbers[0]!, signal: said.text(1) }),
  ],
  [
    'Job {job} timed out after {seconds} seconds{text}',
    ({ job, match }) => ({ type: 'job.timed_out', job, limitMs: match.numbers[0]! }),
  ],
  ['Job {job} timed out: it has been silent{text}', ({ job }) => ({ type: 'job.timed_out', job })],
  ['Job {job}: nobody can say how it ended', ({ job }) => ({ type: 'job.lost', job })],
  ['Pre-check failed: {name}', checked('pre', false)],
  ['Post-check failed: {name}', checked('post', false)],
  ['Unknown pre-check: {name}', checked('pre', false)],
  ['Unknown post-check: {name}', checked('post', false)],
  ['Exception during command execution: {text}', startFailed],
  ['Exception during job execution: {text}', startFailed],
]);

function checked(phase: 'pre' | 'post', ok: boolean): Read {
  return (said) => ({ type: 'job.check', job: said.job, phase, name: said.text(0), ok });
}

function startFailed(said: Said): JobFact {
  return { type: 'job.start_failed', job: said.job, message: said.text(0) };
}

/** By our names or version 1's; `unknown` for any other. */
export function outcomeOf(status: string): Outcome {
  const outcome = parseStatus(status);
  return outcome === undefined || outcome === 'running' || outcome === 'interrupted' ? 'unknown' : outcome;
}
