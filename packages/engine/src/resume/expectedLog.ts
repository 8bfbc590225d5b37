import type { Job } from '@executioner/core';
import type { JournalEvent } from '../journal/index.ts';
import { type LogLine, textLog } from '../textlogs/index.ts';
import type { PastAttempt } from './pastRun.ts';

/** What the log of a job should hold of the engine's own lines, in order, and between which of them output stands. */
export interface ExpectedLog {
  readonly job: string;
  readonly lines: readonly ExpectedLine[];
  /** Tokens of the tries whose output belongs into the log, oldest first. */
  readonly tries: readonly string[];
}

export interface ExpectedLine {
  readonly line: LogLine;
  /** How many tries have printed all they did when this line is written. */
  readonly triesBefore: number;
  /** It is written while the next try runs, so its output may stand on both sides. */
  readonly isAmidOutput: boolean;
}

/**
 * Folds the events of all attempts into the lines that their engines have written, or would have, to the logs of jobs,
 * for the jobs that `isWanted` names. `jobs` are those of the present configuration; what they print of an older one may
 * differ in its command.
 */
export function expectedLogs(
  attempts: readonly PastAttempt[],
  jobs: readonly Job[],
  isWanted: (job: string) => boolean,
): ExpectedLog[] {
  const logs = new Map<string, Builder>();
  for (const { events } of attempts) {
    const log = textLog(jobs);
    for (const event of events) {
      const lines = log.lines(event).filter(({ to }) => to === 'job');
      if (!('round' in event) || !isWanted(event.job)) continue;
      let builder = logs.get(event.job);
      if (builder === undefined) {
        builder = { job: event.job, lines: [], tries: [], isOpen: false };
        logs.set(event.job, builder);
      }
      take(builder, event, lines);
    }
  }
  return [...logs.values()];
}

interface Builder {
  readonly job: string;
  readonly lines: ExpectedLine[];
  readonly tries: string[];
  /** The latest try has not ended. */
  isOpen: boolean;
}

function take(builder: Builder, event: JournalEvent, lines: readonly LogLine[]): void {
  if (event.type === 'job.exited' || event.type === 'job.failed_to_start' || event.type === 'job.lost')
    builder.isOpen = false;
  if (event.type === 'job.starting') builder.isOpen = false;
  if (event.type === 'job.adopted') builder.isOpen = builder.tries.length > 0;
  const triesBefore = builder.tries.length - (builder.isOpen ? 1 : 0);
  for (const line of lines) builder.lines.push({ line, triesBefore, isAmidOutput: builder.isOpen });
  if (event.type !== 'job.starting') return;
  builder.tries.push(event.token);
  builder.isOpen = true;
}
