import type {
  CheckPhase,
  JournalEvent,
  Outcome,
  OutcomeReason,
  ProcessEnd,
  RunOutcome,
  StartError,
} from './event.ts';

/** Where a job is, as far as its events tell; what it waits for is the scheduler's knowledge. */
export type JobPhase =
  | 'waiting'
  | 'locking'
  | 'approving'
  | 'checking'
  | 'starting'
  | 'running'
  | 'stopping'
  | 'retrying'
  | 'done';

/**
 * A run as its events show it, up to any of them. All times are milliseconds since 1970: the start of the
 * attempt by the wall clock, plus the monotonic time since then.
 */
export interface RunState {
  run: number;
  application: string;
  attempts: AttemptState[];
  /** In the order in which the jobs first appear. */
  readonly jobs: Map<string, JobState>;
  phase: 'running' | 'paused' | 'stopping' | 'finished';
  workers: number;
  /** How many jobs the plan has; `jobs` holds those that something has happened to. */
  jobCount: number;
  outcome?: RunOutcome;
  exitCode?: number;
  stopping?: { readonly why: 'failure' | 'cancel' | 'kill'; readonly by: string; readonly job?: string };
  /** Which worker was busy with which job and when, in the order of ending; what is going on is in `busy`. */
  readonly occupancy: Occupancy[];
  /** By worker, from 0; a job takes the lowest free one. */
  readonly busy: (Occupancy | undefined)[];
  /** The last event's time and number. */
  nowMs: number;
  lastSeq: number;
}

export interface AttemptState {
  readonly attempt: number;
  readonly startedAtMs: number;
  endedAtMs?: number;
}

export interface JobState {
  readonly id: string;
  phase: JobPhase;
  /** Attempt and round in which it last had its turn; 0 before. */
  attempt: number;
  round: number;
  outcome?: Outcome;
  reason?: OutcomeReason;
  /** The dependency because of which it was skipped. */
  because?: string;
  /** From the first try's start of the last round, checks and back-off included. */
  durationMs?: number;
  startedAtMs?: number;
  endedAtMs?: number;
  /** All tries of all rounds and attempts, oldest first. */
  readonly tries: TryState[];
  /** Checks of the last round, in the order of starting. */
  checks: CheckState[];
  held: boolean;
  /** Processes that outlived it. */
  leftovers: readonly number[];
}

export interface TryState {
  readonly attempt: number;
  readonly round: number;
  readonly try: number;
  readonly token?: string;
  readonly startedAtMs: number;
  endedAtMs?: number;
  pid?: number;
  end?: ProcessEnd;
  error?: StartError;
  /** Nobody knows how it ended. */
  lost?: true;
  signals: { readonly atMs: number; readonly signal: string; readonly why: string }[];
  warnings: { readonly atMs: number; readonly what: string }[];
  /** The wait before the next try. */
  delayMs?: number;
}

export interface CheckState {
  readonly phase: CheckPhase;
  readonly index: number;
  readonly name: string;
  readonly try: number;
  readonly startedAtMs: number;
  endedAtMs?: number;
  ok?: boolean;
  message?: string;
  values?: Readonly<Record<string, unknown>>;
}

export interface Occupancy {
  readonly worker: number;
  readonly job: string;
  readonly fromMs: number;
  toMs?: number;
}

/** Folds the events of a run, of all its attempts in order, into its state. Cost: linear in the events. */
export function fold(events: Iterable<JournalEvent>): RunState {
  const state = emptyRun();
  for (const event of events) applyEvent(state, event);
  return state;
}

/** The state before the first event. */
export function emptyRun(): RunState {
  return {
    run: 0,
    application: '',
    attempts: [],
    jobs: new Map(),
    phase: 'running',
    workers: 0,
    jobCount: 0,
    occupancy: [],
    busy: [],
    nowMs: 0,
    lastSeq: 0,
  };
}

