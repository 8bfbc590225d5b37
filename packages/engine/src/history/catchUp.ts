import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalFinding } from '../journal/index.ts';
import { attemptFiles, attempts, listRuns } from '../runs/index.ts';
import { type Database, databaseProblem } from './database.ts';
import { indexedBytes, indexJournal } from './indexJournal.ts';
import { forgetRun } from './schema.ts';

export interface CatchUpOptions {
  readonly stateFolder: string;
  /** Wall clock, milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Look at these first. */
  readonly first?: readonly number[];
  /** Stop after that long, with what is not done left to the next time. Default: no limit. */
  readonly budgetMs?: number;
}

export interface CaughtUp {
  /** `busy`: another process was writing, and the next call goes on; `later`: the time was over. */
  readonly state: 'done' | 'busy' | 'later';
  /** What is wrong with journals that were read. */
  readonly findings: readonly JournalFinding[];
}

/**
 * Takes all that the journals have more than the index into it, and forgets runs whose folder is gone. Each journal is a
 * transaction of its own, so several processes may do this at once. Costs a look at each run's folder, and is linear in
 * what is new.
 */
export function catchUp(db: Database, options: CatchUpOptions): CaughtUp {
  const findings: JournalFinding[] = [];
  const deadlineMs = options.nowMs() + (options.budgetMs ?? Number.POSITIVE_INFINITY);
  try {
    const runs = listRuns(options.stateFolder);
    forgetMissing(db, runs);
    const known = knownFolders(db);
    for (const run of [...(options.first ?? []), ...runs]) {
      const folder = join(options.stateFolder, 'runs', String(run));
      const mtimeMs = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
      if (mtimeMs === undefined || mtimeMs === known.get(run)) continue;
      if (options.nowMs() > deadlineMs) return { state: 'later', findings };
      findings.push(...catchUpRun(db, folder, run));
      settle(db, run, mtimeMs, options.nowMs());
    }
    return { state: 'done', findings };
  } catch (error) {
    if (databaseProblem(error) === 'busy') return { state: 'busy', findings };
    throw error;
  }
}

function forgetMissing(db: Database, runs: readonly number[]): void {
  const present = new Set(runs);
  const indexed = db.all<{ run: number }>('SELECT DISTINCT run FROM runs');
  for (const { run } of indexed) if (!present.has(run)) db.transaction(() => forgetRun(db, run));
}

/** Runs in whose folder nothing was added since they were over, with the time of its last change. */
function knownFolders(db: Database): ReadonlyMap<number, number> {
  const rows = db.all<{ run: number; mtime_ms: number }>('SELECT run, mtime_ms FROM folders');
  return new Map(rows.map(({ run, mtime_ms }) => [run, mtime_ms]));
}

function catchUpRun(db: Database, folder: string, run: number): JournalFinding[] {
  return attempts(folder).flatMap((attempt) => {
    const { journal } = attemptFiles(folder, attempt);
    const size = statSync(journal, { throwIfNoEntry: false })?.size ?? 0;
    const indexed = indexedBytes(db, run, attempt);
    if (size === indexed) return [];
    const finding = db.transaction(() => {
      // A shorter journal is another one, under the number of a run that is gone.
      if (size < indexed) forgetRun(db, run);
      return indexJournal(db, folder, run, attempt);
    });
    return finding === undefined ? [] : [{ ...finding, file: journal }];
  });
}

const folderTimeGrainMs = 2000;

/**
 * A run that is over need not be looked at again until its folder changes. A folder that has only just changed may do so
 * again within the grain of its time.
 */
function settle(db: Database, run: number, mtimeMs: number, nowMs: number): void {
  if (nowMs - mtimeMs < folderTimeGrainMs) return;
  const last = db.get<{ status: string | null }>(
    'SELECT status FROM runs WHERE run = ? ORDER BY attempt DESC LIMIT 1',
    run,
  );
  if (last?.status == null) return;
  db.run('INSERT OR REPLACE INTO folders (run, mtime_ms) VALUES (?, ?)', run, mtimeMs);
}
