import { byteStrings } from './byteStrings.ts';
import {
  type FactPlace,
  type FactRoom,
  factIn,
  factPlace,
  factRoom,
  isTrouble,
  type LogFact,
  type LoggedLevel,
  type TextLogKind,
} from './fact.ts';
import { minuteClock } from './minuteClock.ts';
import { type Names, names } from './names.ts';
import { told } from './numberRows.ts';
import { OpenCommand } from './openCommand.ts';
import { type Scanner, scannedMax } from './scanner.ts';
import * as column from './scannerColumn.ts';
import { withScanner } from './scannerPool.ts';
import { type KnownJob, mayBeJobSentence, SentenceReader } from './sentences.ts';
import { wholeLines } from './wholeLines.ts';

export interface TextLogParserOptions {
  /** The fact and its place are only there during the call: whoever keeps them makes copies. */
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
  const clock = minuteClock();
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
  const place = factPlace();
  /** A command whose further lines may follow. */
  const command = new OpenCommand();
  const wroteFact = factRoom('job.wrote');
  let sentences: SentenceReader | undefined;

  function knownJob(id: string): KnownJob {
    return { number: jobs.numberOfText(id), bytes: Buffer.from(id) };
  }

  function onLines(text: Buffer, byteOffset: number): void {
    withScanner((scanner) => {
      if (scanner.clock !== clock) scanner.begin(clock);
      if (currentJob !== undefined) scanner.setJob(currentJob.bytes);
      const reader = readerOf(scanner);
      const end = scanner.take(text);
      for (let start = 0; start < end; start = scanner.scannedTo) {
        const count = scanner.scan(start, end);
        for (let record = 0; record < count; record++) onLine(scanner, reader, record, byteOffset);
      }
      command.keep();
    });
  }

  function readerOf(scanner: Scanner): SentenceReader {
    sentences ??= new SentenceReader(jobs, strings, scanner);
    sentences.look(scanner);
    return sentences;
  }

  function onLine(scanner: Scanner, reader: SentenceReader, record: number, byteOffset: number): void {
    const { ints, numbers } = scanner;
    const at = record * column.ints;
    const kind = ints[at + column.kind]!;
    lines += 1;
    if (kind === strayKind) {
      unstamped(scanner.bytes, ints[at + column.lineStart]!, ints[at + column.lineEnd]!);
      return;
    }
    if (command.isOpen) closeCommand();
    const atMs = numbers[record * column.numbers + column.atMs]!;
    span[1] = atMs;
    if (counts.run + counts.application + counts.job === 0) span[0] = atMs;
    place.atMs = atMs;
    place.line = lines;
    place.byteOffset = byteOffset + ints[at + column.lineStart]!;
    if (kind === jobKind) jobLine(scanner, reader, at);
    else runLine(scanner, reader, record, kind);
  }

  function unstamped(bytes: Buffer, start: number, end: number): void {
    if (command.isOpen) {
      command.add(bytes, start, end);
      return;
    }
    if (end === start) return;
    if (bytes[start] === 0) hasZeros = true;
    strayLines += 1;
    firstStrayLine ??= lines;
    lastStrayLine = lines;
  }

  function runLine(scanner: Scanner, reader: SentenceReader, record: number, kind: number): void {
    const isOfRun = kind === runKind;
    if (isOfRun) counts.run += 1;
    else counts.application += 1;
    const said = reader.ofRun(record);
    if (said === 'known') return;
    place.from = isOfRun ? 'run' : 'application';
    place.run = isOfRun ? currentRun : told(scanner.numbers[record * column.numbers + column.run]!);
    if (said === 'none') {
      giveTrouble(scanner, reader, record * column.ints, undefined);
      return;
    }
    const named = reader.namedRun;
    if (named !== undefined) {
      place.run = named;
      if (isOfRun) currentRun = named;
    }
    give(reader.fact);
  }

  function jobLine(scanner: Scanner, reader: SentenceReader, at: number): void {
    const { bytes, ints } = scanner;
    const level = lineLevels[ints[at + column.level]!]!;
    const start = ints[at + column.messageAt]!;
    const end = ints[at + column.lineEnd]!;
    counts.job += 1;
    const mayMatter = level !== 'INFO' || mayBeJobSentence(bytes, start);
    if (!mayMatter && !betweenTries) return;
    if (currentJob === undefined) {
      const [, id] = /^Executing job - (.+?): /.exec(bytes.toString('utf8', start, end)) ?? [];
      if (id === undefined) return;
      currentJob = knownJob(id);
      scanner.setJob(currentJob.bytes);
    }
    place.from = 'job';
    place.run = run;
    const said = mayMatter ? reader.ofJob(start, end, level, currentJob) : 'none';
    if (said === 'none') {
      wrote(currentJob);
      giveTrouble(scanner, reader, at, currentJob.number);
      return;
    }
    const { type } = reader.fact;
    if (type === 'job.command') betweenTries = true;
    else if (type !== 'job.check') {
      wrote(currentJob);
      betweenTries = true;
    }
    give(reader.fact);
  }

  function wrote({ number }: KnownJob): void {
    if (!betweenTries) return;
    betweenTries = false;
    wroteFact.job = number;
    onFact(factIn(wroteFact), place);
  }

  /** A warning or an error that is no sentence about a run. */
  function giveTrouble(
    { bytes, view, ints }: Scanner,
    { fact }: SentenceReader,
    at: number,
    job: number | undefined,
  ): void {
    const level = lineLevels[ints[at + column.level]!]!;
    if (!isTrouble(level)) return;
    fact.type = 'problem';
    fact.level = level;
    const hash = job === undefined ? ints[at + column.messageHash] : undefined;
    fact.message = strings.text(bytes, view, ints[at + column.messageAt]!, ints[at + column.lineEnd]!, hash);
    fact.job = job;
    onFact(factIn(fact), place);
  }

  /** Gives what the sentence told; a command only when the lines are read that may belong to it. */
  function give(fact: FactRoom): void {
    if (fact.type !== 'job.command') {
      onFact(factIn(fact), place);
      return;
    }
    command.open(fact, place);
  }

  function closeCommand(): void {
    command.isOpen = false;
    onFact(factIn(command.fact), command.place);
  }

  const cutter = wholeLines(scannedMax, onLines);
  return {
    push(chunk) {
      bytesRead += chunk.length;
      cutter.push(chunk);
    },
    end() {
      const isTorn = cutter.end();
      // A line that is cut off within its stamp is no stranger.
      if (isTorn && !hasZeros && lastStrayLine === lines) {
        strayLines -= 1;
        if (strayLines === 0) firstStrayLine = undefined;
      }
      if (command.isOpen) closeCommand();
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

/** Kinds of lines and levels as the scanner numbers them. */
const strayKind = 0;
const runKind = 1;
const jobKind = 3;
const lineLevels: readonly LoggedLevel[] = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'];