/** Applies one more event: changes `state`, in constant time but for a look at the busy workers. */
export function applyEvent(state: RunState, event: JournalEvent): void {
  if (state.attempts.at(-1)?.attempt !== event.attempt) beginAttempt(state, event);
  state.nowMs = state.attempts.at(-1)!.startedAtMs + event.m;
  state.lastSeq = event.seq;
  state.run = event.run;
  if ('round' in event) applyJobEvent(state, jobOf(state, event.job), event);
  else applyRunEvent(state, event);
}

/** What was going on in the attempt before ended with it, and which of its outcomes still stand is told anew. */
function beginAttempt(state: RunState, event: JournalEvent): void {
  for (const occupancy of state.busy) if (occupancy !== undefined) release(state, occupancy.job);
  state.attempts.push({ attempt: event.attempt, startedAtMs: Date.parse(event.t) - event.m });
  state.phase = 'running';
  delete state.outcome;
  delete state.exitCode;
  delete state.stopping;
  for (const job of state.jobs.values()) reopen(job);
}

function reopen(job: JobState): void {
  job.phase = 'waiting';
  delete job.outcome;
  delete job.reason;
  delete job.because;
}

function applyRunEvent(state: RunState, event: JournalEvent & { readonly type: RunEventType }): void {
  switch (event.type) {
    case 'run.started':
      state.application = event.application;
      state.jobCount = event.jobs;
      state.workers = event.workers;
      return;
    case 'run.paused':
      state.phase = 'paused';
      return;
    case 'run.resumed':
      state.phase = 'running';
      return;
    case 'run.changed':
      state.workers = event.workers;
      return;
    case 'run.stopping': {
      const { why, by, job } = event;
      state.phase = 'stopping';
      state.stopping = { why, by, ...(job === undefined ? {} : { job }) };
      return;
    }
    case 'run.finished':
      state.phase = 'finished';
      state.outcome = event.outcome;
      state.exitCode = event.exit_code;
      state.attempts.at(-1)!.endedAtMs = state.nowMs;
      return;
    case 'run.adopted':
      return;
    default:
      unreachable(event);
  }
}

type RunEventType = Extract<JournalEvent['type'], `run.${string}`>;
type JobEventType = Exclude<JournalEvent['type'], RunEventType>;

function applyJobEvent(
  state: RunState,
  job: JobState,
  event: JournalEvent & { readonly type: JobEventType },
): void {
  const { nowMs } = state;
  switch (event.type) {
    case 'lock.requested':
      begin(state, job, event, 'locking');
      return;
    case 'lock.granted':
      begin(state, job, event, 'checking');
      return;
    case 'check.started': {
      const { phase, index, name } = event;
      begin(state, job, event, 'checking');
      job.checks.push({ phase, index, name, try: event.try, startedAtMs: nowMs });
      return;
    }
    case 'check.finished':
      endCheck(state, job, event);
      return;
    case 'job.approving':
      release(state, job.id);
      job.phase = 'approving';
      return;
    case 'job.approved':
      job.phase = 'waiting';
      return;
    case 'job.starting': {
      begin(state, job, event, 'starting');
      const { attempt, round, token } = event;
      job.tries.push({
        attempt,
        round,
        try: event.try,
        token,
        startedAtMs: nowMs,
        signals: [],
        warnings: [],
      });
      return;
    }
    case 'job.started':
      job.phase = 'running';
      withLastTry(job, (last) => (last.pid = event.pid));
      return;
    case 'job.adopted':
      begin(state, job, event, 'running');
      if (event.pid !== undefined) withLastTry(job, (last) => (last.pid = event.pid!));
      return;
    case 'job.warning':
      withLastTry(job, ({ warnings }) => warnings.push({ atMs: nowMs, what: event.what }));
      return;
    case 'job.signalled':
      job.phase = 'stopping';
      withLastTry(job, ({ signals }) => signals.push({ atMs: nowMs, signal: event.signal, why: event.why }));
      return;
    case 'job.exited':
      withLastTry(job, (last) => Object.assign(last, { endedAtMs: nowMs, end: event.end }));
      return;
    case 'job.failed_to_start':
      withLastTry(job, (last) => Object.assign(last, { endedAtMs: nowMs, error: event.error }));
      return;
    case 'job.lost':
      withLastTry(job, (last) => Object.assign(last, { endedAtMs: nowMs, lost: true }));
      return;
    case 'job.retrying':
      release(state, job.id);
      job.phase = 'retrying';
      withLastTry(job, (last) => (last.delayMs = event.delay_ms));
      return;
    case 'job.due':
      job.phase = 'waiting';
      return;
    case 'job.finished':
      job.durationMs = event.duration_ms;
      finish(state, job, event.status, event.reason);
      return;
    case 'job.skipped':
      finish(state, job, 'skipped', event.reason);
      if (event.because !== undefined) job.because = event.because;
      return;
    case 'job.kept':
      job.phase = 'done';
      setOutcome(job, event.status, event.reason);
      return;
    case 'job.marked':
      finish(state, job, 'succeeded', 'marked');
      return;
    case 'job.reset':
      reopen(job);
      return;
    case 'job.held':
      job.held = true;
      return;
    case 'job.released':
      job.held = false;
      return;
    case 'job.leftover':
      job.leftovers = event.pids;
      return;
    case 'lock.lost':
    case 'job.output':
    case 'job.modified':
      return;
    default:
      unreachable(event);
  }
}

