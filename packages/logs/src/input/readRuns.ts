import { relative } from 'node:path';
import { CommandError, type Diagnostic } from '@executioner/core';
import {
  type JournalEvent,
  journalParser,
  type LoggedRun,
  mergeRuns,
  openHistoryFile,
  parseLogName,
  readImport,
  runCollector,
  type TextLogSurvey,
  textLogParser,
} from '@executioner/engine';
import {
  type JournalFold,
  journalFold,
  type RecordKind,
  type RunRecord,
  recordOfImported,
  recordOfLogged,
  recordsOfHistory,
  skippedEventTypes,
} from '../runs/index.ts';
import { asUtf8, fileChunks, gunzipped, utf16Of } from './chunks.ts';
import type { InputGroup } from './findInputs.ts';
import { damagedGzip, logFinding, ofImport, ofJournal, ofSurvey, unreadable } from './findings.ts';
import { jobLogsBeside } from './jobLogsBeside.ts';
import { type ContentKind, headBytes, recognise } from './recognise.ts';
import { runConfiguration } from './runConfiguration.ts';
import { hasZonedStamps, withLocalStamps } from './zonedStamps.ts';

export interface ReadRunsOptions {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Given each run as soon as it is known: those of long logs early, all others at the end, oldest first. */
  readonly onRun: (run: RunRecord) => void;
  /** Every event of a journal that is not skipped, as it is read. */
  readonly onEvent?: (event: JournalEvent, file: string) => void;
}

/** A file that was read. */
export interface SourceSurvey {
  /** As it is shown: relative to the current folder where that is shorter. */
  readonly file: string;
  readonly kind: ContentKind | 'history';
  readonly compressed: boolean;
  /** Unpacked. */
  readonly bytes: number;
  readonly lines: number;
}

export interface RunsReading {
  readonly sources: readonly SourceSurvey[];
  readonly findings: readonly Diagnostic[];
}

/**
 * Reads logs of every kind, each recognised by its content, and joins what several of them tell of one run. What cannot be
 * read, or not whole, is a finding. Cost: linear in the bytes; memory by the runs and their jobs, not by the bytes.
 */
export async function readRuns(
  inputs: readonly InputGroup[],
  options: ReadRunsOptions,
): Promise<RunsReading> {
  const reading = new Reading(options, inputs.length === 1);
  for (const input of inputs) await reading.take(input);
  reading.finish();
  return { sources: reading.sources, findings: reading.findings };
}

interface LoggedSource {
  readonly rank: number;
  readonly file: string;
  readonly runs: readonly LoggedRun[];
}

class Reading {
  readonly sources: SourceSurvey[] = [];
  readonly findings: Diagnostic[] = [];
  readonly #options: ReadRunsOptions;
  readonly #records: RunRecord[] = [];
  readonly #logged: LoggedSource[] = [];
  readonly #withJobLogs: ReturnType<typeof jobLogsBeside>;

  /** Whether no other file can tell of the same runs. */
  readonly #isSole: boolean;

  constructor(options: ReadRunsOptions, isSole: boolean) {
    this.#options = options;
    this.#isSole = isSole;
    this.#withJobLogs = jobLogsBeside(options.cwd);
  }

