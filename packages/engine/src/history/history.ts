import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, type Configuration } from '@executioner/core';
import { type CatchUpOptions, type CaughtUp, catchUp } from './catchUp.ts';
import { type Database, databaseProblem, openDatabase } from './database.ts';
import { definitionHasher } from './definitionHash.ts';
import { type Estimates, noEstimates, readEstimates } from './estimates.ts';
import type { HistoryFilter } from './filter.ts';
import { type DefinedJobEntry, type JobEntry, jobsOfRun, jobsOfRuns, searchJobs } from './jobs.ts';
import { attemptsOfRun, listRunEntries, type RunEntry } from './runs.ts';
import { forgetRun, migrate } from './schema.ts';
import { stateKey } from './stateKey.ts';

/** The index over all runs of a state folder. */
export interface History {
  /** Takes in what the journals have more; never waits longer than 100 ms for another process. */
  catchUp(options?: Pick<CatchUpOptions, 'first' | 'budgetMs'>): CaughtUp;
  listRuns(filter?: HistoryFilter): RunEntry[];
  /** The attempts of a run and its jobs, attempt after attempt; undefined when there is no such run. */
  showRun(run: number): { readonly attempts: RunEntry[]; readonly jobs: JobEntry[] } | undefined;
  /**
   * Every run that the filter lets through with its jobs, oldest first; `limit` counts attempts, of the newest. In a few large
   * queries, for those who look at all of them; memory by some hundreds of runs.
   */
  eachRun(
    filter?: HistoryFilter,
  ): Generator<{ readonly attempts: RunEntry[]; readonly jobs: DefinedJobEntry[] }>;
  searchJobs(words: string, filter?: HistoryFilter): JobEntry[];
  estimatesFor(configuration: Configuration): Estimates;
  /** Forgets everything and reads all journals again. */
  rebuild(): CaughtUp;
  /** The number of the run that an import made, and what it was made of. */
  findImport(key: string): { readonly run: number; readonly content_hash: string } | undefined;
  /** Forgets a run whose journals were replaced: the next catching up reads them from their beginning. */
  forget(run: number): void;
  close(): void;
}

export interface HistoryOptions {
  readonly stateFolder: string;
  /** Wall clock, milliseconds since 1970. */
  readonly nowMs: () => number;
}

export function historyFile(stateFolder: string): string {
  return join(stateFolder, 'history.db');
}

/**
 * Opens the history of a state folder, and makes it when there is none.
 *
 * @throws CommandError HISTORY_DAMAGED, HISTORY_NEWER, HISTORY_BUSY or HISTORY_UNUSABLE
 */
export async function openHistory(options: HistoryOptions): Promise<History> {
  const { stateFolder } = options;
  const path = historyFile(stateFolder);
  const db = await opened(path, stateFolder);
  return {
    catchUp: (wanted = {}) => guarded(path, () => catchUp(db, { ...options, ...wanted })),
    ...view(db, path),
    searchJobs: (words, filter) => guarded(path, () => searchJobs(db, words, filter)),
    estimatesFor(configuration) {
      const hash = definitionHasher(stateKey(stateFolder), configuration);
      return guarded(path, () => readEstimates(db, configuration.jobs, hash));
    },
    rebuild: () =>
      guarded(path, () => {
        db.transaction(() => clear(db));
        return catchUp(db, options);
      }),
    findImport: (key) =>
      guarded(path, () => db.get('SELECT run, content_hash FROM imports WHERE key = ?', key)),
    forget: (run) => guarded(path, () => db.transaction(() => forgetRun(db, run))),
  };
}

/** What can be asked of a history that is only looked at. */
export type HistoryView = Pick<History, 'listRuns' | 'showRun' | 'eachRun' | 'close'>;

/**
 * Opens a history database wherever it lies, and changes nothing, so that the journals are not looked at.
 *
 * @throws CommandError HISTORY_DAMAGED, HISTORY_NEWER, HISTORY_BUSY or HISTORY_UNUSABLE
 */
export async function openHistoryFile(path: string): Promise<HistoryView> {
  try {
    const db = await openDatabase(path, { readOnly: true });
    if (db.get("SELECT 1 FROM sqlite_master WHERE name = 'definitions'") === undefined) {
      db.close();
      throw new CommandError('HISTORY_UNUSABLE', `"${path}" is no history of executioner`);
    }
    return view(db, path);
  } catch (error) {
    throw historyError(path, error);
  }
}

function view(db: Database, path: string): HistoryView {
  return {
    listRuns: (filter) => guarded(path, () => listRunEntries(db, filter)),
    showRun(run) {
      return guarded(path, () => {
        const attempts = attemptsOfRun(db, run);
        return attempts.length === 0 ? undefined : { attempts, jobs: jobsOfRun(db, run) };
      });
    },
    eachRun: (filter) => eachRun(db, path, filter),
    close: () => db.close(),
  };
}

