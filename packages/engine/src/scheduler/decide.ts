import type { Event, JobEvent, OutcomeReason } from '../journal/event.ts';
import { firstListed } from './agenda.ts';
import { passedDeadline } from './deadlines.ts';
import { limitMsOf } from './modification.ts';
import { isFailure, OutcomeNumber, outcomeName, Phase, type PhaseNumber } from './phase.ts';
import type { Plan } from './plan.ts';
import { firstFitting } from './readyQueue.ts';
import { retryDelayMs } from './retry.ts';
import { Flag, hasFlag, NEVER_MS, type State, StopCause, Stopping, wakeAtMs } from './state.ts';
import { verdict } from './verdict.ts';

/**
 * The next thing that follows from where the run stands; undefined when there is nothing to do but wait.
 * Pure. In this order: what an earlier event left to be decided, the stop after a failure, deadlines that
 * have passed, the end of the run, the start of another job. O(1) but for the end.
 *
 * Deadlines count at ticks alone: of two things that happen in one instant, an end of a job is heard before
 * the limit that it just kept.
 */
export function decide(
  state: Readonly<State>,
  plan: Plan,
  nowMs: number,
  isTick: boolean,
): Event | undefined {
  if (!state.started || state.finished) return undefined;
  const listed = firstListed(state);
  if (listed !== -1) return decideListed(state, plan, listed, nowMs);
  if (state.failedJob !== -1 && state.stopping === Stopping.no && plan.onFailure === 'stop') {
    const job = state.failedJob;
    return { type: 'run.stopping', m: nowMs, why: 'failure', by: plan.ids[job]!, job };
  }
  if (isTick && (wakeAtMs(state) ?? Number.POSITIVE_INFINITY) <= nowMs)
    return decideDeadline(state, plan, state.deadlines.items[0]!, nowMs);
  if (state.openJobs === 0) return finishRun(state, plan, nowMs);
  const next = nextToStart(state);
  return next === -1 ? undefined : startJob(state, plan, next, nowMs);
}

/** The facts that every event about a job's latest try carries. */
export function jobFacts(state: Readonly<State>, job: number, nowMs: number) {
  return { m: nowMs, job, round: state.round[job]!, try: state.try[job]! };
}

/** The end of a job with the given outcome. */
export function finishJob(
  state: Readonly<State>,
  plan: Plan,
  job: number,
  status: number,
  nowMs: number,
  because?: OutcomeReason,
): JobEvent {
  const name = outcomeName(status);
  if (name === 'skipped') throw new Error('Internal error: a skipped job does not finish');
  const allowed = isFailure(status) && plan.allowFailure[job] === 1;
  const reason = because ?? (allowed ? 'allowed' : undefined);
  const beganAtMs = state.beganAtMs[job]!;
  return {
    type: 'job.finished',
    ...jobFacts(state, job, nowMs),
    status: name,
    ...(reason === undefined ? {} : { reason }),
    duration_ms: beganAtMs === NEVER_MS ? 0 : nowMs - beganAtMs,
    tries: state.try[job]!,
  };
}

function decideListed(state: Readonly<State>, plan: Plan, job: number, nowMs: number): JobEvent {
  switch (state.phase[job] as PhaseNumber) {
    case Phase.waiting:
    case Phase.ready:
    case Phase.approving:
    case Phase.retrying:
      return decidePending(state, plan, job, nowMs);
    case Phase.locking:
    case Phase.checking:
      return decideBeforeStart(state, plan, job, nowMs);
    case Phase.running:
    case Phase.stopping:
      return decideRunning(state, job, nowMs);
    case Phase.verifying:
      return decideAfterExit(state, plan, job, nowMs);
    default:
      throw nothingToDecide(plan, job);
  }
}

function nothingToDecide(plan: Plan, job: number): Error {
  return new Error(`Internal error: nothing to decide about job "${plan.ids[job]}"`);
}

