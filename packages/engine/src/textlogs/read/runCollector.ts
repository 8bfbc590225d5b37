import { applyToJob, neverRan } from './applyToJob.ts';
import { CollectedRun } from './collectedRun.ts';
import type { FactPlace, LogFact, ProblemFact, RunFact } from './fact.ts';
import * as jobColumn from './jobColumn.ts';
import { JobTable } from './jobTable.ts';
import { type Names, names } from './names.ts';
import { cellSource } from './numberRows.ts';
import { TextSource } from './textSource.ts';

export interface RunCollectorOptions {
  readonly application?: string | undefined;
  /**
   * Given each run some runs after it has ended, as soon as more than `jobsKept` jobs of ended runs would be kept; then the
   * run is forgotten, and memory stays bounded whatever the length of the log.
   */
  readonly onEnded?: (run: CollectedRun) => void;
  /** Default: 100,000. */
  readonly jobsKept?: number;
}

/** Folds the facts of one log, or of the parts of a rotated one in their order, into runs. */
export interface RunCollector {
  /** The names that facts name jobs by: to be given to the parsers. */
  readonly jobs: Names;
  push(fact: LogFact, place: FactPlace): void;
  /** A run as it stands, by its number. */
  run(number: number | undefined): CollectedRun | undefined;
  /** The runs that `onEnded` was not given as they stand, in the order in which they first appear. */
  end(): CollectedRun[];
}

/** Lines about a run may follow its end: e-mails are sent then. */
const endedRunsMin = 4;

/** The most problems of a run that are kept with their texts. */
const problemsKept = 100;

/** Makes a collector. Cost: constant per fact. */
export function runCollector(options: RunCollectorOptions = {}): RunCollector {
  const { application, onEnded, jobsKept = 100_000 } = options;
  const jobs = names();
  const cellsOf = cellSource();
  const texts = new TextSource();
  const runs = openRuns();
  /** Ended ones, the oldest first. */
  const ended: CollectedRun[] = [];
  let endedJobs = 0;
  let latest: CollectedRun | undefined;
  let capacity = 4;

  function draftOf({ run: number, atMs }: FactPlace): CollectedRun {
    let run = latest !== undefined && latest.run === number ? latest : runs.get(number);
    if (run === undefined) {
      run = new CollectedRun(application, number, atMs, new JobTable(jobs, capacity, cellsOf, texts));
      runs.add(run);
    }
    run.lastAtMs = atMs;
    latest = run;
    return run;
  }

  function settle(run: CollectedRun): void {
    if (onEnded === undefined || run.settledJobs >= 0) return;
    ended.push(run);
    // The next run is likely to be of the same jobs.
    capacity = Math.max(4, run.jobTable.size);
    run.settledJobs = run.jobTable.size;
    endedJobs += run.settledJobs;
    while (endedJobs > jobsKept && ended.length > endedRunsMin) {
      const oldest = ended.shift()!;
      endedJobs -= oldest.settledJobs;
      runs.remove(oldest);
      if (latest === oldest) latest = undefined;
      onEnded(oldest.conclude());
    }
  }

  return {
    jobs,
    push(fact, place) {
      // What is said outside of any run (a configuration that was refused) makes no run.
      if (place.run === undefined && place.from === 'application') return;
      const run = draftOf(place);
      switch (fact.type) {
        case 'run.finished':
          applyToRun(run, fact, place.atMs);
          settle(run);
          return;
        case 'run.initialized':
        case 'run.started':
        case 'run.workers':
        case 'run.resumed':
        case 'run.stopping':
        case 'run.incomplete':
          applyToRun(run, fact, place.atMs);
          return;
        case 'problem':
          addProblem(run, fact, place.atMs);
          return;
        default:
          applyToJob(run.jobTable, fact, place, run.attempt());
      }
    },
    run(number) {
      const draft = runs.get(number);
      return draft?.copy();
    },
    end: () => runs.all().map((run) => run.copy()),
  };
}

