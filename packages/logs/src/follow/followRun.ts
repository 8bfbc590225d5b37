import { existsSync } from 'node:fs';
import {
  type JournalEvent,
  journalParser,
  liveness,
  parseLogName,
  runCollector,
  textLogParser,
} from '@executioner/engine';
import { fileChunks, type InputGroup, recognise, runConfiguration } from '../input/index.ts';
import { journalFold, type RunRecord, recordOfLogged, skippedEventTypes } from '../runs/index.ts';
import { changesSince, type FollowedChange, type Seen, seenOf } from './changes.ts';
import { growingFile } from './growingFile.ts';

export interface FollowOptions {
  readonly onChange: (change: FollowedChange) => void;
  /** Resolves after so many milliseconds, or at once when there is no more to be waited for. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly isStopped: () => boolean;
}

export interface Followed {
  /** The runs as they stand, oldest first. */
  readonly runs: readonly RunRecord[];
  /** `ended`: the run came to its end. `gone`: its engine is there no more. `stopped`: by `isStopped`. */
  readonly why: 'ended' | 'gone' | 'stopped';
}

/** How long between two looks. */
const everyMs = 200;

/**
 * Follows a run by its journals or its text log, from their beginning until the run ends: tells every change once, and goes
 * on with the next attempt's journal when there is one. An application log has no end and is followed until stopped.
 *
 * @throws the system call's error when the file cannot be opened.
 */
export async function followRun({ paths }: InputGroup, options: FollowOptions): Promise<Followed> {
  const reader = await readerOf(paths);
  const seen = new Map<string, Seen>();
  let why: Followed['why'] | undefined;
  while (why === undefined) {
    const isNews = reader.look();
    if (isNews) tell(reader.runs(), seen, options);
    if (reader.hasEnded()) why = 'ended';
    else if (!isNews && reader.isAbandoned()) why = 'gone';
    else if (options.isStopped()) why = 'stopped';
    else if (!isNews) await options.sleep(everyMs);
  }
  const runs = reader.runs();
  reader.close();
  return { runs, why };
}

function tell(runs: readonly RunRecord[], seen: Map<string, Seen>, { onChange }: FollowOptions): void {
  for (const run of runs) {
    const key = `${run.application} ${run.run}`;
    for (const change of changesSince(seen.get(key), run)) onChange(change);
    seen.set(key, seenOf(run));
  }
}

/** Reads on in files that grow. */
interface GrowingReader {
  /** Takes in what is new; returns whether there was something. */
  look(): boolean;
  runs(): readonly RunRecord[];
  hasEnded(): boolean;
  /** Whether nothing more can come. */
  isAbandoned(): boolean;
  close(): void;
}

async function readerOf(paths: readonly string[]): Promise<GrowingReader> {
  for await (const head of fileChunks(paths[0]!))
    return recognise(Buffer.from(head)) === 'journal' ? journalReader(paths) : textLogReader(paths);
  return textLogReader(paths);
}

function journalReader(paths: readonly string[]): GrowingReader {
  const known = runConfiguration(paths[0]!);
  const fold = journalFold({
    files: paths,
    folder: known?.folder,
    dependenciesOf: known?.dependenciesOf,
    commandOf: known?.commandOf,
  });
  let engine: Extract<JournalEvent, { type: 'run.started' }>['engine'] | undefined;
  const rest = [...paths];
  let path = rest.shift()!;
  let file = growingFile(path);
  let parser = newParser();

  function newParser() {
    return journalParser({
      file: path,
      skip: skippedEventTypes,
      onEvent(event) {
        fold.push(event);
        if (event.type === 'run.started' || event.type === 'run.adopted') engine = event.engine;
      },
    });
  }

  /** The journal of the next attempt, once there is one. */
  function goOn(): boolean {
    const next = rest.shift() ?? nextAttempt(path);
    if (next === undefined || !existsSync(next)) return false;
    file.close();
    path = next;
    file = growingFile(path);
    parser = newParser();
    return true;
  }

  const look = () => file.look((piece) => parser.push(new Uint8Array(piece)));
  return {
    look() {
      let isNews = look();
      while (goOn()) isNews = look() || isNews;
      return isNews;
    },
    runs() {
      const record = fold.record();
      return record === undefined ? [] : [record];
    },
    hasEnded: () => fold.record()?.outcome !== undefined,
    isAbandoned() {
      if (engine === undefined) return false;
      const { engine_pid: pid, ticks, boot_id: bootId, host } = engine;
      const identity = {
        pid,
        host,
        ...(ticks === undefined ? {} : { ticks }),
        ...(bootId === undefined ? {} : { bootId }),
      };
      return liveness(identity) === 'gone' && !look();
    },
    close: () => file.close(),
  };
}

/** `journal.1.ndjson` → `journal.2.ndjson`; undefined for other names. */
function nextAttempt(path: string): string | undefined {
  const [, head, attempt, end] = /^(.*journal\.)(\d+)(\.ndjson)$/.exec(path) ?? [];
  return attempt === undefined ? undefined : `${head}${Number(attempt) + 1}${end}`;
}

function textLogReader(paths: readonly string[]): GrowingReader {
  const path = paths.at(-1)!;
  const { application, run, job } = parseLogName(path);
  const collector = runCollector({ application });
  const newParser = () => textLogParser({ run, job, onFact: collector.push });
  let parser = newParser();
  let file = growingFile(path);
  const runs = () => collector.end().map((logged) => recordOfLogged(logged, [path]));
  return {
    look() {
      const isNews = file.look((piece) => parser.push(piece));
      if (isNews || !file.isReplaced()) return isNews;
      file.close();
      file = growingFile(path);
      parser = newParser();
      return false;
    },
    runs,
    // Of an application log it is never known that no other run will follow.
    hasEnded: () => run !== undefined && runs().some(({ outcome }) => outcome !== undefined),
    isAbandoned: () => false,
    close: () => file.close(),
  };
}
