import { applyEvent, emptyRun, type JobState, type JournalEvent, type RunState } from '@executioner/engine';
import type { JobStatus } from '@executioner/report';
import type { JobRecord, RunRecord, RunStop, TryRecord } from './runRecord.ts';

/** Folds the events of a run, attempt after attempt, into its record. */
export interface JournalFold {
  push(event: JournalEvent): void;
  /** The record so far; undefined before the first event. */
  record(): RunRecord | undefined;
  /** What is known of one job so far: its costs do not grow with the jobs of the run. */
  job(id: string): JobRecord | undefined;
}

export interface JournalFoldOptions {
  readonly files: readonly string[];
  readonly folder?: string | undefined;
  /** The dependencies of a job, where the configuration of the run is known. */
  readonly dependenciesOf?: ((job: string) => readonly string[] | undefined) | undefined;
  /** The command of a job, likewise. */
  readonly commandOf?: ((job: string) => string | undefined) | undefined;
}

/** Event types that a record needs nothing of: readers may skip them unparsed. */
export const skippedEventTypes: ReadonlySet<string> = new Set([
  'lock.requested',
  'job.output',
  'job.due',
  'job.started',
  'job.warning',
]);

/** Makes a fold. Memory: by the tries of the run. */
export function journalFold(options: JournalFoldOptions): JournalFold {
  const state = emptyRun();
  const definitions = new Map<string, string>();
  const limits = new Map<string, number>();
  /** Of the attempt. */
  const stops: RunStop[] = [];
  let facts: Pick<RunRecord, 'configuration' | 'host' | 'version'> = {};
  return {
    push(event) {
      applyEvent(state, event);
      // Who was busy when is not needed here, and would grow with every try.
      state.occupancy.length = 0;
      if (event.type === 'job.starting') {
        if (event.try === 1) forgetEarlierRounds(state.jobs.get(event.job));
        if (event.definition_hash !== undefined) definitions.set(event.job, event.definition_hash);
        limits.set(event.job, event.limit_ms);
      } else if (event.type === 'run.stopping') {
        stops.push({ ...state.stopping!, atMs: state.nowMs });
      } else if (event.type === 'run.started') {
        stops.length = 0;
        const { file } = event.options;
        facts = {
          ...(typeof file === 'string' ? { configuration: file } : {}),
          host: event.engine.host,
          version: event.engine.version,
        };
      }
    },
    job(id) {
      const job = state.jobs.get(id);
      return job && jobOfState(job, limits.get(id), definitions.get(id), options);
    },
    record() {
      const attempt = state.attempts.at(-1);
      if (attempt === undefined) return undefined;
      const jobs = [...state.jobs.values()].map((job) =>
        jobOfState(job, limits.get(job.id), definitions.get(job.id), options),
      );
      return {
        kind: 'journal',
        files: options.files,
        ...facts,
        ...(options.folder === undefined ? {} : { folder: options.folder }),
        ...ofRun(state, stops),
        durationMs: Math.max(0, (attempt.endedAtMs ?? state.nowMs) - attempt.startedAtMs),
        jobs: options.dependenciesOf === undefined ? jobs : withWaits(jobs, state, options.dependenciesOf),
        problems: [],
      };
    },
  };
}

/** A job that is opened again and again would otherwise grow without end. */
function forgetEarlierRounds(job: JobState | undefined): void {
  if (job !== undefined && job.tries.length > 1) job.tries.splice(0, job.tries.length - 1);
}

function ofRun(
  state: RunState,
  [stopped, ...laterStops]: readonly RunStop[],
): Omit<RunRecord, 'kind' | 'files' | 'durationMs' | 'jobs' | 'problems'> {
  const { application, run, outcome, exitCode, workers } = state;
  const { startedAtMs: attemptStartedAtMs, endedAtMs } = state.attempts.at(-1)!;
  return {
    application,
    run,
    startedAtMs: state.attempts[0]!.startedAtMs,
    ...(state.attempts.length === 1 ? {} : { attemptStartedAtMs }),
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(workers === 0 ? {} : { workers }),
    jobCount: Math.max(state.jobCount, state.jobs.size),
    attempts: state.attempts.length,
    ...(stopped === undefined ? {} : { stopped }),
    ...(laterStops.length === 0 ? {} : { laterStops }),
  };
}

