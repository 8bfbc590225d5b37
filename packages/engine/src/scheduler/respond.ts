import type { Event } from '../journal/event.ts';
import { respondToCommand } from './command.ts';
import { isOutputNews } from './deadlines.ts';
import { finishJob, jobFacts, startTry } from './decide.ts';
import { OutcomeNumber, Phase } from './phase.ts';
import { AtStart, type Plan } from './plan.ts';
import { Flag, hasFlag, type State, Stopping } from './state.ts';
import type { Fate, InFlightJob, Input } from './types.ts';

type InputOf<Type extends Input['type']> = Input & { readonly type: Type };

/**
 * What an input says, as events; empty when it comes too late, twice, or about something that never was.
 * Pure, and without what follows from it: that is for `decide`.
 */
export function respond(state: Readonly<State>, plan: Plan, input: Input): Event[] {
  if (input.type === 'start') return state.started ? [] : start(state, plan, input);
  if (!state.started || state.finished) return [];
  switch (input.type) {
    case 'tick':
      return [];
    case 'launched':
      return launched(state, input);
    case 'fate':
      return fate(state, plan, input.job, input.fate, input.nowMs);
    case 'checked':
      return checked(state, plan, input);
    case 'output':
      return isOutputNews(state, plan, input.job, input.nowMs)
        ? [{ type: 'job.output', ...jobFacts(state, input.job, input.nowMs) }]
        : [];
    case 'lock':
      return lock(state, plan, input);
    case 'leftover':
      return [{ type: 'job.leftover', ...jobFacts(state, input.job, input.nowMs), pids: input.pids }];
    case 'command':
      return respondToCommand(state, plan, input.command, input.nowMs);
  }
}

function start(state: Readonly<State>, plan: Plan, input: InputOf<'start'>): Event[] {
  const m = input.nowMs;
  const { inherited, engine } = input;
  const events: Event[] = [
    {
      type: 'run.started',
      m,
      plan_hash: plan.hash,
      seed: plan.seed,
      application: input.application,
      jobs: plan.jobs.length,
      workers: plan.workers,
      options: input.options,
      engine,
    },
  ];
  const settled = new Set<number>();
  if (inherited !== undefined) {
    const from_attempt = inherited.fromAttempt;
    events.push({ type: 'run.adopted', m, from_attempt, engine });
    for (const { job, round, try: tryNumber, fate } of inherited.inFlight) {
      if (fate.kind === 'never') continue;
      settled.add(job);
      const facts = { m, job, round, try: tryNumber };
      events.push({ type: 'job.adopted', ...facts, from_attempt, ...processOf(fate) }, ...endOf(facts, fate));
    }
    for (const { job, ...standing } of inherited.kept) {
      if (settled.has(job) || plan.atStart[job] !== AtStart.run) continue;
      settled.add(job);
      events.push({ type: 'job.kept', ...jobFacts(state, job, m), ...standing, from_attempt });
    }
  }
  for (let job = 0; job < plan.jobs.length; job++) {
    if (plan.atStart[job] === AtStart.run || settled.has(job)) continue;
    const reason = plan.atStart[job] === AtStart.skipRequested ? 'requested' : 'disabled';
    events.push({ type: 'job.skipped', ...jobFacts(state, job, m), reason });
  }
  return events;
}

function processOf(fate: Fate) {
  if (fate.kind === 'exited') return { age_ms: fate.ranMs ?? 0 };
  if (fate.kind !== 'running') return { age_ms: 0 };
  const { pid, ticks, sinceMs } = fate;
  return { pid, ...(ticks === undefined ? {} : { ticks }), age_ms: sinceMs };
}

/** How a try that was launched ended; nothing while it runs. */
function endOf(
  facts: { m: number; job: number; round: number; try: number },
  fate: InFlightJob['fate'],
): Event[] {
  switch (fate.kind) {
    case 'exited':
      return [{ type: 'job.exited', ...facts, end: fate.end }];
    case 'errored':
      return [{ type: 'job.failed_to_start', ...facts, error: fate.error }];
    case 'unknown':
      return [{ type: 'job.lost', ...facts }];
    default:
      return [];
  }
}

function launched(state: Readonly<State>, { job, nowMs, pid, ticks }: InputOf<'launched'>): Event[] {
  if (state.phase[job] !== Phase.starting) return [];
  return [
    { type: 'job.started', ...jobFacts(state, job, nowMs), pid, ...(ticks === undefined ? {} : { ticks }) },
  ];
}

function fate(state: Readonly<State>, plan: Plan, job: number, fate: Fate, nowMs: number): Event[] {
  const phase = state.phase[job];
  if (phase !== Phase.starting && phase !== Phase.running && phase !== Phase.stopping) return [];
  if (phase === Phase.starting && fate.kind === 'running')
    return launched(state, { type: 'launched', nowMs, job, ...fate });
  if (phase === Phase.starting && fate.kind === 'never') return [neverStarted(state, plan, job, nowMs)];
  return endOf(jobFacts(state, job, nowMs), fate);
}

function neverStarted(state: Readonly<State>, plan: Plan, job: number, nowMs: number): Event {
  return state.stopping >= Stopping.cancel
    ? finishJob(state, plan, job, OutcomeNumber.cancelled, nowMs)
    : startTry(state, plan, job, state.try[job]!, nowMs);
}

/** A check's answer counts only while that check is the one under way. */
function checked(state: Readonly<State>, plan: Plan, input: InputOf<'checked'>): Event[] {
  const { job, phase, index, ok, values, message } = input;
  const isAwaited =
    state.phase[job] === (phase === 'pre' ? Phase.checking : Phase.verifying) &&
    state.checksPassed[job] === index;
  if (!isAwaited) return [];
  const checks = phase === 'pre' ? plan.jobs[job]!.preChecks : plan.jobs[job]!.postChecks;
  return [
    {
      type: 'check.finished',
      ...jobFacts(state, job, input.nowMs),
      phase,
      index,
      name: checks[index]!.name,
      ok,
      ...(values === undefined ? {} : { values }),
      ...(message === undefined ? {} : { message }),
    },
  ];
}

/** Locks that an adopted job gets back while it runs are no news. */
function lock(state: Readonly<State>, plan: Plan, { job, granted, nowMs }: InputOf<'lock'>): Event[] {
  const isWaiting = state.phase[job] === Phase.locking;
  const canLose = hasFlag(state, job, Flag.holding) && state.phase[job] !== Phase.verifying;
  if (granted ? !isWaiting : !canLose) return [];
  const facts = { ...jobFacts(state, job, nowMs), locks: plan.jobs[job]!.locks };
  return [{ type: granted ? 'lock.granted' : 'lock.lost', ...facts }];
}
