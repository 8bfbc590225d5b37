import type { Event } from '../../src/index.ts';
import type { Plan, State } from '../../src/scheduler/index.ts';

/**
 * Watches a run from outside: it reads the plan's jobs and the events, never the scheduler's own books, and
 * throws as soon as an event breaks a promise.
 */
export interface Ledger {
  /** Takes note of an event, in order. */
  read(event: Event): void;
  /** Takes note that the scheduler has nothing more to say for now. */
  rest(): void;
}

interface Entry {
  outcome?: string;
  reason?: string;
  round: number;
  holds: boolean;
  adopted: boolean;
  /** Began in this round. */
  begun: boolean;
  live: boolean;
  held: boolean;
  approved: boolean;
  /** Waits in back-off, for a person, or for nothing. */
  waits: 'backoff' | 'approval' | 'no';
}

const failures = ['failed', 'errored', 'timed_out', 'precheck_failed', 'postcheck_failed', 'unknown'];

export function openLedger(plan: Plan): Ledger {
  const entries: Entry[] = plan.jobs.map(() => ({
    round: 1,
    holds: false,
    adopted: false,
    begun: false,
    live: false,
    held: false,
    approved: false,
    waits: 'no',
  }));
  const free = new Map(plan.poolNames.map((name, pool) => [name, plan.capacities[pool]!]));
  const tokens = new Map<string, 'open' | 'ended'>();
  const outcomes = new Set<string>();
  let workers = plan.workers;
  let stopping = 'no';
  let paused = false;
  let lastMs = 0;

  const demandOf = (job: number): [string, number][] => [
    ...Object.entries(plan.jobs[job]!.resources),
    ...plan.jobs[job]!.locks.map((lock): [string, number] => [lock, 1]),
  ];
  const busy = (): number => entries.filter((entry) => entry.holds).length;
  const assert = (holds: boolean, promise: string, event?: Event): void => {
    if (!holds) throw new Error(`Broken: ${promise}${event ? ` at ${JSON.stringify(event)}` : ''}`);
  };

  const edge = (job: number): { met: boolean[]; unmeetable: boolean } => {
    const met: boolean[] = [];
    let unmeetable = false;
    for (const { job: id, when } of plan.jobs[job]!.dependencies) {
      const number = plan.numberById.get(id);
      if (number === undefined) continue;
      const { outcome, reason } = entries[number]!;
      const failed = failures.includes(outcome ?? '');
      const spared = ['requested', 'disabled', 'unchanged'].includes(reason ?? '');
      const isMet =
        outcome !== undefined &&
        (when === 'always' ||
          (when === 'failure' && failed) ||
          (when === 'success' &&
            (outcome === 'succeeded' ||
              (outcome === 'skipped' && spared) ||
              (failed && plan.jobs[number]!.allowFailure))));
      met.push(isMet);
      unmeetable ||= outcome !== undefined && !isMet;
    }
    return { met, unmeetable };
  };

  const mayOutliveStop = (job: number): boolean =>
    plan.jobs[job]!.dependencies.some(({ job: id, when }) => {
      const number = plan.numberById.get(id);
      return number !== undefined && (when !== 'success' || mayOutliveStop(number));
    });

  const hold = (job: number, event: Event, adopted: boolean): void => {
    const entry = entries[job]!;
    if (entry.holds) return;
    entry.holds = true;
    entry.adopted = adopted;
    for (const [name, amount] of demandOf(job)) free.set(name, free.get(name)! - amount);
    if (adopted) return;
    assert(!paused, 'nothing starts while the run is paused', event);
    assert(!entry.held, 'a held job does not start', event);
    assert(busy() <= workers, 'no more jobs than workers', event);
    for (const [name] of demandOf(job))
      assert(free.get(name)! >= 0, `the pool ${name} is not overdrawn`, event);
    assert(edge(job).met.every(Boolean), 'all dependencies are met', event);
    assert(stopping !== 'cancel' && stopping !== 'kill', 'nothing starts after a cancel', event);
    assert(stopping === 'no' || mayOutliveStop(job), 'only cleanup starts after a stop', event);
    assert(entry.outcome === undefined, 'a job that is done does not start', event);
  };
  const letGo = (job: number): void => {
    const entry = entries[job]!;
    if (!entry.holds) return;
    entry.holds = false;
    for (const [name, amount] of demandOf(job)) free.set(name, free.get(name)! + amount);
  };
  const finish = (job: number, outcome: string, reason: string | undefined, event: Event): void => {
    const entry = entries[job]!;
    const key = `${job}.${entry.round}`;
    assert(!outcomes.has(key), 'one outcome for each job and round', event);
    assert(!entry.live, 'no outcome while the process lives', event);
    outcomes.add(key);
    entry.outcome = outcome;
    if (reason === undefined) delete entry.reason;
    else entry.reason = reason;
    entry.waits = 'no';
    letGo(job);
  };

  const readJob = (event: Event & { readonly job: number; readonly round: number }): void => {
    const { job } = event;
    const entry = entries[job]!;
    switch (event.type) {
      case 'job.starting':
        hold(job, event, false);
        assert(!entry.live || tokens.get(event.token) === 'open', 'never two processes for one job', event);
        assert(tokens.get(event.token) !== 'ended', 'a token that has ended never starts again', event);
        tokens.set(event.token, 'open');
        entry.live = true;
        entry.begun = true;
        entry.waits = 'no';
        return;
      case 'lock.requested':
      case 'check.started':
        hold(job, event, false);
        entry.begun = true;
        entry.waits = 'no';
        return;
      case 'job.adopted':
        hold(job, event, true);
        entry.live = true;
        entry.begun = true;
        entry.round = event.round;
        return;
      case 'job.exited':
      case 'job.failed_to_start':
      case 'job.lost':
        assert(entry.live, 'only what lives can end', event);
        entry.live = false;
        for (const token of tokens.keys())
          if (token.endsWith(`.${job}.${event.round}.${event.try}`)) tokens.set(token, 'ended');
        return;
      case 'job.retrying':
        entry.waits = 'backoff';
        if (!plan.sequential) letGo(job);
        return;
      case 'job.due':
        entry.waits = 'no';
        // Only an adopted job can find its dependencies open again.
        if (!edge(job).met.every(Boolean)) letGo(job);
        return;
      case 'job.approving':
        entry.waits = 'approval';
        letGo(job);
        return;
      case 'job.approved':
        entry.approved = true;
        entry.waits = 'no';
        return;
      case 'job.held':
        entry.held = true;
        return;
      case 'job.released':
        entry.held = false;
        return;
      case 'job.reset':
        assert(entry.outcome !== undefined, 'only a job that is done is opened again', event);
        delete entry.outcome;
        delete entry.reason;
        entry.round = event.round;
        entry.begun = false;
        entry.approved = false;
        return;
      case 'job.finished':
        // Ends here without an exit: the launcher said that the process never was.
        if (event.status === 'cancelled') entry.live = false;
        finish(job, event.status, event.reason, event);
        return;
      case 'job.skipped':
        if (event.reason === 'dependency')
          assert(edge(job).unmeetable, 'only an unmeetable job is skipped', event);
        finish(job, 'skipped', event.reason, event);
        return;
      case 'job.kept':
        finish(job, event.status, event.reason, event);
        return;
      case 'job.marked':
        finish(job, 'succeeded', 'marked', event);
        return;
      default:
    }
  };

  return {
    read(event) {
      assert(event.m >= lastMs, 'time never goes back', event);
      lastMs = event.m;
      switch (event.type) {
        case 'run.paused':
          paused = true;
          return;
        case 'run.resumed':
          paused = false;
          return;
        case 'run.changed':
          workers = event.workers;
          return;
        case 'run.stopping':
          stopping = event.why;
          return;
        case 'run.finished': {
          assert(
            entries.every((entry) => entry.outcome !== undefined),
            'no job is open at the end',
            event,
          );
          const spoiled = entries.some(
            (entry, job) =>
              (failures.includes(entry.outcome!) && !plan.jobs[job]!.allowFailure) ||
              entry.outcome === 'cancelled' ||
              entry.reason === 'stopped',
          );
          const cancelled = stopping === 'cancel' || stopping === 'kill';
          assert(event.exit_code === (spoiled || cancelled ? 1 : 0), 'the exit code tells the truth', event);
          return;
        }
        case 'run.started':
        case 'run.adopted':
          return;
        default:
          readJob(event);
      }
    },
    rest() {
      entries.forEach((entry, job) => {
        if (entry.outcome === undefined && !entry.begun && edge(job).unmeetable)
          throw new Error(`Broken: an unmeetable job is skipped at once: ${plan.ids[job]}`);
      });
      if (paused || stopping === 'cancel' || stopping === 'kill' || busy() >= workers) return;
      entries.forEach((entry, job) => {
        const isReady =
          entry.outcome === undefined &&
          !entry.holds &&
          !entry.held &&
          entry.waits === 'no' &&
          edge(job).met.every(Boolean) &&
          (stopping === 'no' || mayOutliveStop(job));
        const fits = demandOf(job).every(([name, amount]) => free.get(name)! >= amount);
        assert(!(isReady && fits), `no worker idles while a job fits: ${plan.ids[job]}`);
      });
    },
  };
}

/** A `watch` for a random life that keeps the ledger. */
export function watchWith(ledger: Ledger) {
  return (state: State, events: readonly Event[]): void => {
    for (const event of events) ledger.read(event);
    if (!state.finished) ledger.rest();
  };
}
