import { parseStatus } from '../../history/statusNames.ts';
import type { Outcome, OutcomeReason } from '../../journal/index.ts';
import type { ByteStrings } from './byteStrings.ts';
import { type FactRoom, factRoom, type JobFact, type LoggedLevel, type RunFact } from './fact.ts';
import type { Names } from './names.ts';
import type { Scanner } from './scanner.ts';
import * as column from './scannerColumn.ts';
import { compileTemplates } from './template.ts';
import type { TextRange } from './textSource.ts';

/** What the fields of a sentence hold, by their numbers among those that are no job. */
export interface Said {
  number(field: number): number;
  text(field: number): string;
  range(field: number): TextRange;
  /** The jobs in a list. */
  jobs(field: number): number[];
}

interface Sentence {
  readonly hasJob: boolean;
  /** The field with the number of the run, where the sentence names one. */
  readonly runField: number | undefined;
  /** Undefined for a sentence that adds nothing to what other lines say. */
  readonly type: SentenceType | undefined;
  /** Fills in what a fact of this type has besides its job; undefined where it has nothing. */
  readonly fill: Fill | undefined;
}

type SentenceType = (RunFact | JobFact)['type'];
type Fill = (fact: FactRoom, said: Said) => void;

/** Whether a message was a sentence that tells something, one that adds nothing to what other lines say, or none. */
export type SentenceKind = 'telling' | 'known' | 'none';

/** The job whose log is read. */
export interface KnownJob {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/**
 * Turns the sentences that a scanner has found into facts: those of version 1 and ours; see `runSentences` and `jobSentences` for
 * the writing side. The jobs in them are numbered by `jobs`.
 */
export class SentenceReader implements Said {
  /** What was found last. */
  readonly fact = factRoom();
  /** The run that the sentence named which `ofRun` read last. */
  namedRun: number | undefined = undefined;
  readonly #names: Names;
  readonly #strings: ByteStrings;
  #scanner: Scanner;
  #record = 0;

  constructor(jobs: Names, strings: ByteStrings, scanner: Scanner) {
    this.#names = jobs;
    this.#strings = strings;
    this.#scanner = scanner;
  }

  /** What is read from now on is in this scanner. */
  look(scanner: Scanner): void {
    this.#scanner = scanner;
  }

  /** Puts into `fact` what the message of a line says, by its record. */
  ofRun(record: number): SentenceKind {
    const { ints } = this.#scanner;
    const found = ints[record * column.ints + column.sentence]!;
    this.namedRun = undefined;
    if (found < 0) return 'none';
    const sentence = runSentences[found]!;
    this.#record = record;
    this.fact.job = sentence.hasJob ? this.#job() : undefined;
    if (sentence.runField !== undefined) this.namedRun = this.number(sentence.runField);
    return this.#take(sentence);
  }

  /** The same of a message in a job's own log. Lines at INFO may be output of the job, and few are believed. */
  ofJob(start: number, end: number, level: LoggedLevel, job: KnownJob): SentenceKind {
    const table = level === 'INFO' ? jobInfoTable : jobTable;
    const found = this.#scanner.find(table, start, end, job.bytes.length);
    if (found < 0) return 'none';
    this.#record = this.#scanner.foundRecord;
    this.fact.job = job.number;
    return this.#take((level === 'INFO' ? jobInfoSentences : jobSentences)[found]!);
  }

  #job(): number {
    const { view, ints } = this.#scanner;
    const at = this.#record * column.ints;
    const hash = ints[at + column.jobHash]!;
    return this.#names.numberOf(view, ints[at + column.jobStart]!, ints[at + column.jobEnd]!, hash);
  }