/** A job that has not begun is skipped, with its cause; one that has is abandoned with its last failure. */
function decidePending(state: Readonly<State>, plan: Plan, job: number, nowMs: number): JobEvent {
  const facts = jobFacts(state, job, nowMs);
  const isUnmeetable = hasFlag(state, job, Flag.unmeetable);
  const lastStatus = state.tryStatus[job]!;
  if (lastStatus !== 0 && (isUnmeetable || state.stopping !== Stopping.no))
    return finishJob(state, plan, job, lastStatus, nowMs);
  if (isUnmeetable)
    return { type: 'job.skipped', ...facts, reason: 'dependency', because: state.because[job]! };
  if (state.stopping >= Stopping.cancel || (state.stopping === Stopping.failure && plan.cleanup[job] === 0))
    return { type: 'job.skipped', ...facts, reason: 'stopped' };
  if (plan.approvalMs.has(job)) return { type: 'job.approving', ...facts };
  throw nothingToDecide(plan, job);
}

function decideBeforeStart(state: Readonly<State>, plan: Plan, job: number, nowMs: number): JobEvent {
  if (state.stopCause[job] === StopCause.lock)
    return finishJob(state, plan, job, OutcomeNumber.errored, nowMs, 'lock');
  if (state.stopping >= Stopping.cancel) return finishJob(state, plan, job, OutcomeNumber.cancelled, nowMs);
  if (state.tryStatus[job] === OutcomeNumber.precheck_failed)
    return finishJob(state, plan, job, OutcomeNumber.precheck_failed, nowMs);
  return startChecksOrCommand(state, plan, job, state.checksPassed[job]!, nowMs);
}

function decideRunning(state: Readonly<State>, job: number, nowMs: number): JobEvent {
  const facts = jobFacts(state, job, nowMs);
  if (state.stopping === Stopping.kill)
    return { type: 'job.signalled', ...facts, signal: 'SIGKILL', why: 'cancel' };
  const why = state.stopping === Stopping.cancel ? 'cancel' : 'lock_lost';
  return { type: 'job.signalled', ...facts, signal: 'SIGTERM', why };
}

function decideAfterExit(state: Readonly<State>, plan: Plan, job: number, nowMs: number): JobEvent {
  const status = state.tryStatus[job]!;
  if (status !== OutcomeNumber.succeeded) return decideAfterFailure(state, plan, job, status, nowMs);
  const index = state.checksPassed[job]!;
  if (index === plan.postChecks[job]) return finishJob(state, plan, job, status, nowMs);
  if (state.stopping >= Stopping.cancel) return finishJob(state, plan, job, OutcomeNumber.cancelled, nowMs);
  return startCheck(state, plan, job, 'post', index, nowMs);
}

function decideAfterFailure(
  state: Readonly<State>,
  plan: Plan,
  job: number,
  status: number,
  nowMs: number,
): JobEvent {
  const facts = jobFacts(state, job, nowMs);
  const delayMs = retryDelayMs(state, plan, job, nowMs);
  if (delayMs !== undefined)
    return { type: 'job.retrying', ...facts, status: outcomeName(status), delay_ms: delayMs };
  if (status === OutcomeNumber.unknown && plan.onUnknown === 'ask' && state.stopping === Stopping.no)
    return { type: 'job.approving', ...facts };
  return finishJob(
    state,
    plan,
    job,
    status,
    nowMs,
    state.stopCause[job] === StopCause.lock ? 'lock' : undefined,
  );
}

function decideDeadline(state: Readonly<State>, plan: Plan, job: number, nowMs: number): JobEvent {
  const facts = jobFacts(state, job, nowMs);
  switch (state.phase[job] as PhaseNumber) {
    case Phase.retrying:
      return { type: 'job.due', ...facts };
    case Phase.approving:
      return finishJob(state, plan, job, OutcomeNumber.cancelled, nowMs, 'rejected');
    case Phase.stopping:
      return { type: 'job.signalled', ...facts, signal: 'SIGKILL', why: 'grace' };
    default:
      return decideRunningDeadline(state, plan, job, nowMs);
  }
}

