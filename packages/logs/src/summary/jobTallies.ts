import { type JobFigures, jobStatuses, retriesShown, StatusTally, statusCode } from '../runs/index.ts';
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
  #tallyOf({ id, statusCode }: JobFigures): JobTally {
    const next = this.#tallies[this.#last + 1];
    const known = next?.job === id ? next : this.#byId.get(id);
    if (known !== undefined) {
      this.#last = known.place;
      return known;
    }
    const tally = emptyTally(id, this.#tallies.length, statusCode);
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
  readonly statuses: StatusTally;
  failures: number;
  retries: number;
  /** Made when there is something to add: most jobs have few of them. */
  successes: Distribution | undefined;
  others: Distribution | undefined;
  waiting: Distribution | undefined;
  cpuMs: Distribution | undefined;
  memoryBytes: Distribution | undefined;
  lastAtMs: number;
  lastStatus: number;
}

function emptyTally(job: string, place: number, lastStatus: number): JobTally {
  return {
    job,
    place,
    runs: 0,
    statuses: new StatusTally(),
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
  const { statusCode, startedAtMs, endedAtMs, durationMs, waitedMs, cpuMs, maxRssKb } = job;
  tally.statuses.add(statusCode);
  if (job.hasFailed) tally.failures += 1;
  const toldAtMs = Number.isNaN(endedAtMs) ? startedAtMs : endedAtMs;
  const atMs = Number.isNaN(toldAtMs) ? tally.lastAtMs : toldAtMs;
  if (atMs >= tally.lastAtMs) {
    tally.lastAtMs = atMs;
    tally.lastStatus = statusCode;
  }
  if (Number.isNaN(startedAtMs)) return;
  tally.runs += 1;
  tally.retries += retriesShown(job);
  if (!Number.isNaN(durationMs)) {
    if (statusCode === succeededCode) tally.successes = withValue(tally.successes, durationMs);
    else tally.others = withValue(tally.others, durationMs);
  }
  if (!Number.isNaN(waitedMs)) tally.waiting = withValue(tally.waiting, waitedMs);
  if (!Number.isNaN(cpuMs)) tally.cpuMs = withValue(tally.cpuMs, cpuMs);
  if (!Number.isNaN(maxRssKb)) tally.memoryBytes = withValue(tally.memoryBytes, maxRssKb * 1024);
}

const succeededCode = statusCode('succeeded');

function withValue(known: Distribution | undefined, value: number): Distribution {
  const values = known ?? distribution();
  values.add(value);
  return values;
}

function jobStatistics(application: string, tally: JobTally): JobStatistics {
  const { job, runs, failures, retries } = tally;
  return {
    application,
    job,
    runs,
    counts: tally.statuses.counts(),
    failures,
    retries,
    duration: tally.successes?.summary() ?? tally.others?.summary(),
    waiting: tally.waiting?.summary(),
    cpuMs: tally.cpuMs?.summary(),
    memoryBytes: tally.memoryBytes?.summary(),
    lastStatus: jobStatuses[tally.lastStatus]!,
  };
}