function jobOfState(
  job: JobState,
  limitMs: number | undefined,
  definition: string | undefined,
  { commandOf }: JournalFoldOptions,
): JobRecord {
  const { id, reason, because, startedAtMs, endedAtMs, durationMs } = job;
  const command = commandOf?.(id);
  const tries = job.tries.filter(({ attempt, round }) => attempt === job.attempt && round === job.round);
  const cpu = tries.flatMap(({ end }) => (end?.cpu_ms === undefined ? [] : [end.cpu_ms]));
  const memory = tries.flatMap(({ end }) => (end?.max_rss_kb === undefined ? [] : [end.max_rss_kb]));
  return {
    id,
    status: statusOf(job),
    ...(reason === undefined ? {} : { reason }),
    ...(because === undefined ? {} : { because }),
    ...(command === undefined ? {} : { command }),
    ...(definition === undefined ? {} : { definition }),
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
    ...(durationMs === undefined ? {} : { durationMs }),
    tries: tries.map((each, index) =>
      tryOfState(each, index === tries.length - 1 ? job.outcome : 'failed', limitMs),
    ),
    failedChecks: job.checks
      .filter(({ ok }) => ok === false)
      .map(({ phase, name, message }) => ({ phase, name, ...(message === undefined ? {} : { message }) })),
    ...(cpu.length === 0 ? {} : { cpuMs: cpu.reduce((sum, each) => sum + each, 0) }),
    ...(memory.length === 0 ? {} : { maxRssKb: Math.max(...memory) }),
  };
}

function statusOf({ outcome, phase }: JobState): JobStatus {
  if (outcome !== undefined) return outcome;
  return phase === 'waiting' || phase === 'approving' ? 'waiting' : 'running';
}

function tryOfState(
  { startedAtMs, endedAtMs, end, error, signals, delayMs }: JobState['tries'][number],
  outcome: JobState['outcome'],
  limitMs: number | undefined,
): TryRecord {
  const wasStopped = signals.some(({ why }) => why === 'time_limit' || why === 'no_output');
  const status = wasStopped ? 'timed_out' : outcome;
  return {
    startedAtMs,
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
    ...(status === undefined ? {} : { status }),
    ...(end?.exit_code === undefined ? {} : { exitCode: end.exit_code }),
    ...(end?.signal === undefined ? {} : { signal: end.signal }),
    ...(limitMs === undefined || limitMs === 0 ? {} : { limitMs }),
    ...(error === undefined ? {} : { error: error.message }),
    ...(delayMs === undefined ? {} : { delayMs }),
  };
}

/** How long each job waited for a worker after the last of its dependencies had ended. */
function withWaits(
  jobs: readonly JobRecord[],
  { attempts }: RunState,
  dependenciesOf: (job: string) => readonly string[] | undefined,
): JobRecord[] {
  const attemptStartMs = attempts.at(-1)!.startedAtMs;
  const endedAtMs = new Map(jobs.map((job) => [job.id, job.endedAtMs]));
  return jobs.map((job) => {
    const dependencies = dependenciesOf(job.id);
    if (dependencies === undefined || job.startedAtMs === undefined || job.startedAtMs < attemptStartMs)
      return job;
    const readyMs = dependencies.reduce(
      (latest, dependency) => Math.max(latest, endedAtMs.get(dependency) ?? 0),
      attemptStartMs,
    );
    return { ...job, waitedMs: Math.max(0, job.startedAtMs - readyMs) };
  });
}
