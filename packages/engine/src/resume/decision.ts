import { Dag, isFailedOutcome, type Job } from '@executioner/core';
import type { Outcome, OutcomeReason } from '../journal/index.ts';
import type { LaunchFate, LaunchFates } from '../launcher/index.ts';
import { AtStart, type InFlightJob, type Inheritance, type KeptJob, type Plan } from '../scheduler/index.ts';
import type { PastTry, Standing } from './standing.ts';

/** What a resume does with a job, and why. */
export type Decision =
  | {
      readonly job: string;
      readonly action: 'keep';
      readonly why: KeepReason;
      readonly status: Outcome;
      readonly reason?: OutcomeReason;
    }
  | {
      readonly job: string;
      readonly action: 'run';
      readonly why: RunReason;
      /** For `not_succeeded`: how it ended. */
      readonly status?: Outcome;
      /** For `dependency_runs` and `dependency_ran_later`: which; for `renamed`: its former id. */
      readonly because?: string;
    }
  | {
      readonly job: string;
      readonly action: 'take_over';
      /** `running`: it still is. `ended`: it exited with 0 while nobody looked. `unknown`: nobody can say. */
      readonly why: 'running' | 'ended' | 'unknown';
      readonly past: PastTry;
      readonly fate: LaunchFate;
    }
  | { readonly job: string; readonly action: 'skip'; readonly why: 'requested' | 'disabled' };

export type KeepReason =
  | 'succeeded'
  | 'marked'
  /** Only what failed was asked for. */
  | 'not_failed'
  /** It may have run to its end, and is not to be run again without leave. */
  | 'unknown_refused';

export type RunReason =
  | 'not_succeeded'
  | 'never_ran'
  | 'added'
  | 'renamed'
  | 'command_changed'
  | 'definition_changed'
  | 'dependency_runs'
  | 'dependency_ran_later'
  /** Its start was decided, and never happened. */
  | 'never_started'
  /** It ended in failure, or was being stopped, when no engine was there to note it. */
  | 'ended_badly';

export interface DecideOptions {
  readonly failedOnly?: boolean;
  /** Jobs of unknown fate that must not run again. */
  readonly refused?: ReadonlySet<string>;
  /** Ids of all jobs that the configuration of an earlier attempt had. */
  readonly formerIds?: ReadonlySet<string>;
  /** Ids of all jobs of the configuration, whether they take part or not. Default: those of the plan. */
  readonly presentIds?: ReadonlySet<string>;
}

export interface ResumeDecisions {
  /** By job number of the plan. */
  readonly decisions: readonly Decision[];
  /** Jobs that earlier attempts knew and that are in the configuration no more. */
  readonly removed: readonly RemovedJob[];
}

export interface RemovedJob {
  readonly job: string;
  /** Its process, if that still runs: nobody will wait for it. */
  readonly pid?: number;
}

/**
 * Decides for each job of the plan whether its outcome stands, its process is taken over, or it runs (again). O(n + m).
 */
export function decideResume(
  plan: Plan,
  standings: ReadonlyMap<string, Standing>,
  fates: Pick<LaunchFates, 'of'>,
  options: DecideOptions = {},
): ResumeDecisions {
  const decisions: Decision[] = new Array(plan.jobs.length);
  const removed = removedIds(plan, standings, options);
  const renamedFrom = renamings(plan, standings, removed);
  for (const number of Dag.from(plan.jobs).order) {
    const { id } = plan.jobs[number]!;
    const standing = standings.get(id);
    decisions[number] =
      standing === undefined || isUntouched(standing)
        ? fresh(plan, number, options, renamedFrom.get(number))
        : decide({ plan, number, standing, standings, fates, decisions, options });
  }
  return { decisions, removed: removed.map((job) => removedJob(job, standings.get(job), fates)) };
}

/** What the scheduler takes over. `wallMs` is now, for the age of what runs. */
export function inheritanceOf(
  decisions: readonly Decision[],
  fromAttempt: number,
  wallMs: number,
): Inheritance {
  const kept: KeptJob[] = [];
  const inFlight: InFlightJob[] = [];
  decisions.forEach((decision, job) => {
    if (decision.action === 'keep') {
      const { status, reason } = decision;
      kept.push({ job, status, ...(reason === undefined ? {} : { reason }) });
    } else if (decision.action === 'take_over') {
      const { past, fate } = decision;
      inFlight.push({ job, round: past.round, try: past.try, fate: schedulerFate(fate, wallMs) });
    }
  });
  return { fromAttempt, kept, inFlight };
}

