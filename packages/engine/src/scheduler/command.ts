import type { Event } from '../journal/event.ts';
import { finishJob, jobFacts } from './decide.ts';
import { OutcomeNumber, Phase, ReasonNumber } from './phase.ts';
import type { Plan } from './plan.ts';
import { Flag, hasFlag, isPending, NEVER_MS, type State, Stopping } from './state.ts';
import type { Command } from './types.ts';

/** What a command changes, as events; empty where it does not apply to where the run or the job stands. */
export function respondToCommand(
  state: Readonly<State>,
  plan: Plan,
  command: Command,
  nowMs: number,
): Event[] {
  const { by } = command;
  switch (command.kind) {
    case 'pause':
      return state.paused ? [] : [{ type: 'run.paused', m: nowMs, by }];
    case 'resume':
      return state.paused ? [{ type: 'run.resumed', m: nowMs, by }] : [];
    case 'cancel':
    case 'kill':
      if (state.stopping >= Stopping[command.kind]) return [];
      return [{ type: 'run.stopping', m: nowMs, why: command.kind, by }];
    case 'workers':
      return command.workers === state.workers
        ? []
        : [{ type: 'run.changed', m: nowMs, workers: command.workers, by }];
    default:
      return respondAboutJob(state, plan, command, nowMs);
  }
}

function respondAboutJob(
  state: Readonly<State>,
  plan: Plan,
  command: Extract<Command, { readonly job: number }>,
  nowMs: number,
): Event[] {
  const { job, by } = command;
  const facts = jobFacts(state, job, nowMs);
  const isDone = state.phase[job] === Phase.done;
  const isHeld = hasFlag(state, job, Flag.held);
  const isApproving = state.phase[job] === Phase.approving;
  switch (command.kind) {
    case 'skip':
      return isPending(state, job) ? [{ type: 'job.skipped', ...facts, reason: 'requested' }] : [];
    case 'hold':
      return isHeld || isDone ? [] : [{ type: 'job.held', ...facts, by }];
    case 'release':
      return isHeld ? [{ type: 'job.released', ...facts, by }] : [];
    case 'approve':
      return isApproving ? [{ type: 'job.approved', ...facts, by }] : [];
    case 'reject':
      return isApproving ? [finishJob(state, plan, job, rejectedStatus(state, job), nowMs, 'rejected')] : [];
    case 'modify':
      return isPending(state, job) ? [modified(command, facts)] : [];
    case 'retry':
      return retry(state, plan, job, by, nowMs);
    case 'mark':
      return mark(state, plan, job, by, nowMs);
  }
}

function modified(
  { patch, commandHash, definitionHash, by }: Extract<Command, { readonly kind: 'modify' }>,
  facts: ReturnType<typeof jobFacts>,
): Event {
  return {
    type: 'job.modified',
    ...facts,
    patch,
    ...(commandHash === undefined ? {} : { command_hash: commandHash }),
    ...(definitionHash === undefined ? {} : { definition_hash: definitionHash }),
    by,
  };
}

/** A job that waits for a person because nobody knows how its last try ended stays unknown. */
function rejectedStatus(state: Readonly<State>, job: number): number {
  return state.tryStatus[job] === OutcomeNumber.unknown ? OutcomeNumber.unknown : OutcomeNumber.cancelled;
}

/** Ends a back-off at once, or opens a finished job again, with all that was skipped because of it. */
function retry(state: Readonly<State>, plan: Plan, job: number, by: string, nowMs: number): Event[] {
  if (state.phase[job] === Phase.retrying) return [{ type: 'job.due', ...jobFacts(state, job, nowMs) }];
  return reopen(state, plan, job, by, nowMs);
}

function mark(state: Readonly<State>, plan: Plan, job: number, by: string, nowMs: number): Event[] {
  const facts = jobFacts(state, job, nowMs);
  if (isPending(state, job)) return [{ type: 'job.marked', ...facts, by }];
  if (state.outcome[job] === OutcomeNumber.succeeded) return [];
  const [first, ...others] = reopen(state, plan, job, by, nowMs);
  return first === undefined
    ? []
    : [first, { type: 'job.marked', ...facts, round: facts.round + 1, try: 0, by }, ...others];
}

/** Nothing is opened again in a run that stops, nor under the feet of a job that builds on it and has begun. */
function reopen(state: Readonly<State>, plan: Plan, job: number, by: string, nowMs: number): Event[] {
  if (state.phase[job] !== Phase.done || state.stopping !== Stopping.no) return [];
  const jobs = [job, ...skippedBecauseOf(state, plan, job)];
  if (jobs.some((number) => hasDependentUnderWay(state, plan, number))) return [];
  return jobs.map((number) => ({
    type: 'job.reset',
    m: nowMs,
    job: number,
    round: state.round[number]! + 1,
    try: 0,
    by,
  }));
}

function hasDependentUnderWay(state: Readonly<State>, plan: Plan, job: number): boolean {
  const dependents = plan.dependent.subarray(plan.dependentStart[job], plan.dependentStart[job + 1]);
  return dependents.some(
    (dependent) => state.phase[dependent] !== Phase.done && state.beganAtMs[dependent] !== NEVER_MS,
  );
}

/** The jobs that a chain of unmet dependencies from `job` has skipped, the nearest first. */
function skippedBecauseOf(state: Readonly<State>, plan: Plan, job: number): number[] {
  const found = new Set<number>([job]);
  for (const current of found) {
    for (let edge = plan.dependentStart[current]!; edge < plan.dependentStart[current + 1]!; edge++) {
      const dependent = plan.dependent[edge]!;
      if (state.reason[dependent] === ReasonNumber.dependency) found.add(dependent);
    }
  }
  found.delete(job);
  return [...found];
}
