import { carriageReturn, closeBracket, openBracket } from './ascii.ts';
import { byteStrings } from './byteStrings.ts';
import { numberAt, startsWith } from './bytes.ts';
import type { FactPlace, LogFact, LoggedLevel, TextLogKind } from './fact.ts';
import { levelAt } from './level.ts';
import { lineScanner } from './lineScanner.ts';
import { type Names, names } from './names.ts';
import { told } from './numberRows.ts';
import { type KnownJob, mayBeJobSentence, sentenceReader } from './sentences.ts';
import { stampReader } from './stampReader.ts';

export interface TextLogParserOptions {
  /** The place is only there during the call: whoever keeps it makes a copy. */
  readonly onFact: (fact: LogFact, place: FactPlace) => void;
  /** The ids of jobs, which facts name by their numbers; of parsers whose facts go to one collector, the collector's. */
  readonly jobs?: Names | undefined;
  /** What the name of the file tells; see `parseLogName`. */
  readonly run?: number | undefined;
  readonly job?: string | undefined;
}

/** What a text was, seen as a log. */
export interface TextLogSurvey {
  readonly bytes: number;
  readonly lines: number;
  /** Lines with a stamp and a level, by the log they belong to. */
  readonly linesByKind: Readonly<Record<TextLogKind, number>>;
  /** Lines that neither begin with a stamp nor continue a command, and the first of them. */
  readonly strayLines: number;
  readonly firstStrayLine: number | undefined;
  /** Bytes of value 0 stand where a line should: the file system lost its content. */
  readonly hasZeros: boolean;
  /** The last line has no newline, so that it may be cut off. */
  readonly isTorn: boolean;
  /** Of the first and the last stamped line; undefined when there is none. */
  readonly firstAtMs: number | undefined;
  readonly lastAtMs: number | undefined;
}

/** Takes a text log in pieces, cut anywhere. */
export interface TextLogParser {
  push(chunk: Uint8Array): void;
  /** To be called after the last piece. */
  end(): TextLogSurvey;
}

/**
 * Makes a parser of run logs, application logs and job logs, of version 1 and of ours, also mixed in one text or captured
 * from a terminal with its colours. Lines are told apart by their bytes and sentences found in them; only what is wanted of
 * them becomes a string: some 0.2 microseconds a line. Memory: bounded, but for the ids of jobs.
 */