function schedulerFate(fate: LaunchFate, wallMs: number): InFlightJob['fate'] {
  switch (fate.kind) {
    case 'running': {
      const { pid, ticks, startedAtMs = wallMs } = fate;
      return {
        kind: 'running',
        pid,
        ...(ticks === undefined ? {} : { ticks }),
        sinceMs: Math.max(0, Math.round(wallMs - startedAtMs)),
      };
    }
    case 'exited':
      return { kind: 'exited', end: fate.end, ...(fate.ranMs === undefined ? {} : { ranMs: fate.ranMs }) };
    case 'errored':
      return { kind: 'errored', error: fate.error };
    default:
      return { kind: fate.kind };
  }
}

/** It has come to nothing yet: not even its first try was begun. */
function isUntouched({ startedSeq, outcome }: Standing): boolean {
  return startedSeq === 0 && outcome === undefined;
}

interface Case {
  readonly plan: Plan;
  readonly number: number;
  readonly standing: Standing;
  readonly standings: ReadonlyMap<string, Standing>;
  readonly fates: Pick<LaunchFates, 'of'>;
  /** Of all dependencies of the job. */
  readonly decisions: readonly Decision[];
  readonly options: DecideOptions;
}

function decide(one: Case): Decision {
  const { plan, number, standing, options } = one;
  const job = standing.job;
  const takenOver = openTry(one);
  if (takenOver?.why === 'running') return takenOver;
  const skipped = skippedByPlan(plan, number);
  if (skipped !== undefined) return skipped;
  if (options.failedOnly) return takenOver ?? decideFailedOnly(one);
  if (takenOver !== undefined) return takenOver;
  const { outcome, reason } = standing;
  if (outcome === undefined) return { job, action: 'run', why: 'never_ran' };
  if (outcome === 'skipped' && reason !== 'unchanged') return { job, action: 'run', why: 'never_ran' };
  if (outcome !== 'succeeded' && outcome !== 'skipped')
    return { job, action: 'run', why: 'not_succeeded', status: outcome };
  return changed(one) ?? kept(standing, reason === 'marked' ? 'marked' : 'succeeded');
}

/** What becomes of a try that the journal does not see end, or whose job it does not see end. */
function openTry(one: Case): Decision | undefined {
  const { standing, fates, options } = one;
  const { job, latest: past, outcome } = standing;
  if (outcome !== undefined || past === undefined) return undefined;
  const fate: LaunchFate = fates.of(past.token);
  if (past.ended === undefined && fate.kind === 'running') {
    return { job, action: 'take_over', why: 'running', past, fate };
  }
  const exit = past.ended?.kind === 'exited' ? past.ended : fate.kind === 'exited' ? fate : undefined;
  if (exit !== undefined) {
    const { end } = exit;
    const wasStopped = past.wasSignalled || (fate.kind === 'exited' && fate.wasStopped === true);
    if (end.exit_code !== 0 || wasStopped) return { job, action: 'run', why: 'ended_badly' };
    return changed(one) ?? { job, action: 'take_over', why: 'ended', past, fate: endedFate(fate, exit) };
  }
  if (past.ended?.kind === 'errored' || fate.kind === 'errored') {
    return { job, action: 'run', why: 'not_succeeded', status: 'errored' };
  }
  if (fate.kind === 'never') return { job, action: 'run', why: 'never_started' };
  if (options.refused?.has(job)) return { job, action: 'keep', why: 'unknown_refused', status: 'unknown' };
  return { job, action: 'take_over', why: 'unknown', past, fate: { ...fate, kind: 'unknown' } };
}

/** The journal may know an end whose launch record was lost with the machine. */
function endedFate(
  fate: LaunchFate,
  { end, ranMs }: Pick<Extract<LaunchFate, { kind: 'exited' }>, 'end' | 'ranMs'>,
): LaunchFate {
  if (fate.kind === 'exited') return fate;
  const ran = ranMs === undefined ? {} : { ranMs };
  return { kind: 'exited', end, ...ran, endedAtMs: 0, spool: { path: '', offset: 0 }, spoolEnd: 0 };
}