/** The runs that are not given yet, by their numbers. */
interface OpenRuns {
  get(number: number | undefined): CollectedRun | undefined;
  add(run: CollectedRun): void;
  remove(run: CollectedRun): void;
  /** In the order in which they were added. */
  all(): CollectedRun[];
}

/**
 * A map in which runs that were removed leave an empty place until it is made anew. The table that a map outgrows leads to its next one
 * in V8, so that with a steady coming and going all runs would outlive the first garbage collections: a fifth more time
 * for logs of very many small runs.
 */
function openRuns(): OpenRuns {
  let places = new Map<number | undefined, CollectedRun | undefined>();
  let empty = 0;
  const runs = () => [...places.values()].filter((run) => run !== undefined);
  return {
    get: (number) => places.get(number),
    add(run) {
      // At the end, also where it takes an empty place.
      if (places.delete(run.run)) empty -= 1;
      places.set(run.run, run);
    },
    remove({ run: number }) {
      places.set(number, undefined);
      empty += 1;
      if (empty < emptyMax || 2 * empty < places.size) return;
      places = new Map(runs().map((run) => [run.run, run]));
      empty = 0;
    },
    all: runs,
  };
}

const emptyMax = 1024;

function applyToRun(run: CollectedRun, fact: RunFact, atMs: number): void {
  switch (fact.type) {
    case 'run.initialized':
    case 'run.resumed':
      beginAttempt(run, fact.attempt, atMs);
      return;
    case 'run.started':
      if (run.attempts.length === 0) beginAttempt(run, 1, atMs);
      else if (run.endedAtMs !== undefined) beginAttempt(run, run.attempt() + 1, atMs);
      return;
    case 'run.workers':
      run.workers = fact.workers;
      return;
    case 'run.stopping':
      run.stopping = { why: fact.why, ...(fact.by === undefined ? {} : { by: fact.by }) };
      return;
    case 'run.incomplete':
      for (const job of fact.jobs)
        neverRan(run.jobTable, job, run.stopping === undefined ? 'dependency' : 'stopped');
      return;
    case 'run.finished':
      run.endedAtMs = atMs;
      run.recordedStatus = fact.status;
      return;
    default:
      unreachable(fact);
  }
}

function addProblem(run: CollectedRun, { level, message, job }: ProblemFact, atMs: number): void {
  if (job !== undefined && isReasonOfCheck(run.jobTable, job, message, atMs)) return;
  run.problemCount += 1;
  if (run.problems.length >= problemsKept) return;
  const problem = { atMs, level, message, job: job === undefined ? undefined : run.jobTable.nameOf(job) };
  // The first makes a list of just one: a log may have very many runs with a single problem.
  if (run.problems.length === 0) run.problems = [problem];
  else run.problems.push(problem);
}

/** The line after a check's failure in the job's log says what it found. */
function isReasonOfCheck(table: JobTable, job: number, message: string, atMs: number): boolean {
  const row = table.find(job);
  const check = row < 0 ? undefined : table.failedChecks(row).at(-1);
  if (check === undefined || check.message !== undefined) return false;
  const endedAtMs = table.get(row, jobColumn.endedAtMs);
  if (atMs - (Number.isNaN(endedAtMs) ? 0 : endedAtMs) > 100) return false;
  check.message = message;
  return true;
}

function beginAttempt(run: CollectedRun, attempt: number, startedAtMs: number): void {
  if (run.attempts.length === 0) {
    run.attempts = [{ attempt, startedAtMs }];
    return;
  }
  if (run.attempts.some((known) => known.attempt === attempt)) return;
  run.attempts.push({ attempt, startedAtMs });
  run.endedAtMs = undefined;
  run.recordedStatus = undefined;
  run.stopping = undefined;
}

function unreachable(fact: never): never {
  throw new Error(`Internal error: the collector does not know the fact ${JSON.stringify(fact)}`);
}