/** So many jobs at once, or the jobs of one run. */
const jobsAtOnce = 20_000;

function* eachRun(
  db: Database,
  path: string,
  filter: HistoryFilter | undefined,
): Generator<{ attempts: RunEntry[]; jobs: DefinedJobEntry[] }> {
  const attempts = new Map<number, RunEntry[]>();
  for (const entry of guarded(path, () => listRunEntries(db, filter)))
    attempts.set(entry.run, [...(attempts.get(entry.run) ?? []), entry]);
  const runs = [...attempts.keys()].sort((a, b) => a - b);
  // Of a resumed run the filter may have let through only some attempts.
  for (const [run, [first, ...others]] of attempts)
    if (first!.attempt > 1 || others.length > 0)
      attempts.set(
        run,
        guarded(path, () => attemptsOfRun(db, run)),
      );
  for (let start = 0; start < runs.length; ) {
    let end = start;
    for (let jobs = 0; end < runs.length && (end === start || jobs < jobsAtOnce); end++)
      jobs += attempts.get(runs[end]!)!.at(-1)!.job_count;
    const jobs = guarded(path, () => jobsOfRuns(db, runs[start]!, runs[end - 1]!));
    let next = 0;
    for (const run of runs.slice(start, end)) {
      while (next < jobs.length && jobs[next]!.run < run) next += 1;
      const first = next;
      while (next < jobs.length && jobs[next]!.run === run) next += 1;
      yield { attempts: attempts.get(run)!, jobs: jobs.slice(first, next) };
    }
    start = end;
  }
}

/** Removes the index, also a damaged one. The journals are not touched. */
export function removeHistory(stateFolder: string): void {
  const path = historyFile(stateFolder);
  for (const file of [`${path}-wal`, `${path}-shm`, path]) rmSync(file, { force: true });
}

/**
 * The estimates for a configuration, or none when there is no history yet or it cannot be read: a run does without.
 */
export async function estimatesFor(
  configuration: Configuration,
  options: HistoryOptions,
): Promise<Estimates> {
  if (!existsSync(historyFile(options.stateFolder))) return noEstimates;
  try {
    const history = await openHistory(options);
    try {
      return history.estimatesFor(configuration);
    } finally {
      history.close();
    }
  } catch (error) {
    if (error instanceof CommandError) return noEstimates;
    throw error;
  }
}

async function opened(path: string, stateFolder: string): Promise<Database> {
  try {
    mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
    // The library would make it readable for all.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    // Only now and then somebody makes or migrates it: that is worth waiting for.
    const db = await openDatabase(path, { busyMs: 5000 });
    // WAL: readers never wait for a writer. Losing the last transactions with the machine costs nothing: they are read again.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    const usable = migrate(db);
    db.exec('PRAGMA busy_timeout = 100');
    if (usable) return db;
    db.close();
  } catch (error) {
    throw historyError(path, error);
  }
  throw new CommandError(
    'HISTORY_NEWER',
    `the history "${path}" was made by a newer version of executioner`,
    {
      hint: 'use that version, or remove the file: the journals hold everything, and history rebuild reads them again',
    },
  );
}

function guarded<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw historyError(path, error);
  }
}

function historyError(path: string, error: unknown): unknown {
  const { message } = error as Error;
  switch (databaseProblem(error)) {
    case 'busy':
      return new CommandError('HISTORY_BUSY', `another process is writing the history "${path}"`, {
        hint: 'try again in a moment',
        cause: error,
      });
    case 'damaged':
      return new CommandError('HISTORY_DAMAGED', `the history "${path}" is damaged: ${message}`, {
        hint: 'executioner history rebuild makes it anew from the journals; nothing is lost',
        cause: error,
      });
    case 'unusable':
      return new CommandError('HISTORY_UNUSABLE', `the history "${path}" cannot be used: ${message}`, {
        cause: error,
      });
    default:
      break;
  }
  if (typeof (error as NodeJS.ErrnoException).syscall === 'string') {
    return new CommandError('HISTORY_UNUSABLE', `the history "${path}" cannot be used: ${message}`, {
      hint: 'name a folder you may write to with the environment variable EXECUTIONER_HOME',
      cause: error,
    });
  }
  return error;
}

function clear(db: Database): void {
  for (const { run } of db.all<{ run: number }>('SELECT DISTINCT run FROM runs')) forgetRun(db, run);
  for (const table of ['folders', 'journals', 'imports', 'definitions']) db.run(`DELETE FROM ${table}`);
}