/** The job has its turn: a worker is busy with it until it ends or waits for a retry. */
function begin(
  state: RunState,
  job: JobState,
  event: JournalEvent & { readonly type: JobEventType },
  phase: JobPhase,
): void {
  if (job.attempt !== event.attempt || job.round !== event.round) beginRound(job, event, state.nowMs);
  occupy(state, job.id);
  job.phase = phase;
}

function beginRound(
  job: JobState,
  { attempt, round }: { readonly attempt: number; readonly round: number },
  nowMs: number,
): void {
  job.attempt = attempt;
  job.round = round;
  job.startedAtMs = nowMs;
  job.checks = [];
  job.leftovers = [];
  delete job.endedAtMs;
  delete job.durationMs;
}

function occupy(state: RunState, job: string): void {
  if (state.busy.some((occupancy) => occupancy?.job === job)) return;
  const free = state.busy.indexOf(undefined);
  const worker = free === -1 ? state.busy.length : free;
  state.busy[worker] = { worker, job, fromMs: state.nowMs };
}

function release(state: RunState, job: string): void {
  const worker = state.busy.findIndex((occupancy) => occupancy?.job === job);
  if (worker === -1) return;
  state.occupancy.push({ ...state.busy[worker]!, toMs: state.nowMs });
  state.busy[worker] = undefined;
}

function endCheck(
  state: RunState,
  job: JobState,
  event: JournalEvent & { readonly type: 'check.finished' },
): void {
  const check = job.checks.findLast(({ phase, index }) => phase === event.phase && index === event.index);
  if (check === undefined) return;
  check.endedAtMs = state.nowMs;
  check.ok = event.ok;
  if (event.message !== undefined) check.message = event.message;
  if (event.values !== undefined) check.values = event.values;
}

function finish(state: RunState, job: JobState, outcome: Outcome, reason: OutcomeReason | undefined): void {
  release(state, job.id);
  job.phase = 'done';
  job.endedAtMs = state.nowMs;
  setOutcome(job, outcome, reason);
}

function setOutcome(job: JobState, outcome: Outcome, reason: OutcomeReason | undefined): void {
  job.outcome = outcome;
  if (reason === undefined) delete job.reason;
  else job.reason = reason;
}

function jobOf(state: RunState, id: string): JobState {
  let job = state.jobs.get(id);
  if (job === undefined) {
    job = { id, phase: 'waiting', attempt: 0, round: 0, tries: [], checks: [], held: false, leftovers: [] };
    state.jobs.set(id, job);
  }
  return job;
}

/** A journal that begins in the middle may tell of a try whose start it does not have. */
function withLastTry(job: JobState, change: (last: TryState) => void): void {
  const last = job.tries.at(-1);
  if (last !== undefined) change(last);
}

function unreachable(event: never): void {
  throw new Error(`Internal error: the fold does not know the event ${JSON.stringify(event)}`);
}
