import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LogRetention } from '@executioner/core';
import { type JournalEvent, readJournal } from '../journal/index.ts';
import { attemptFiles, attempts, formerEngine, type Liveness, liveness } from '../runs/index.ts';
import { readRunFiles } from './runFiles.ts';
import type { RunEntry } from './runs.ts';

/** What is to go, decided before anything is touched. */
export interface PrunePlan {
  readonly runs: readonly PrunedRun[];
  /** Runs that should go and stay, because something of them is still alive or nobody can say. */
  readonly alive: readonly number[];
}

export interface PrunedRun {
  readonly run: number;
  readonly application: string;
  readonly startedAtMs: number;
  readonly folder: string;
  /** Its text logs, as far as they are there. */
  readonly logs: readonly string[];
  /** Of folder and logs. */
  readonly bytes: number;
}

export interface PruneOptions {
  readonly stateFolder: string;
  /** Wall clock, milliseconds since 1970. */
  readonly nowMs: number;
  /** Imported runs too; their text logs belong to the program that wrote them, and stay. */
  readonly imported?: boolean;
}

/**
 * Which of the runs go: all but the newest `maxRuns`, those begun longer ago than `maxAgeMs`, and from the oldest on as
 * many as keep the rest above `maxSizeBytes`. `entries` are the attempts of the runs that count, such as those of one
 * application. The newest run of all, whose number the next one follows, always stays, and so does what is alive.
 */
export function planPrune(
  entries: readonly RunEntry[],
  newestRun: number,
  retention: LogRetention,
  options: PruneOptions,
): PrunePlan {
  const runs = newestFirst(entries).filter(({ source }) => options.imported === true || source === 'run');
  const { maxRuns = Number.POSITIVE_INFINITY, maxAgeMs, maxSizeBytes } = retention;
  const gone: PrunedRun[] = [];
  const alive: number[] = [];
  let keptBytes = 0;
  runs.forEach((entry, index) => {
    const tooMany = index >= maxRuns;
    const tooOld = maxAgeMs !== undefined && entry.started_at < options.nowMs - maxAgeMs;
    if (!tooMany && !tooOld && maxSizeBytes === undefined) return;
    const run = measured(entry, options.stateFolder);
    const tooBig = maxSizeBytes !== undefined && keptBytes + run.bytes > maxSizeBytes;
    if ((!tooMany && !tooOld && !tooBig) || entry.run === newestRun) keptBytes += run.bytes;
    else if (isAlive(run.folder)) alive.push(entry.run);
    else gone.push(run);
  });
  return { runs: gone.reverse(), alive };
}

/**
 * Removes runs with their text logs. A run that was taken up again since the plan was made stays. The index forgets them
 * when it catches up.
 *
 * @returns the numbers of the runs that are gone.
 */
export function applyPrune(plan: PrunePlan): number[] {
  return plan.runs.filter(removeRun).map(({ run }) => run);
}

function removeRun({ run, folder, logs }: PrunedRun): boolean {
  const before = attempts(folder).length;
  const aside = join(dirname(folder), `.pruned-${run}-${process.pid}`);
  // Under another name nobody can resume it any more.
  renameSync(folder, aside);
  if (attempts(aside).length !== before) {
    renameSync(aside, folder);
    return false;
  }
  for (const log of logs) rmSync(log, { force: true });
  rmSync(aside, { recursive: true, force: true });
  return true;
}

/** The first attempt of each run tells when it began. */
function newestFirst(entries: readonly RunEntry[]): RunEntry[] {
  const first = new Map<number, RunEntry>();
  for (const entry of entries) {
    const known = first.get(entry.run);
    if (known === undefined || entry.attempt < known.attempt) first.set(entry.run, entry);
  }
  return [...first.values()].sort((a, b) => b.run - a.run);
}

function measured({ run, application, started_at }: RunEntry, stateFolder: string): PrunedRun {
  const folder = join(stateFolder, 'runs', String(run));
  const logs = textLogs(folder, run);
  const files = [...readdirSync(folder).map((name) => join(folder, name)), ...logs];
  const bytes = files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  return { run, application, startedAtMs: started_at, folder, logs, bytes };
}

/** Only under the names that the run itself has used. */
function textLogs(folder: string, run: number): string[] {
  const found = new Set<string>();
  for (const attempt of attempts(folder)) {
    const files = readRunFiles(folder, run, attempt);
    for (const log of files.logs()) if (statSync(log, { throwIfNoEntry: false })?.isFile()) found.add(log);
  }
  return [...found];
}

/** Also when nobody can say: a run on another machine, or a job whose process cannot be told from a later one. */
function isAlive(folder: string): boolean {
  const last = attempts(folder).at(-1);
  if (last === undefined) return false;
  const { events } = readJournal(attemptFiles(folder, last).journal);
  if (events.at(-1)?.type === 'run.finished') return false;
  const first = events[0];
  if (formerEngine(first)?.liveness !== 'gone') return first !== undefined;
  return openProcesses(events).some((state) => state !== 'gone');
}

/** Jobs outlive their engine. */
function openProcesses(events: readonly JournalEvent[]): Liveness[] {
  const open = new Map<string, Liveness>();
  const [first] = events;
  const engine = first?.type === 'run.started' ? first.engine : undefined;
  for (const event of events) {
    if (event.type === 'job.started') {
      const { pid, ticks, job } = event;
      const recorded = { pid, host: engine?.host ?? '' };
      const boot = engine?.boot_id === undefined ? {} : { bootId: engine.boot_id };
      open.set(job, liveness({ ...recorded, ...boot, ...(ticks === undefined ? {} : { ticks }) }));
    } else if (event.type === 'job.exited' || event.type === 'job.finished') {
      open.delete(event.job);
    }
  }
  return [...open.values()];
}
