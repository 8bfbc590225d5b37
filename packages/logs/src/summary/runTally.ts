import { type JobFigures, type RunRecord, retriesShown, StatusTally, statusCode } from '../runs/index.ts';
import type { RunLine } from './model.ts';

/** Counts the jobs of a run, which are to be shown to it one after the other, for the line of the run. Used again for the next. */
export class RunTally {
  readonly statuses = new StatusTally();
  /** Jobs that had their turn, and their tries. */
  turns = 0;
  tries = 0;
  retries = 0;
  hasFailures = false;
  /** NaN where it is not known since when tries count. */
  #busySinceMs = Number.NaN;
  #busyMs = Number.NaN;
  #firstFailure = '';
  #firstFailureMs = Number.POSITIVE_INFINITY;

  begin(run: RunRecord): void {
    this.statuses.clear();
    this.turns = 0;
    this.tries = 0;
    this.retries = 0;
    this.hasFailures = false;
    this.#busySinceMs = countedSince(run);
    this.#busyMs = 0;
    this.#firstFailureMs = Number.POSITIVE_INFINITY;
    // Those that nothing is told of are waiting.
    this.statuses.add(waitingCode, Math.max(0, run.jobCount - run.jobs.length));
  }

  add(job: JobFigures): void {
    const { tryCount } = job;
    this.statuses.add(job.statusCode);
    if (!Number.isNaN(job.startedAtMs)) {
      this.turns += 1;
      this.tries += tryCount;
    }
    this.retries += retriesShown({ tryCount });
    if (!Number.isNaN(this.#busySinceMs)) this.#busyMs += job.busyMs(this.#busySinceMs);
    if (job.hasFailed) this.#addFailure(job);
  }

  #addFailure(job: JobFigures): void {
    this.hasFailures = true;
    if (job.reason === 'allowed') return;
    const endedAtMs = Number.isNaN(job.endedAtMs) ? 0 : job.endedAtMs;
    if (endedAtMs >= this.#firstFailureMs) return;
    this.#firstFailureMs = endedAtMs;
    this.#firstFailure = job.id;
  }

  line(run: RunRecord): RunLine {
    const { application, startedAtMs, durationMs, outcome, recordedStatus, attempts, workers, jobCount } =
      run;
    return {
      application,
      run: run.run,
      startedAtMs,
      durationMs,
      outcome,
      recordedStatus,
      attempts,
      workers,
      workerUse: workerUse(run, this.#busyMs),
      jobCount,
      counts: this.statuses.counts(),
      retries: this.retries,
      firstFailure: this.#firstFailureMs === Number.POSITIVE_INFINITY ? undefined : this.#firstFailure,
    };
  }
}

const waitingCode = statusCode('waiting');

/** From when tries count as work of the last attempt; NaN where its start is not known. */
function countedSince({ startedAtMs, endedAtMs, durationMs, attempts }: RunRecord): number {
  if (durationMs === 0 || (endedAtMs === undefined && attempts > 1)) return Number.NaN;
  return endedAtMs === undefined ? startedAtMs : endedAtMs - durationMs;
}

/**
 * Of the last attempt. A text log without a word of workers is that of a sequential run; a history tells neither workers nor
 * when the tries before the last began.
 */
function workerUse(run: RunRecord, busyMs: number): number | undefined {
  const workers = run.workers ?? (run.kind === 'text log' ? 1 : undefined);
  if (workers === undefined || busyMs === 0) return undefined;
  return Math.min(1, busyMs / (run.durationMs * workers));
}