export function textLogParser({ onFact, run, job, jobs = names() }: TextLogParserOptions): TextLogParser {
  const strings = byteStrings();
  const sentences = sentenceReader(jobs, strings);
  const stamps = stampReader();
  const counts: Record<TextLogKind, number> = { run: 0, application: 0, job: 0 };
  let lines = 0;
  let bytesRead = 0;
  let strayLines = 0;
  let firstStrayLine: number | undefined;
  let lastStrayLine: number | undefined;
  let hasZeros = false;
  /** The times of the first and the last stamped line. */
  const span = new Float64Array([Number.NaN, Number.NaN]);
  /** The run that lines without a number belong to. */
  let currentRun = run;
  let currentJob = job === undefined ? undefined : knownJob(job);
  /** Whether the job's log has told the end of a try, and its next line will begin another one. */
  let betweenTries = true;
  /** One object for all places. */
  let place = emptyPlace();
  /** A command whose further lines may follow, with its place. */
  let openCommand: (LogFact & { readonly type: 'job.command' }) | undefined;
  let openLines = '';
  let openPlace = emptyPlace();

  function knownJob(id: string): KnownJob {
    return { number: jobs.numberOfText(id), bytes: Buffer.from(id) };
  }

  function onLine(bytes: Buffer, start: number, rawEnd: number, byteOffset: number): void {
    lines += 1;
    const end = rawEnd > start && bytes[rawEnd - 1] === carriageReturn ? rawEnd - 1 : rawEnd;
    const kind = stamps.kind(bytes, start, end);
    const levelStart = start + (kind === 'second' ? 22 : 26);
    const level = kind === undefined ? undefined : levelAt(bytes, levelStart);
    if (level === undefined) {
      unstamped(bytes, start, end);
      return;
    }
    if (openCommand !== undefined) closeCommand();
    span[1] = stamps.time();
    if (counts.run + counts.application + counts.job === 0) span[0] = span[1];
    const messageAt = levelStart + level.head.length;
    if (kind === 'millisecond') jobLine(bytes, messageAt, end, level.name, byteOffset);
    else runLine(bytes, messageAt, end, level.name, byteOffset);
  }

  function unstamped(bytes: Buffer, start: number, end: number): void {
    if (openCommand !== undefined) {
      if (openLines.length < commandLengthMax) openLines += `\n${bytes.toString('utf8', start, end)}`;
      return;
    }
    if (end === start) return;
    if (bytes[start] === 0) hasZeros = true;
    strayLines += 1;
    firstStrayLine ??= lines;
    lastStrayLine = lines;
  }

  function closeCommand(): void {
    const fact = openCommand!;
    openCommand = undefined;
    onFact(openLines === '' ? fact : { ...fact, command: fact.command + openLines }, openPlace);
    openLines = '';
  }

  function runLine(
    bytes: Buffer,
    messageStart: number,
    end: number,
    level: LoggedLevel,
    byteOffset: number,
  ): void {
    let from: TextLogKind = 'run';
    let at = messageStart;
    let ofRun = currentRun;
    if (bytes[at] === openBracket && startsWith(bytes, at, runMark)) {
      at += runMark.length;
      const numberStart = at;
      while (at < end && bytes[at] !== closeBracket) at += 1;
      from = 'application';
      ofRun = numberAt(bytes, numberStart, at);
      at += 2;
    }
    if (from === 'run') counts.run += 1;
    else counts.application += 1;
    const said = sentences.ofRun(bytes, at, end);
    if (said === 'known') return;
    const named = said === undefined ? undefined : sentences.namedRun();
    if (named !== undefined) {
      ofRun = named;
      if (from === 'run') currentRun = named;
    }
    const fact = said ?? problem(level, bytes, at, end, undefined);
    if (fact === undefined) return;
    place.atMs = stamps.time();
    place.from = from;
    place.line = lines;
    place.byteOffset = byteOffset;
    place.run = ofRun;
    give(fact);
  }

  function jobLine(bytes: Buffer, at: number, end: number, level: LoggedLevel, byteOffset: number): void {
    counts.job += 1;
    const mayMatter = level !== 'INFO' || mayBeJobSentence(bytes, at);
    if (!mayMatter && !betweenTries) return;
    if (currentJob === undefined) {
      const [, id] = /^Executing job - (.+?): /.exec(bytes.toString('utf8', at, end)) ?? [];
      if (id === undefined) return;
      currentJob = knownJob(id);
    }
    const job = currentJob;
    const said = mayMatter ? sentences.ofJob(bytes, at, end, level, job) : undefined;
    const trouble = said === undefined ? problem(level, bytes, at, end, job.number) : undefined;
    if (said === undefined && trouble === undefined && !betweenTries) return;
    place.atMs = stamps.time();
    place.from = 'job';
    place.line = lines;
    place.byteOffset = byteOffset;
    place.run = run;
    if (said === undefined) {
      wrote(job);
      if (trouble !== undefined) onFact(trouble, place);
      return;
    }
    if (said.type === 'job.command') betweenTries = true;
    else if (said.type !== 'job.check') {
      wrote(job);
      betweenTries = true;
    }
    give(said);
  }

  /** A warning or an error that is no sentence about a run. */
  function problem(level: LoggedLevel, bytes: Buffer, at: number, end: number, job: number | undefined) {
    if (level === 'INFO' || level === 'DEBUG') return undefined;
    return { type: 'problem', level, message: strings.text(bytes, at, end), job } as const;
  }

  function wrote(job: KnownJob): void {
    if (!betweenTries) return;
    betweenTries = false;
    onFact({ type: 'job.wrote', job: job.number }, place);
  }

  function give(fact: LogFact): void {
    if (fact.type !== 'job.command') {
      onFact(fact, place);
      return;
    }
    openCommand = fact;
    const free = openPlace;
    openPlace = place;
    place = free;
  }

  const scanner = lineScanner(onLine);
  return {
    push(chunk) {
      bytesRead += chunk.length;
      scanner.push(chunk);
    },
    end() {
      const isTorn = scanner.end();
      // A line that is cut off within its stamp is no stranger.
      if (isTorn && !hasZeros && lastStrayLine === lines) {
        strayLines -= 1;
        if (strayLines === 0) firstStrayLine = undefined;
      }
      if (openCommand !== undefined) closeCommand();
      return {
        bytes: bytesRead,
        lines,
        linesByKind: counts,
        strayLines,
        firstStrayLine,
        hasZeros,
        isTorn,
        firstAtMs: told(span[0]!),
        lastAtMs: told(span[1]!),
      };
    },
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function emptyPlace(): Mutable<FactPlace> {
  return { atMs: 0, from: 'run', line: 0, byteOffset: 0, run: undefined };
}

/** A command of many lines is kept up to here. */
const commandLengthMax = 1 << 16;

const runMark = Buffer.from('[RUN #');