  /** Reads the files of an input one after the other; what the first is, the others are taken for as well. */
  async take({ paths }: InputGroup): Promise<void> {
    let journal: JournalFold | undefined;
    let collected: TextLogSource | undefined;
    for (const path of paths) {
      const file = path === '-' ? '-' : shownPath(path, this.#options.cwd);
      const opened = await this.#open(path, file);
      if (opened === undefined) continue;
      const { kind, compressed, chunks, close } = opened;
      let survey = { bytes: 0, lines: 0 };
      switch (kind) {
        case 'journal':
          journal ??= this.#journalFold(paths);
          survey = await this.#readJournal(chunks, file, journal);
          break;
        case 'text log':
          collected ??= this.#textLog(path, file);
          survey = await this.#readTextLog(chunks, path, file, collected);
          break;
        case 'database':
          await this.#readDatabase(path, file);
          break;
        default:
          this.findings.push(unknownContent(kind, file));
      }
      await close();
      this.sources.push({ file, kind, compressed, ...survey });
    }
    const record = journal?.record();
    if (record !== undefined) this.#records.push(record);
    if (collected !== undefined) {
      const { rank, file, collector } = collected;
      this.#logged.push({ rank, file, runs: collector.end() });
    }
  }

  /** Joins the text logs, and gives every run once, as its best source tells it. */
  finish(): void {
    const files = new Map<LoggedRun, string>();
    const byRank = [...this.#logged].sort((a, b) => a.rank - b.rank);
    for (const { file, runs } of byRank) for (const run of runs) files.set(run, file);
    const merged = mergeRuns(byRank.flatMap(({ runs }) => runs));
    const ofLogs = merged.map((run) => {
      const file = files.get(run) ?? '-';
      return recordOfLogged(this.#withJobLogs(run, file), [file]);
    });
    const all = [...this.#records, ...ofLogs].sort((a, b) => kindRank[a.kind] - kindRank[b.kind]);
    const told = new Map<string, RunRecord[]>();
    const kept: RunRecord[] = [];
    for (const record of all) {
      const key = `${record.run} ${record.application}`;
      const known = told.get(key) ?? [];
      const same = record.run === undefined ? undefined : known.find((other) => overlaps(other, record));
      if (same !== undefined) {
        this.findings.push(toldTwice(record, same));
        continue;
      }
      told.set(key, [...known, record]);
      kept.push(record);
    }
    for (const record of kept.sort((a, b) => a.startedAtMs - b.startedAtMs || (a.run ?? 0) - (b.run ?? 0)))
      this.#options.onRun(record);
  }

  /** Looks at the first bytes, and gives them again with the rest. */
  async #open(path: string, file: string): Promise<Opened | undefined> {
    const raw = path === '-' ? this.#options.stdin : fileChunks(path);
    try {
      const plain = await decoded(await withHead(raw));
      const kind = recognise(plain.head);
      if (kind !== 'gzip') return await readable(plain, kind, false);
      const unpacked = await withHead(
        gunzipped(plain.chunks, (error) => this.findings.push(damagedGzip(error, file))),
      );
      return await readable(unpacked, recognise(unpacked.head), true);
    } catch (error) {
      this.findings.push(unreadable(error, file));
      return undefined;
    }
  }

  #journalFold(paths: readonly string[]): JournalFold {
    const [path = '-'] = paths;
    const known = path === '-' ? undefined : runConfiguration(path);
    return journalFold({
      files: paths.map((each) => (each === '-' ? '-' : shownPath(each, this.#options.cwd))),
      folder: known?.folder,
      dependenciesOf: known?.dependenciesOf,
      commandOf: known?.commandOf,
    });
  }

  async #readJournal(chunks: AsyncIterable<Buffer>, file: string, fold: JournalFold) {
    const { onEvent } = this.#options;
    let bytes = 0;
    let lines = 0;
    const parser = journalParser({
      file,
      skip: skippedEventTypes,
      goOn: true,
      onEvent(event) {
        lines += 1;
        fold.push(event);
        onEvent?.(event, file);
      },
    });
    for await (const chunk of chunks) {
      bytes += chunk.length;
      parser.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length));
    }
    this.findings.push(...parser.end().map((finding) => ofJournal(finding, file)));
    return { bytes, lines };
  }

  #textLog(path: string, file: string): TextLogSource {
    const { application } = path === '-' ? {} : parseLogName(path);
    const files = [file];
    const collector = runCollector({
      application,
      onEnded: (run) => this.#options.onRun(recordOfLogged(this.#withJobLogs(run, file), files)),
      ...(this.#isSole ? { jobsKept: 0 } : {}),
    });
    return { rank: 0, file, collector };
  }

  async #readTextLog(chunks: AsyncIterable<Buffer>, path: string, file: string, source: TextLogSource) {
    const { run, job } = path === '-' ? {} : parseLogName(path);
    const parser = textLogParser({ run, job, onFact: source.collector.push, jobs: source.collector.jobs });
    for await (const chunk of chunks) parser.push(chunk);
    const survey = parser.end();
    this.findings.push(...ofSurvey(survey, file));
    source.rank = Math.max(source.rank, rankOf(survey));
    return { bytes: survey.bytes, lines: survey.lines };
  }

  async #readDatabase(path: string, file: string): Promise<void> {
    try {
      const history = await openHistoryFile(path);
      try {
        this.#records.push(...recordsOfHistory(history, file, { limit: 100_000 }));
      } finally {
        history.close();
      }
      return;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      if (error.code === 'HISTORY_BUSY') throw error;
    }
    const { runs, findings } = await readImport(path);
    this.#records.push(...runs.map((run) => recordOfImported(run, file)));
    this.findings.push(...findings.map((finding) => ofImport(finding, file)));
  }
}