  #take({ type, fill }: Sentence): SentenceKind {
    if (type === undefined) return 'known';
    this.fact.type = type;
    if (fill !== undefined) fill(this.fact, this);
    return 'telling';
  }

  #start(field: number): number {
    return this.#scanner.ints[this.#record * column.ints + column.fieldStarts + field]!;
  }

  #end(field: number): number {
    return this.#scanner.ints[this.#record * column.ints + column.fieldEnds + field]!;
  }

  number(field: number): number {
    return this.#scanner.numbers[this.#record * column.numbers + column.fieldNumbers + field]!;
  }

  text(field: number): string {
    const { bytes, view } = this.#scanner;
    return this.#strings.text(bytes, view, this.#start(field), this.#end(field));
  }

  /** Of a field, as long as the same lines are looked at. */
  range(field: number): TextRange {
    return { bytes: this.#scanner.bytes, start: this.#start(field), end: this.#end(field) };
  }

  jobs(field: number): number[] {
    const { bytes, view } = this.#scanner;
    const end = this.#end(field);
    const found: number[] = [];
    let start = this.#start(field);
    for (let at = start; at < end; at++) {
      if (bytes[at] !== comma || bytes[at + 1] !== blank) continue;
      found.push(this.#names.numberOf(view, start, at));
      start = at + 2;
    }
    found.push(this.#names.numberOf(view, start, end));
    return found;
  }
}

const comma = 0x2c;
const blank = 0x20;

/** The templates of all sentences, for a scanner. */
export function compiledSentences(): Uint8Array {
  compiled ??= compileTemplates(
    [runRows, jobInfoRows, jobRows].map((rows) => rows.map(([source]) => source)),
  );
  return compiled;
}

let compiled: Uint8Array | undefined;

/** The numbers of the tables. */
const jobInfoTable = 1;
const jobTable = 2;

/** Whether a line at INFO in a job's log may be a sentence of ours, and not output. */
export function mayBeJobSentence(bytes: Uint8Array, at: number): boolean {
  return jobInfoFirst[bytes[at]!] === true;
}

type Row = readonly [
  source: string,
  type?: SentenceType | undefined,
  fill?: Fill | undefined,
  runField?: number,
];

function sentencesOf(rows: readonly Row[]): readonly Sentence[] {
  return rows.map(([source, type, fill, runField]) => ({
    hasJob: source.includes('{job}'),
    runField,
    type,
    fill,
  }));
}

const runRows: readonly Row[] = [
  // What most lines say comes first; the order matters to nothing else, but for jobs whose ids look like sentences.
  ["Starting job '{job}'", 'job.started'],
  ['Running job: {job} Command: {text}', 'job.command', command],
  ["Job '{job}' completed successfully in {seconds} seconds", 'job.succeeded', durationMs],
  ['Initialized run ID: {n}, attempt: {n}{text}', 'run.initialized', attempt, 0],
  ['Created run summary for run ID: {n}', 'run.started', undefined, 0],
  ['Parallel execution with {n} workers', 'run.workers', workers],
  ['Set workers to {n}', 'run.workers', workers],
  ['Resuming run {n} (attempt {n}{text}', 'run.resumed', attempt, 0],
  ['Stopping execution.', 'run.stopping', (fact) => setStopping(fact, 'failure')],
  [
    'Received {token}. Killing {text}',
    'run.stopping',
    (fact, said) => setStopping(fact, 'kill', said.text(0)),
  ],
  [
    'Received {token}. Stopping {text}',
    'run.stopping',
    (fact, said) => setStopping(fact, 'cancel', said.text(0)),
  ],
  ['Received interrupt signal. {text}', 'run.stopping', (fact) => setStopping(fact, 'cancel', 'SIGINT')],
  [
    'The following jobs were not completed: {text}',
    'run.incomplete',
    (fact, said) => {
      fact.jobs = said.jobs(0);
    },
  ],
  [
    'Updated run summary for run ID: {n} with status: {token}',
    'run.finished',
    (fact, said) => {
      fact.status = said.text(1);
    },
    0,
  ],
  ['Exit code set to: {text}'],
  ['Execution marked as interrupted'],
  [
    'Job {job}: SUCCESS (empty command)',
    'job.succeeded',
    (fact) => {
      fact.durationMs = 0;
    },
  ],
  [
    'Will retry job {job} in {seconds} seconds (attempt {n}/{n})',
    'job.retrying',
    (fact, said) => {
      fact.delayMs = said.number(0);
      fact.retry = said.number(1);
      fact.maxRetries = said.number(2);
    },
  ],
  [
    'Retry attempt {n}/{n} for job {job}',
    'job.retried',
    (fact, said) => {
      fact.retry = said.number(0);
      fact.maxRetries = said.number(1);
    },
  ],
  ['Job {job} failed post-checks after {seconds} seconds.', 'job.postcheck_failed', durationMs],
  [
    'Job {job} failed after {n} attempts.',
    'job.failed',
    (fact, said) => setFailed(fact, { tries: said.number(0) }),
  ],
  [
    "Job {job} failed with status '{word}' and exit code {code}. No retry conditions met.",
    'job.failed',
    (fact, said) => setFailed(fact, { status: said.text(0), exitCode: said.number(1) }),
  ],
  [
    'Job {job} exceeded maximum retry time of {seconds}s after {n} attempts.',
    'job.failed',
    (fact, said) => setFailed(fact, { tries: said.number(1) }),
  ],
  ['Job {job} failed but continuing.'],
  ['Job {job} was cancelled.', 'job.cancelled'],
  ['Job {job} timed out after {seconds} seconds{text}', 'job.timed_out', limitMs],
  ['Job {job} timed out: it has been silent for too long{text}', 'job.timed_out', noLimit],
  ['Pre-checks failed for job {job}. Skipping job execution.', 'job.precheck_failed'],
  ['Marked job {job} as SUCCESS for run {n}', 'job.marked', undefined, 0],
  [
    'Skipping previously successful job: {job}',
    'job.kept',
    (fact) => {
      fact.status = 'succeeded';
    },
  ],
  ['Skipping job {job}, which ended {word} before', 'job.kept', outcome],
  ['Skipping job with status {token}: {job}', 'job.kept', outcome],
  ['Skipping job {job} due to missing dependencies', 'job.skipped', because('dependency')],
  ...(['requested', 'disabled', 'unchanged', 'stopped', 'dependency'] as const).map(
    (reason): Row => [`Skipping job {job} (${reason})`, 'job.skipped', because(reason)],
  ),
];

const jobInfoRows: readonly Row[] = [
  [
    'Job {job}: SUCCESS',
    'job.succeeded',
    (fact) => {
      fact.durationMs = undefined;
    },
  ],
  ['Executing job - {job}: {text}', 'job.command', command],
  ['Pre-check passed: {name}', 'job.check', checked('pre', true)],
  ['Post-check passed: {name}', 'job.check', checked('post', true)],
];

const jobRows: readonly Row[] = [
  [
    'Job {job}: FAILED with exit code {code}',
    'job.exited',
    (fact, said) => {
      fact.exitCode = said.number(0);
      fact.signal = undefined;
    },
  ],
  [
    'Job {job}: FAILED with exit code {code} ({word})',
    'job.exited',
    (fact, said) => {
      fact.exitCode = said.number(0);
      fact.signal = said.text(1);
    },
  ],
  ['Job {job} timed out after {seconds} seconds{text}', 'job.timed_out', limitMs],
  ['Job {job} timed out: it has been silent{text}', 'job.timed_out', noLimit],
  ['Job {job}: nobody can say how it ended', 'job.lost'],
  ['Pre-check failed: {name}', 'job.check', checked('pre', false)],
  ['Post-check failed: {name}', 'job.check', checked('post', false)],
  ['Unknown pre-check: {name}', 'job.check', checked('pre', false)],
  ['Unknown post-check: {name}', 'job.check', checked('post', false)],
  ['Exception during command execution: {text}', 'job.start_failed', message],
  ['Exception during job execution: {text}', 'job.start_failed', message],
];

const runSentences = sentencesOf(runRows);
const jobInfoSentences = sentencesOf(jobInfoRows);
const jobSentences = sentencesOf(jobRows);
/** By the first byte of a message. */
const jobInfoFirst: readonly boolean[] = Array.from({ length: 256 }, (_, byte) =>
  jobInfoRows.some(([source]) => source.charCodeAt(0) === byte),
);

function command(fact: FactRoom, said: Said): void {
  fact.command = said.range(0);
}

function durationMs(fact: FactRoom, said: Said): void {
  fact.durationMs = said.number(0);
}

function limitMs(fact: FactRoom, said: Said): void {
  fact.limitMs = said.number(0);
}

function noLimit(fact: FactRoom): void {
  fact.limitMs = undefined;
}

function attempt(fact: FactRoom, said: Said): void {
  fact.attempt = said.number(1);
}

function workers(fact: FactRoom, said: Said): void {
  fact.workers = said.number(0);
}

function outcome(fact: FactRoom, said: Said): void {
  fact.status = outcomeOf(said.text(0));
}

function message(fact: FactRoom, said: Said): void {
  fact.message = said.text(0);
}

function because(reason: OutcomeReason): Fill {
  return (fact) => {
    fact.reason = reason;
  };
}

function checked(phase: 'pre' | 'post', ok: boolean): Fill {
  return (fact, said) => {
    fact.phase = phase;
    fact.name = said.text(0);
    fact.ok = ok;
  };
}

function setStopping(fact: FactRoom, why: 'failure' | 'cancel' | 'kill', by?: string): void {
  fact.why = why;
  fact.by = by;
}

function setFailed(
  fact: FactRoom,
  { tries, status, exitCode }: { tries?: number; status?: string; exitCode?: number },
): void {
  fact.tries = tries;
  fact.status = status;
  fact.exitCode = exitCode;
}

/** By our names or version 1's; `unknown` for any other. */
export function outcomeOf(status: string): Outcome {
  const outcome = parseStatus(status);
  return outcome === undefined || outcome === 'running' || outcome === 'interrupted' ? 'unknown' : outcome;
}
