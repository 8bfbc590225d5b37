import type {
  Envelope,
  JobEvent,
  JournalEvent,
  Outcome,
  OutcomeReason,
  ProcessEnd,
} from '../journal/index.ts';
import type { LaunchedTry } from '../launcher/index.ts';
import type { PastAttempt } from './pastRun.ts';

/** What the earlier attempts of a run leave of a job. */
export interface Standing {
  readonly job: string;
  /** How it ended; absent when it never did, or has begun again since. */
  outcome?: Outcome;
  reason?: OutcomeReason;
  /** Names the command, and the whole definition, with which it last started. */
  commandHash?: string;
  definitionHash?: string;
  /** Number of the event of its last start; 0: it never started. */
  startedSeq: number;
  /** Its latest try. */
  latest?: PastTry;
}

export interface PastTry {
  readonly token: string;
  readonly round: number;
  readonly try: number;
  /** How it ended, where the journal knows. */
  ended?:
    | { readonly kind: 'exited'; readonly end: ProcessEnd; readonly ranMs?: number }
    | { readonly kind: 'errored' | 'lost' };
  /** When it started, on the monotonic clock of the attempt that saw it last. */
  startedM?: number;
  /** An engine has asked it to end. */
  wasSignalled: boolean;
}

/**
 * Folds the events of all attempts into where each job stands, by id. An outcome stands until the job begins again,
 * whatever attempts there were in between; a start that only the launch records know counts as the latest.
 */
export function foldStandings(
  attempts: readonly PastAttempt[],
  launched: readonly LaunchedTry[] = [],
): Map<string, Standing> {
  const standings = new Map<string, Standing>();
  const of = (job: string): Standing => {
    let standing = standings.get(job);
    if (standing === undefined) {
      standing = { job, startedSeq: 0 };
      standings.set(job, standing);
    }
    return standing;
  };
  for (const { attempt, events } of attempts) {
    const written = new Set<string>();
    for (const event of events) {
      if (!isJobEvent(event)) continue;
      if (event.type === 'job.starting') written.add(event.token);
      take(of(event.job), event);
    }
    const seq = (events.at(-1)?.seq ?? 0) + 0.5;
    for (const { token, job } of launched) {
      const place = placeOf(token);
      if (place.attempt === attempt && !written.has(token)) startUnwritten(of(job), token, place, seq);
    }
  }
  return standings;
}

/** A token is `<run>.<attempt>.<job number>.<round>.<try>` and a mark of the state folder. */
function placeOf(token: string): { attempt: number; round: number; try: number } {
  const [, attempt = 0, , round = 1, tried = 1] = token.split('.').map(Number);
  return { attempt, round, try: tried };
}

type JournaledJobEvent = Envelope & JobEvent<string>;

function isJobEvent(event: JournalEvent): event is JournaledJobEvent {
  return 'round' in event;
}

function take(standing: Standing, event: JournaledJobEvent): void {
  const { latest } = standing;
  switch (event.type) {
    case 'lock.requested':
    case 'check.started':
    case 'job.reset':
      open(standing);
      return;
    case 'job.adopted':
      open(standing);
      if (latest !== undefined) latest.startedM = event.m - event.age_ms;
      return;
    case 'job.starting':
      start(standing, event);
      return;
    case 'job.signalled':
      if (latest !== undefined) latest.wasSignalled = true;
      return;
    case 'job.exited':
      if (latest !== undefined) latest.ended = exit(latest, event);
      return;
    case 'job.failed_to_start':
      if (latest !== undefined) latest.ended = { kind: 'errored' };
      return;
    case 'job.lost':
      if (latest !== undefined) latest.ended = { kind: 'lost' };
      return;
    case 'job.finished':
    case 'job.kept':
      settle(standing, event.status, event.reason);
      return;
    case 'job.skipped':
      settle(standing, 'skipped', event.reason);
      return;
    case 'job.marked':
      settle(standing, 'succeeded', 'marked');
      return;
  }
}

function exit(
  { startedM }: PastTry,
  { end, m }: JournaledJobEvent & { readonly type: 'job.exited' },
): NonNullable<PastTry['ended']> {
  return { kind: 'exited', end, ...(startedM === undefined ? {} : { ranMs: Math.max(0, m - startedM) }) };
}

function open(standing: Standing): void {
  delete standing.outcome;
  delete standing.reason;
}

function start(standing: Standing, event: JournaledJobEvent & { readonly type: 'job.starting' }): void {
  open(standing);
  const { seq, token, round, command_hash, definition_hash } = event;
  standing.startedSeq = seq;
  standing.commandHash = command_hash;
  delete standing.definitionHash;
  if (definition_hash !== undefined) standing.definitionHash = definition_hash;
  standing.latest = { token, round, try: event.try, startedM: event.m, wasSignalled: false };
}

/** The journal has lost the start: it came after everything that the journal of its attempt still has. */
function startUnwritten(
  standing: Standing,
  token: string,
  place: { readonly round: number; readonly try: number },
  seq: number,
): void {
  open(standing);
  delete standing.commandHash;
  delete standing.definitionHash;
  standing.startedSeq = seq;
  standing.latest = { token, round: place.round, try: place.try, wasSignalled: false };
}

function settle(standing: Standing, outcome: Outcome, reason: OutcomeReason | undefined): void {
  standing.outcome = outcome;
  if (reason === undefined) delete standing.reason;
  else standing.reason = reason;
}