/** Why an earlier success does not stand any more; undefined: it does. */
function changed({ plan, number, standing, standings, decisions }: Case): Decision | undefined {
  const { job, commandHash, definitionHash, startedSeq, reason } = standing;
  const present = plan.definitionHash[number];
  if (commandHash !== undefined && commandHash !== plan.commandHash[number] && definitionHash !== present)
    return { job, action: 'run', why: 'command_changed' };
  if (definitionHash !== undefined && present !== undefined && definitionHash !== present)
    return { job, action: 'run', why: 'definition_changed' };
  for (let edge = plan.dependencyStart[number]!; edge < plan.dependencyStart[number + 1]!; edge++) {
    const dependency = decisions[plan.dependency[edge]!]!;
    const because = dependency.job;
    if (runs(dependency)) return { job, action: 'run', why: 'dependency_runs', because };
    const ranAt = standings.get(because)?.startedSeq ?? 0;
    if (reason !== 'marked' && startedSeq > 0 && ranAt > startedSeq)
      return { job, action: 'run', why: 'dependency_ran_later', because };
  }
  return undefined;
}

/** Whether the job has something still to do, so that what was built on it is out of date. */
function runs(decision: Decision): boolean {
  return decision.action === 'run' || (decision.action === 'take_over' && decision.why !== 'ended');
}

/** Failures run again, and what was skipped because of them; everything else stays as it is. */
function decideFailedOnly({ plan, number, standing, decisions }: Case): Decision {
  const { job, outcome, reason } = standing;
  if (outcome === undefined) return notFailed(job);
  if (isFailedOutcome(outcome)) return { job, action: 'run', why: 'not_succeeded', status: outcome };
  if (outcome === 'skipped' && reason === 'dependency') {
    for (let edge = plan.dependencyStart[number]!; edge < plan.dependencyStart[number + 1]!; edge++) {
      const dependency = decisions[plan.dependency[edge]!]!;
      if (runs(dependency)) return { job, action: 'run', why: 'dependency_runs', because: dependency.job };
    }
  }
  return kept(
    standing,
    outcome === 'succeeded' ? (reason === 'marked' ? 'marked' : 'succeeded') : 'not_failed',
  );
}

function fresh(plan: Plan, number: number, options: DecideOptions, formerId: string | undefined): Decision {
  const { id } = plan.jobs[number]!;
  const skipped = skippedByPlan(plan, number);
  if (skipped !== undefined) return skipped;
  if (options.failedOnly) return notFailed(id);
  if (formerId !== undefined) return { job: id, action: 'run', why: 'renamed', because: formerId };
  const isNew = options.formerIds !== undefined && !options.formerIds.has(id);
  return { job: id, action: 'run', why: isNew ? 'added' : 'never_ran' };
}

function skippedByPlan(plan: Plan, number: number): Decision | undefined {
  const job = plan.ids[number]!;
  if (plan.atStart[number] === AtStart.run) return undefined;
  const isRequested = plan.atStart[number] === AtStart.skipRequested;
  return { job, action: 'skip', why: isRequested ? 'requested' : 'disabled' };
}

function kept({ job, outcome, reason }: Standing, why: KeepReason): Decision {
  return { job, action: 'keep', why, status: outcome!, ...(reason === undefined ? {} : { reason }) };
}

function notFailed(job: string): Decision {
  return { job, action: 'keep', why: 'not_failed', status: 'skipped', reason: 'stopped' };
}

function removedIds(
  plan: Plan,
  standings: ReadonlyMap<string, Standing>,
  { formerIds = new Set(), presentIds = new Set(plan.ids) }: DecideOptions,
): string[] {
  return [...new Set([...formerIds, ...standings.keys()])].filter((id) => !presentIds.has(id));
}

function removedJob(job: string, standing: Standing | undefined, fates: Pick<LaunchFates, 'of'>): RemovedJob {
  const { latest, outcome } = standing ?? {};
  if (latest === undefined || outcome !== undefined || latest.ended !== undefined) return { job };
  const fate = fates.of(latest.token);
  return fate.kind === 'running' ? { job, pid: fate.pid } : { job };
}

/** New jobs whose definition is that of a removed one, by number. */
function renamings(
  plan: Plan,
  standings: ReadonlyMap<string, Standing>,
  removed: readonly string[],
): Map<number, string> {
  const idByHash = new Map<string, string>();
  for (const id of removed) {
    const hash = standings.get(id)?.definitionHash;
    if (hash !== undefined) idByHash.set(hash, id);
  }
  const found = new Map<number, string>();
  if (idByHash.size === 0) return found;
  plan.jobs.forEach(({ id }: Job, number) => {
    const former = idByHash.get(plan.definitionHash[number] ?? '');
    if (former !== undefined && !standings.has(id)) found.set(number, former);
  });
  return found;
}
