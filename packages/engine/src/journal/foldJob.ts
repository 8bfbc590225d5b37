import type { JournalEvent, Outcome, OutcomeReason } from './event.ts';
import { occupy, release } from './occupancy.ts';
import type { JobPhase, JobState, RunState, TryState } from './runState.ts';
import { unreachable } from './unreachable.ts';

/** An event that is about a job. */
export type JobJournalEvent = Extract<JournalEvent, { readonly round: number }>;

/** Applies an event of a job to it, in constant time but for a look at the busy workers. */
export function applyJobEvent(state: RunState, job: JobState, event: JobJournalEvent): void {
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
      const { attempt, round } = event;
      job.checks.push({ attempt, round, phase, index, name, try: event.try, startedAtMs: nowMs });
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
        endedAtMs: undefined,
        closedAtMs: undefined,
        outcome: undefined,
        limitMs: event.limit_ms,
        end: undefined,
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
      withLastTry(job, (last) => adopt(last, event, nowMs));
      return;
    case 'job.warning':
      withLastTry(job, ({ warnings }) => warnings.push({ atMs: nowMs, what: event.what }));
      return;
    case 'job.signalled':
      job.phase = 'stopping';
      withLastTry(job, ({ signals }) => signals.push({ atMs: nowMs, signal: event.signal, why: event.why }));
      return;
    case 'job.exited':
      withLastTry(job, (last) => {
        last.endedAtMs = nowMs;
        last.end = event.end;
      });
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
      withLastTry(job, (last) => {
        last.delayMs = event.delay_ms;
        closeTry(last, event.status, nowMs);
      });
      return;
    case 'job.due':
      job.phase = 'waiting';
      return;
    case 'job.finished':
      job.durationMs = event.duration_ms;
      if (event.tries > 0) withLastTry(job, (last) => closeTry(last, event.status, nowMs));
      finish(state, job, event, event.status);
      return;
    case 'job.skipped':
      finish(state, job, event, 'skipped');
      if (event.because !== undefined) job.because = event.because;
      return;
    case 'job.kept':
      job.phase = 'done';
      setOutcome(job, event.status, event.reason, event.from_attempt);
      return;
    case 'job.marked':
      finish(state, job, { ...event, reason: 'marked' }, 'succeeded');
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
function begin(state: RunState, job: JobState, event: JobJournalEvent, phase: JobPhase): void {
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
  job.earlierChecks.push(...job.checks);
  job.checks = [];
  job.leftovers = [];
  job.endedAtMs = undefined;
  job.durationMs = undefined;
}

function endCheck(
  state: RunState,
  job: JobState,
  event: JobJournalEvent & { readonly type: 'check.finished' },
): void {
  const check = job.checks.findLast(({ phase, index }) => phase === event.phase && index === event.index);
  if (check === undefined) return;
  check.endedAtMs = state.nowMs;
  check.ok = event.ok;
  if (event.message !== undefined) check.message = event.message;
  if (event.values !== undefined) check.values = event.values;
}

function finish(
  state: RunState,
  job: JobState,
  { attempt, reason }: { readonly attempt: number; readonly reason?: OutcomeReason },
  outcome: Outcome,
): void {
  release(state, job.id);
  job.phase = 'done';
  job.endedAtMs = state.nowMs;
  setOutcome(job, outcome, reason, attempt);
}

function setOutcome(
  job: JobState,
  outcome: Outcome,
  reason: OutcomeReason | undefined,
  attempt: number,
): void {
  job.outcome = outcome;
  job.outcomeAttempt = attempt;
  job.reason = reason;
}

function adopt(
  last: TryState,
  { attempt, pid }: { readonly attempt: number; readonly pid?: number },
  atMs: number,
): void {
  last.adoptions = [...(last.adoptions ?? []), { attempt, atMs }];
  if (pid !== undefined) last.pid = pid;
}

function closeTry(last: TryState, outcome: Outcome, atMs: number): void {
  if (last.closedAtMs !== undefined) return;
  last.closedAtMs = atMs;
  last.outcome = outcome;
}

/** A journal that begins in the middle may tell of a try whose start it does not have. */
function withLastTry(job: JobState, change: (last: TryState) => void): void {
  const last = job.tries.at(-1);
  if (last !== undefined) change(last);
}

/** The job waits again, and has no outcome. */
export function reopen(job: JobState): void {
  job.phase = 'waiting';
  job.outcome = undefined;
  job.outcomeAttempt = undefined;
  job.reason = undefined;
  job.because = undefined;
}
