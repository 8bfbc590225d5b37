import { hasFailed, type JobFigures } from '../runs/index.ts';
import { type Distribution, distribution } from '../statistics/index.ts';
import type { JobStatistics } from './model.ts';

/** What the runs of an application tell of each of its jobs. */
export class JobTallies {
  readonly application: string;
  /** In the order in which the jobs first appear. */
  readonly #tallies: JobTally[] = [];
  readonly #byId = new Map<string, JobTally>();
  /** Where the tally stood that was wanted last. */
  #last = -1;

  constructor(application: string) {
    this.application = application;
  }

  add(job: JobFigures): void {
    tallyJob(this.#tallyOf(job), job);
  }

  statistics(): JobStatistics[] {
    return this.#tallies.map((tally) => jobStatistics(this.application, tally));
  }

  /** Jobs come in much the same order run after run: the next tally is likely the one. */
  #tallyOf({ id, status }: JobFigures): JobTally {
    const next = this.#tallies[this.#last + 1];
    const known = next?.job === id ? next : this.#byId.get(id);
    if (known !== undefined) {
      this.#last = known.place;
      return known;
    }
    const tally = emptyTally(id, this.#tallies.length, status);
    this.#tallies.push(tally);
    this.#byId.set(id, tally);
    this.#last = tally.place;
    return tally;
  }
}

interface JobTally {
  readonly job: string;
  readonly place: number;
  runs: number;
  readonly counts: Partial<Record<JobFigures['status'], number>>;
  failures: number;
  retries: number;
  /** Made when there is something to add: most jobs have few of them. */
  successes: Distribution | undefined;
  others: Distribution | undefined;
  waiting: Distribution | undefined;
  cpuMs: Distribution | undefined;
  memoryBytes: Distribution | undefined;
  lastAtMs: number;
  lastStatus: JobFigures['status'];
}

function emptyTally(job: string, place: number, lastStatus: JobFigures['status']): JobTally {
  return {
    job,
    place,
    runs: 0,
    counts: {},
    failures: 0,
    retries: 0,
    successes: undefined,
    others: undefined,
    waiting: undefined,
    cpuMs: undefined,
    memoryBytes: undefined,
    lastAtMs: Number.NEGATIVE_INFINITY,
    lastStatus,
  };
}

function tallyJob(tally: JobTally, job: JobFigures): void {
  const { status, startedAtMs, durationMs, waitedMs, cpuMs, maxRssKb } = job;
  tally.counts[status] = (tally.counts[status] ?? 0) + 1;
  if (hasFailed(job)) tally.failures += 1;
  const atMs = job.endedAtMs ?? startedAtMs ?? tally.lastAtMs;
  if (atMs >= tally.lastAtMs) {
    tally.lastAtMs = atMs;
    tally.lastStatus = status;
  }
  if (startedAtMs === undefined) return;
  tally.runs += 1;
  tally.retries += job.retries;
  if (durationMs !== undefined) add(tally, status === 'succeeded' ? 'successes' : 'others', durationMs);
  if (waitedMs !== undefined) add(tally, 'waiting', waitedMs);
  if (cpuMs !== undefined) add(tally, 'cpuMs', cpuMs);
  if (maxRssKb !== undefined) add(tally, 'memoryBytes', maxRssKb * 1024);
}

function add(
  tally: JobTally,
  what: 'successes' | 'others' | 'waiting' | 'cpuMs' | 'memoryBytes',
  value: number,
): void {
  tally[what] ??= distribution();
  tally[what].add(value);
}

function jobStatistics(application: string, tally: JobTally): JobStatistics {
  const { job, runs, counts, failures, retries, lastStatus } = tally;
  return {
    application,
    job,
    runs,
    counts,
    failures,
    retries,
    duration: tally.successes?.summary() ?? tally.others?.summary(),
    waiting: tally.waiting?.summary(),
    cpuMs: tally.cpuMs?.summary(),
    memoryBytes: tally.memoryBytes?.summary(),
    lastStatus,
  };
}
