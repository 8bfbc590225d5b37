import type { JournalEvent, JournalFinding } from '../journal/index.ts';
import { readJournal } from '../journal/index.ts';
import { attemptFiles, attempts, type FormerEngine, formerEngine } from '../runs/index.ts';

/** What the journals of a run tell, before anything is made of it. */
export interface PastRun {
  readonly run: number;
  readonly folder: string;
  /** Oldest first; never empty. */
  readonly attempts: readonly PastAttempt[];
  /** Number of the last event of all; 0 when there is none. */
  readonly lastSeq: number;
  /** Who ran the latest attempt; undefined when its journal was lost too early to tell. */
  readonly engine: FormerEngine | undefined;
  /** What was found wrong with the journals. An error means that part of a journal could not be read. */
  readonly findings: readonly JournalFinding[];
}

export interface PastAttempt {
  readonly attempt: number;
  readonly events: readonly JournalEvent[];
}

/** The first event of an attempt, where that was not lost. */
export function startOf({ events }: PastAttempt) {
  const [first] = events;
  return first?.type === 'run.started' ? first : undefined;
}

/** Without the attempts that another program has made: their logs are not ours. */
export function ownAttempts({ attempts }: PastRun): readonly PastAttempt[] {
  return attempts.filter((attempt) => startOf(attempt)?.options.imported === undefined);
}

/**
 * Reads all journals of a run, cut and torn ones too; undefined when it has none. Cost: linear in their size.
 *
 * @throws the system call's error when a journal cannot be read.
 */
export function readPastRun(run: number, folder: string): PastRun | undefined {
  const readings = attempts(folder).map((attempt) => ({
    attempt,
    ...readJournal(attemptFiles(folder, attempt).journal),
  }));
  const latest = readings.at(-1);
  if (latest === undefined) return undefined;
  return {
    run,
    folder,
    attempts: readings,
    lastSeq: Math.max(0, ...readings.map(({ events }) => events.at(-1)?.seq ?? 0)),
    engine: formerEngine(latest.events[0]),
    findings: readings.flatMap(({ findings }) => findings),
  };
}
