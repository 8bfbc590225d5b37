import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { EngineIdentity, JournalEvent } from '../journal/event.ts';
import { type Liveness, liveness } from './processIdentity.ts';

/** The folder of one run: `<state>/runs/<run>`. */
export interface RunFolder {
  readonly run: number;
  readonly path: string;
}

/**
 * Makes the folder of a new run (mode 0700). Its number is the lowest above every existing run and above
 * `importedMax`, the highest number in an imported history; `mkdir` being atomic, two engines never get the same.
 *
 * @throws the system call's error when the state folder cannot be written.
 */
export function createRun(stateFolder: string, importedMax = 0): RunFolder {
  const runsPath = join(stateFolder, 'runs');
  mkdirSync(runsPath, { recursive: true, mode: 0o700 });
  for (let run = Math.max(importedMax, ...listRuns(stateFolder)) + 1; ; run++) {
    const path = join(runsPath, String(run));
    try {
      mkdirSync(path, { mode: 0o700 });
      return { run, path };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** The numbers of all runs, ascending; none when there is no state folder yet. */
export function listRuns(stateFolder: string): number[] {
  return numbers(join(stateFolder, 'runs'), /^([1-9]\d*)$/);
}

/** The numbers of a run's attempts, ascending. */
export function attempts(runFolder: string): number[] {
  return numbers(runFolder, /^journal\.([1-9]\d*)\.ndjson$/);
}

/** Where the files of an attempt lie. */
export interface AttemptFiles {
  readonly journal: string;
  readonly launch: string;
  readonly config: string;
  readonly plan: string;
}

export function attemptFiles(runFolder: string, attempt: number): AttemptFiles {
  return {
    journal: join(runFolder, `journal.${attempt}.ndjson`),
    launch: join(runFolder, `launch.${attempt}.ndjson`),
    config: join(runFolder, `config.${attempt}.json`),
    plan: join(runFolder, `plan.${attempt}.json`),
  };
}

/** Where this process writes a file of an attempt that is to appear at `path` whole. */
export function unfinishedPath(path: string): string {
  return `${path}.${process.pid}.tmp`;
}

/**
 * Removes what engines that were killed had not finished of this attempt and of those before. Only for whoever has
 * claimed the attempt: nobody else can still make use of it.
 */
export function removeUnfinished(runFolder: string, attempt: number): void {
  for (const name of readdirSync(runFolder)) {
    const number = /^(?:journal|config|plan)\.([1-9]\d*)\.(?:nd)?json\.\d+\.tmp$/.exec(name)?.[1];
    if (number !== undefined && Number(number) <= attempt) rmSync(join(runFolder, name), { force: true });
  }
}

/** Stores a value as JSON (mode 0600): the file is there whole or not at all, also after a crash. */
export function storeAttemptFile(path: string, value: unknown): void {
  const unfinished = unfinishedPath(path);
  try {
    const fd = openSync(unfinished, 'wx', 0o600);
    try {
      writeFileSync(fd, `${JSON.stringify(value)}\n`);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** Reads what `storeAttemptFile` stored; undefined when there is no such file. */
export function readAttemptFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Who ran an attempt before, and whether it still does. */
export interface FormerEngine {
  readonly attempt: number;
  readonly pid: number;
  readonly host: string;
  readonly liveness: Liveness;
}

/**
 * The engine named by the first event of the attempt's journal. Undefined when the journal does not tell:
 * it is empty, or does not begin with the start of the attempt.
 */
export function formerEngine(first: JournalEvent | undefined): FormerEngine | undefined {
  if (first === undefined || (first.type !== 'run.started' && first.type !== 'run.adopted')) return undefined;
  const { engine_pid: pid, host } = first.engine;
  return { attempt: first.attempt, pid, host, liveness: engineLiveness(first.engine) };
}

/** Whether the engine that a journal names still exists. */
export function engineLiveness({ engine_pid: pid, ticks, boot_id, host }: EngineIdentity): Liveness {
  return liveness({
    pid,
    host,
    ...(ticks === undefined ? {} : { ticks }),
    ...(boot_id === undefined ? {} : { bootId: boot_id }),
  });
}

function numbers(folder: string, pattern: RegExp): number[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .flatMap((name) => pattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}