function decideRunningDeadline(state: Readonly<State>, plan: Plan, job: number, nowMs: number): JobEvent {
  const facts = jobFacts(state, job, nowMs);
  const afterMs = nowMs - state.startedAtMs[job]!;
  switch (passedDeadline(state, plan, job, nowMs)) {
    case 'limit':
      return plan.timeLimits === 'enforce'
        ? { type: 'job.signalled', ...facts, signal: 'SIGTERM', why: 'time_limit' }
        : { type: 'job.warning', ...facts, what: 'limit_exceeded', after_ms: afterMs };
    case 'silence':
      return { type: 'job.signalled', ...facts, signal: 'SIGTERM', why: 'no_output' };
    case 'slow':
      return { type: 'job.warning', ...facts, what: 'slow', after_ms: afterMs };
    default:
      throw new Error(`Internal error: job "${plan.ids[job]}" has a deadline without a reason`);
  }
}

function nextToStart(state: Readonly<State>): number {
  if (state.paused) return -1;
  const resuming = state.resuming[0];
  if (resuming !== undefined) return resuming;
  return state.busyWorkers < state.workers ? firstFitting(state.ready) : -1;
}

function startJob(state: Readonly<State>, plan: Plan, job: number, nowMs: number): JobEvent {
  const { locks } = plan.jobs[job]!;
  const mustLock = !hasFlag(state, job, Flag.holding) || state.stopCause[job] === StopCause.lock;
  if (locks.length > 0 && mustLock) return { type: 'lock.requested', ...jobFacts(state, job, nowMs), locks };
  return startChecksOrCommand(state, plan, job, 0, nowMs);
}

/** Pre-checks belong to the first try of a round alone. */
function startChecksOrCommand(
  state: Readonly<State>,
  plan: Plan,
  job: number,
  checksPassed: number,
  nowMs: number,
): JobEvent {
  if (state.try[job] === 0 && checksPassed < plan.preChecks[job]!)
    return startCheck(state, plan, job, 'pre', checksPassed, nowMs);
  return startTry(state, plan, job, state.try[job]! + 1, nowMs);
}

/** The launch of a try. */
export function startTry(
  state: Readonly<State>,
  plan: Plan,
  job: number,
  tryNumber: number,
  nowMs: number,
): JobEvent {
  const round = state.round[job]!;
  const modified = state.modified.get(job);
  const definitionHash = modified?.definitionHash ?? plan.definitionHash[job];
  return {
    type: 'job.starting',
    m: nowMs,
    job,
    round,
    try: tryNumber,
    token: `${plan.run}.${plan.attempt}.${job}.${round}.${tryNumber}${plan.tokenSalt}`,
    command_hash: modified?.commandHash ?? plan.commandHash[job]!,
    ...(definitionHash === undefined ? {} : { definition_hash: definitionHash }),
    limit_ms: limitMsOf(state, plan, job),
  };
}

function startCheck(
  state: Readonly<State>,
  plan: Plan,
  job: number,
  phase: 'pre' | 'post',
  index: number,
  nowMs: number,
): JobEvent {
  const checks = phase === 'pre' ? plan.jobs[job]!.preChecks : plan.jobs[job]!.postChecks;
  return { type: 'check.started', ...jobFacts(state, job, nowMs), phase, index, name: checks[index]!.name };
}

/** A paused run stays open, so that jobs may be opened again, unless it was cancelled. */
function finishRun(state: Readonly<State>, plan: Plan, nowMs: number): Event | undefined {
  if (state.paused && state.stopping < Stopping.cancel) return undefined;
  const { outcome, exitCode, counts } = verdict(state, plan);
  return { type: 'run.finished', m: nowMs, outcome, exit_code: exitCode, counts };
}
