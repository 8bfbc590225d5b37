import type { Outcome } from '../journal/index.ts';
import { describeFailure, type FailedJob, type RunSummary } from '../summary/index.ts';

/** When somebody is told: the run started, succeeded or failed, or one job failed. */
export type Occasion = 'started' | 'success' | 'failure' | 'job_failure';

/** What a webhook receives as JSON; times are ISO 8601 in UTC, secrets masked. */
export interface NotificationPayload {
  readonly v: 1;
  readonly event: Occasion;
  readonly application: string;
  readonly run: number;
  readonly attempt: number;
  /** The configuration, absolute. */
  readonly file: string;
  /** One sentence for people; chat programs show this field. */
  readonly text: string;
  /** The run log. */
  readonly log: string;
  /** For `failure` and `success`: the end of the run. */
  readonly outcome?: string;
  readonly exit_code?: number;
  readonly started_at?: string;
  readonly ended_at?: string;
  readonly duration_ms?: number;
  readonly total?: number;
  /** Jobs by outcome. */
  readonly counts?: Readonly<Partial<Record<Outcome, number>>>;
  /** For `failure` and `success` all failed jobs, at most 50; for `job_failure` the one. */
  readonly failed?: readonly FailedJobPayload[];
  /** For `failure`: what continues the run. */
  readonly resume_command?: string;
}

export interface FailedJobPayload {
  readonly job: string;
  readonly description: string;
  readonly status: Outcome;
  /** One sentence. */
  readonly reason: string;
  readonly tries: number;
  readonly duration_ms: number;
  /** The last lines it printed. */
  readonly last_lines: readonly string[];
  /** The job's log. */
  readonly log: string;
}

/** What is the same in all messages of a run. */
export interface RunHead {
  readonly application: string;
  readonly run: number;
  readonly attempt: number;
  readonly file: string;
  readonly log: string;
}

const mostFailedJobs = 50;

export function startedPayload(head: RunHead): NotificationPayload {
  return { v: 1, event: 'started', ...head, text: `${head.application}: run #${head.run} started` };
}

export function jobFailurePayload(head: RunHead, job: FailedJob): NotificationPayload {
  const text = `${head.application}: job "${job.job}" of run #${head.run}: ${describeFailure(job)}`;
  return { v: 1, event: 'job_failure', ...head, text, failed: [failedJobPayload(job)] };
}

export function finishedPayload(head: RunHead, summary: RunSummary): NotificationPayload {
  const succeeded = summary.outcome === 'succeeded';
  const names = summary.failed.slice(0, 5).map(({ job }) => job);
  const more =
    summary.failed.length > names.length ? ` and ${summary.failed.length - names.length} more` : '';
  const failed = names.length === 0 ? '' : `; failed: ${names.join(', ')}${more}`;
  const verdict = succeeded ? 'succeeded' : summary.outcome === 'cancelled' ? 'was cancelled' : 'failed';
  return {
    v: 1,
    event: succeeded ? 'success' : 'failure',
    ...head,
    text: `${head.application}: run #${head.run} ${verdict}${failed}`,
    outcome: summary.outcome,
    exit_code: summary.exitCode,
    started_at: new Date(summary.startedAtMs).toISOString(),
    ended_at: new Date(summary.endedAtMs).toISOString(),
    duration_ms: summary.durationMs,
    total: summary.total,
    counts: summary.counts,
    failed: summary.failed.slice(0, mostFailedJobs).map(failedJobPayload),
    ...(succeeded ? {} : { resume_command: resumeCommand(head) }),
  };
}

/** The command that continues a failed run. */
export function resumeCommand({ file, run }: Pick<RunHead, 'file' | 'run'>): string {
  const word = /^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
  return `executioner run ${word} --resume-from ${run}`;
}

function failedJobPayload(job: FailedJob): FailedJobPayload {
  return {
    job: job.job,
    description: job.description,
    status: job.status,
    reason: describeFailure(job),
    tries: job.tries,
    duration_ms: job.durationMs,
    last_lines: job.lastLines,
    log: job.log,
  };
}
