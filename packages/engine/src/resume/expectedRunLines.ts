import type { Configuration, Job } from '@executioner/core';
import { attemptFiles, readAttemptFile } from '../runs/index.ts';
import { type LogLine, textLog } from '../textlogs/index.ts';
import { ownAttempts, type PastAttempt, type PastRun, startOf } from './pastRun.ts';

/**
 * What the engines of earlier attempts have written about the run as a whole, or would have: a fold of their events, oldest
 * first. Attempts of other programs, whose logs are their own, are left out. `jobs` stand in for those of an attempt whose
 * configuration was not kept.
 */
export function expectedRunLines(past: PastRun, jobs: readonly Job[]): LogLine[] {
  return ownAttempts(past).flatMap((attempt) => {
    const log = textLog(takingPart(attempt, keptJobs(past.folder, attempt) ?? jobs));
    return attempt.events.flatMap((event) =>
      log.lines(event).filter(({ to }) => to === 'run' || to === 'application'),
    );
  });
}

/** The jobs as they were then; secrets in them are masked, as in the log. */
function keptJobs(folder: string, { attempt }: PastAttempt): readonly Job[] | undefined {
  try {
    return (readAttemptFile(attemptFiles(folder, attempt).config) as Configuration | undefined)?.jobs;
  } catch {
    // Damaged: the present jobs will do, and only their commands could differ.
    return undefined;
  }
}

function takingPart(attempt: PastAttempt, jobs: readonly Job[]): readonly Job[] {
  const selected = startOf(attempt)?.options.selected;
  if (!Array.isArray(selected)) return jobs;
  const ids = new Set(selected);
  return jobs.filter(({ id }) => ids.has(id));
}
