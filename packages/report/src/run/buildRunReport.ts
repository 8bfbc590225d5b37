import {
  type AttemptState,
  applyEvent,
  type CheckState,
  type EngineIdentity,
  emptyRun,
  type JobState,
  type JournalEvent,
  type RunState,
  type TryState,
} from '@executioner/engine';
import type { JobStatus } from '../look/index.ts';
import type { AttemptReport, FailedCheck, JobReport, RunReport, TryReport } from './model.ts';

/** How to tell a run that is under way from one whose engine was killed. */
export interface Surroundings {
  nowMs(): number;
  isAlive(engine: EngineIdentity): boolean;
}

/**
 * A report of the events of a run, attempt after attempt, by the engine's own fold. Of an unfinished journal it tells what
 * is known; with surroundings, a run that is under way is told as of now. Undefined if there is no event at all. Costs
 * O(1) per event.
 */
export async function buildRunReport(
  events: Iterable<JournalEvent> | AsyncIterable<JournalEvent>,
  surroundings?: Surroundings,
): Promise<RunReport | undefined> {
  const state = emptyRun();
  for await (const event of events) applyEvent(state, event);
  if (state.attempts.length === 0) return undefined;
  const report = reportOf(state);
  const { outcome, engine } = state.attempts.at(-1)!;
  if (surroundings === undefined || outcome !== undefined || engine === undefined) return report;
  return surroundings.isAlive(engine) ? asOf(report, surroundings.nowMs()) : report;
}

/** The last attempt, and the jobs that run in it, have lasted until now. */
function asOf(report: RunReport, nowMs: number): RunReport {
  const last = report.attempts.at(-1)!;
  const durationMs = Math.max(last.durationMs, nowMs - last.startedAtMs);
  const jobs = report.jobs.map((job) =>
    job.status === 'running' && job.attempt === last.attempt && job.startMs !== undefined
      ? { ...job, durationMs: durationMs - job.startMs }
      : job,
  );
  return {
    ...report,
    attempts: [...report.attempts.slice(0, -1), { ...last, durationMs, isUnderWay: true }],
    jobs,
  };
}

function reportOf(state: RunState): RunReport {
  const startedAtMs = new Map(state.attempts.map((each) => [each.attempt, each.startedAtMs]));
  const jobs = [...state.jobs.values()].map((job) => jobReport(job, startedAtMs));
  const jobCount = Math.max(state.jobCount, jobs.length);
  return {
    run: state.run,
    application: state.application,
    jobCount,
    attempts: state.attempts.map(attemptReport),
    jobs,
    counts: countStatuses(jobs, jobCount),
  };
}

function attemptReport(each: AttemptState): AttemptReport {
  const { attempt, startedAtMs, lastEventAtMs, workers, file, engine, outcome, exitCode, stopping } = each;
  return present({
    attempt,
    startedAtMs,
    durationMs: lastEventAtMs - startedAtMs,
    workers,
    file,
    host: engine?.host,
    version: engine?.version,
    outcome,
    exitCode,
    stopped: stopping && (stopping.job === undefined ? stopping.by : `the failure of "${stopping.job}"`),
  });
}

/** When each attempt began, milliseconds since 1970. */
type Starts = ReadonlyMap<number, number>;

function jobReport(job: JobState, starts: Starts): JobReport {
  const status = statusOf(job);
  const attempt = job.outcomeAttempt ?? job.attempt;
  // A job that waits again, or was decided upon without a turn of its own, has no start in this attempt.
  const hadTurn = job.attempt === attempt && status !== 'waiting' && job.startedAtMs !== undefined;
  return present({
    id: job.id,
    status,
    reason: job.reason,
    because: job.because,
    attempt,
    startMs: hadTurn ? job.startedAtMs! - starts.get(attempt)! : undefined,
    durationMs: hadTurn ? job.durationMs : undefined,
    tries: triesOf(job, starts),
  });
}

/** A job that has its turn is running, whatever it is about; one that waits for its locks or a person has none yet. */
function statusOf({ phase, outcome }: JobState): JobStatus {
  if (outcome !== undefined) return outcome;
  return phase === 'waiting' || phase === 'locking' || phase === 'approving' ? 'waiting' : 'running';
}

function triesOf(job: JobState, starts: Starts): TryReport[] {
  const checks = [...job.earlierChecks, ...job.checks];
  const untried = untriedChecks(job, checks).map((group) => checkedOnly(group, starts));
  return [...untried, ...job.tries.flatMap((each) => tryReports(each, checks, starts))].sort(
    (a, b) => a.attempt - b.attempt || a.round - b.round || a.try - b.try,
  );
}

/** Pre-checks of rounds in which the command was not tried at all. */
function untriedChecks(job: JobState, checks: readonly CheckState[]): CheckState[][] {
  const groups = new Map<string, CheckState[]>();
  for (const check of checks) {
    if (job.tries.some((each) => isOfRound(check, each))) continue;
    const key = `${check.attempt} ${check.round}`;
    groups.set(key, [...(groups.get(key) ?? []), check]);
  }
  return [...groups.values()];
}

function isOfRound(a: Round, b: Round): boolean {
  return a.attempt === b.attempt && a.round === b.round;
}

interface Round {
  readonly attempt: number;
  readonly round: number;
}

function checkedOnly(checks: readonly CheckState[], starts: Starts): TryReport {
  const { attempt, round, startedAtMs } = checks[0]!;
  const failed = checks.some(({ ok }) => ok === false);
  const originMs = starts.get(attempt)!;
  return present({
    attempt,
    round,
    try: 0,
    startMs: startedAtMs - originMs,
    endMs: failed ? checks.at(-1)!.endedAtMs! - originMs : undefined,
    status: failed ? ('precheck_failed' as const) : undefined,
    failedChecks: failedChecks(checks),
  });
}

/** A try that a later attempt took over is told in both: without an end where its engine died, and to the end. */
function tryReports(each: TryState, checks: readonly CheckState[], starts: Starts): TryReport[] {
  const ofTry = checks.filter(
    (check) => isOfRound(check, each) && (check.try === each.try || (check.try === 0 && each.try === 1)),
  );
  const begunAtMs = Math.min(each.startedAtMs, ...ofTry.map(({ startedAtMs }) => startedAtMs));
  const parts = [{ attempt: each.attempt, atMs: begunAtMs }, ...(each.adoptions ?? [])];
  return parts.map(({ attempt, atMs }, index) => {
    const originMs = starts.get(attempt)!;
    const isLast = index === parts.length - 1;
    return present({
      attempt,
      round: each.round,
      try: each.try,
      startMs: atMs - originMs,
      limitMs: each.limitMs,
      failedChecks: failedChecks(isLast ? ofTry : []),
      ...(isLast
        ? {
            end: each.end,
            error: each.error,
            endMs: each.closedAtMs === undefined ? undefined : each.closedAtMs - originMs,
            status: each.outcome,
          }
        : {}),
    });
  });
}

function failedChecks(checks: readonly CheckState[]): FailedCheck[] {
  return checks
    .filter(({ ok }) => ok === false)
    .map(({ phase, name, message, values }) => present({ phase, name, message, values }));
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without what is not known. */
function present<T extends object>(facts: T): Present<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Present<T>;
}

function countStatuses(jobs: readonly JobReport[], jobCount: number): RunReport['counts'] {
  const counts: Partial<Record<JobStatus, number>> = {};
  for (const { status } of jobs) counts[status] = (counts[status] ?? 0) + 1;
  const silent = jobCount - jobs.length;
  if (silent > 0) counts.waiting = (counts.waiting ?? 0) + silent;
  return counts;
}
