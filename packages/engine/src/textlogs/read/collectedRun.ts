import type { JobTable } from './jobTable.ts';
import type { LoggedAttempt, LoggedJob, LoggedProblem, LoggedRun } from './loggedRun.ts';

/** A run of a log. Its jobs are made into objects when they are first asked for: those who only count them need none. */
export class CollectedRun implements LoggedRun {
  readonly application: string | undefined;
  readonly run: number | undefined;
  startedAtMs: number;
  lastAtMs: number;
  endedAtMs: number | undefined;
  outcome: LoggedRun['outcome'];
  recordedStatus: string | undefined;
  workers: number | undefined;
  stopping: LoggedRun['stopping'];
  readonly attempts: LoggedAttempt[];
  readonly problems: LoggedProblem[];
  problemCount: number;
  readonly #table: JobTable;
  #jobs: Map<string, LoggedJob> | undefined;

  constructor(
    found: Omit<LoggedRun, 'jobs' | 'outcome' | 'attempts' | 'problems'> & { readonly table: JobTable },
    outcome: LoggedRun['outcome'],
    attempts: LoggedAttempt[],
    problems: LoggedProblem[],
  ) {
    this.application = found.application;
    this.run = found.run;
    this.startedAtMs = found.startedAtMs;
    this.lastAtMs = found.lastAtMs;
    this.endedAtMs = found.endedAtMs;
    this.outcome = outcome;
    this.recordedStatus = found.recordedStatus;
    this.workers = found.workers;
    this.stopping = found.stopping;
    this.attempts = attempts;
    this.problems = problems;
    this.problemCount = found.problemCount;
    this.#table = found.table;
  }

  get jobs(): Map<string, LoggedJob> {
    if (this.#jobs === undefined) {
      this.#jobs = new Map();
      for (let row = 0; row < this.#table.size; row++)
        this.#jobs.set(this.#table.id(row), this.#table.logged(row));
    }
    return this.#jobs;
  }

  /** One of the jobs, by the number of its id among the names of the collector. */
  job(number: number): LoggedJob | undefined {
    const row = this.#table.find(number);
    return row < 0 ? undefined : this.#table.logged(row);
  }

  /** The jobs as they were found; undefined once `jobs` was asked for, who may have changed them. */
  get table(): JobTable | undefined {
    return this.#jobs === undefined ? this.#table : undefined;
  }
}
