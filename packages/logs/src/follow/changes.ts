import type { RunRecord } from '../runs/index.ts';

/** News of a followed run: that it began or ended, or that a job did. */
export interface FollowedChange {
  /** Milliseconds since 1970; of the last news where nothing tells better. */
  readonly atMs: number;
  readonly application: string;
  readonly run: number | undefined;
  /** Absent when it is the run itself. */
  readonly job?: string;
  /** A job's status, `retrying`, or of a run `started` or its outcome. */
  readonly status: string;
  readonly durationMs?: number;
  /** The number of the try that has begun or was the last. */
  readonly try?: number;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly because?: string;
}

/** What was last seen of a run. */
export interface Seen {
  readonly outcome: RunRecord['outcome'];
  readonly attempts: number;
  /** By job: its status and how many tries it has had. */
  readonly jobs: ReadonlyMap<string, string>;
}

/** What a look at a run shows. */
export function seenOf(run: RunRecord): Seen {
  return {
    outcome: run.outcome,
    attempts: run.attempts,
    jobs: new Map(run.jobs.map((job) => [job.id, `${job.status} ${job.tries.length}`])),
  };
}

/** What is new in `run` since it was `seen`, in the order of time. Linear in the jobs. */
export function changesSince(seen: Seen | undefined, run: RunRecord): FollowedChange[] {
  const { application, run: number } = run;
  const ofRun = { application, run: number };
  const began: FollowedChange[] =
    seen?.attempts === run.attempts ? [] : [{ atMs: run.startedAtMs, ...ofRun, status: 'started' }];
  const ofJobs = run.jobs.flatMap((job): FollowedChange[] => {
    if (job.status === 'waiting' && job.tries.length === 0) return [];
    if (seen?.jobs.get(job.id) === `${job.status} ${job.tries.length}`) return [];
    const last = job.tries.at(-1);
    const isOver = job.status !== 'running' && job.status !== 'waiting';
    const isRetrying = !isOver && last?.endedAtMs !== undefined;
    const atMs = (isOver ? job.endedAtMs : last?.startedAtMs) ?? job.startedAtMs ?? run.startedAtMs;
    return [
      {
        atMs,
        ...ofRun,
        job: job.id,
        status: isRetrying ? 'retrying' : isOver ? job.status : 'running',
        ...(isOver && job.durationMs !== undefined ? { durationMs: job.durationMs } : {}),
        ...(job.tries.length > 1 ? { try: job.tries.length } : {}),
        ...(isOver && last?.exitCode !== undefined ? { exitCode: last.exitCode } : {}),
        ...(isOver && last?.signal !== undefined ? { signal: last.signal } : {}),
        ...(job.because === undefined ? {} : { because: job.because }),
      },
    ];
  });
  const ended: FollowedChange[] =
    run.outcome === undefined || seen?.outcome === run.outcome
      ? []
      : [
          {
            atMs: run.startedAtMs + run.durationMs,
            ...ofRun,
            status: run.outcome,
            durationMs: run.durationMs,
          },
        ];
  return [...began, ...ofJobs.sort((a, b) => a.atMs - b.atMs), ...ended];
}