interface TextLogSource {
  rank: number;
  readonly file: string;
  readonly collector: ReturnType<typeof runCollector>;
}

const kindRank: Readonly<Record<RecordKind, number>> = { journal: 0, history: 1, 'text log': 2 };

/** Run logs tell most, then application logs, then job logs. */
function rankOf({ linesByKind }: TextLogSurvey): number {
  if (linesByKind.run > 0) return 0;
  return linesByKind.application > 0 ? 1 : 2;
}

/** The first bytes of a file, and all of it. */
interface Beginning {
  readonly head: Buffer;
  readonly chunks: AsyncIterable<Buffer>;
  /** To be called when no more is wanted. */
  close(): Promise<void>;
}

interface Opened extends Beginning {
  readonly kind: ContentKind;
  readonly compressed: boolean;
}

/** A log whose lines begin with stamps of other forms is given with those that are known. */
async function readable(beginning: Beginning, kind: ContentKind, compressed: boolean): Promise<Opened> {
  if (!['unknown', 'text log'].includes(kind) || !hasZonedStamps(beginning.head))
    return { ...beginning, kind, compressed };
  const local = await withHead(withLocalStamps(beginning.chunks));
  return {
    ...local,
    kind: recognise(local.head),
    compressed,
    close: async () => {
      await local.close();
      await beginning.close();
    },
  };
}

/** A text in UTF-16 is given as UTF-8. */
async function decoded(beginning: Beginning): Promise<Beginning> {
  const encoding = utf16Of(beginning.head);
  if (encoding === undefined) return beginning;
  const text = await withHead(asUtf8(beginning.chunks, encoding));
  return {
    ...text,
    close: async () => {
      await text.close();
      await beginning.close();
    },
  };
}

async function withHead(source: AsyncIterable<Uint8Array>): Promise<Beginning> {
  const iterator = source[Symbol.asyncIterator]();
  const pieces: Buffer[] = [];
  let length = 0;
  while (length < headBytes) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    // The piece is only there until the next is asked for.
    pieces.push(Buffer.from(value));
    length += value.length;
  }
  const head = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  return {
    head: head.subarray(0, headBytes),
    chunks: again(head, iterator),
    close: async () => void (await iterator.return?.()),
  };
}

async function* again(head: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (;;) {
    const { done, value } = await rest.next();
    if (done === true) return;
    yield Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
}

function unknownContent(kind: ContentKind, file: string): Diagnostic {
  if (kind === 'empty') return logFinding('E142', { file, message: 'this file is empty' });
  return logFinding('E142', {
    file,
    message: 'this is neither a log, nor a journal, nor a history database',
    hint: 'the command patterns looks into files of any kind, line by line',
  });
}

/** Stamps of text logs know whole seconds, and imports may round further. */
const roundingMs = 2000;

function overlaps(a: RunRecord, b: RunRecord): boolean {
  const [aEnd, bEnd] = [a, b].map(
    ({ startedAtMs, endedAtMs, durationMs }) => endedAtMs ?? startedAtMs + durationMs,
  );
  return a.startedAtMs <= bEnd! + roundingMs && b.startedAtMs <= aEnd! + roundingMs;
}

function toldTwice(record: RunRecord, better: RunRecord): Diagnostic {
  return logFinding('I141', {
    file: record.files[0] ?? '',
    message: `run ${record.run} of "${record.application}" is told by "${better.files[0]}" too, which counts`,
  });
}

function shownPath(path: string, cwd: string): string {
  const shorter = relative(cwd, path);
  return shorter.length < path.length && !shorter.startsWith('..') ? shorter : path;
}
