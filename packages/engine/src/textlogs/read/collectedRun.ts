import type { JobTable } from './jobTable.ts';
import type { LoggedAttempt, LoggedJob, LoggedProblem, LoggedRun } from './loggedRun.ts';

/** A run of a log. Its jobs are made into objects when they are first asked for: those who only count them need none. */
export class CollectedRun implements LoggedRun {
  readonly application: string | undefined;
  readonly run: number | undefined;
  startedAtMs: number;
  lastAtMs: number;
  endedAtMs: number | undefined = undefined;
  outcome: LoggedRun['outcome'] = undefined;
  recordedStatus: string | undefined = undefined;
  workers: number | undefined = undefined;
  stopping: LoggedRun['stopping'] = undefined;
  attempts: LoggedAttempt[] = [];
  problems: LoggedProblem[] = [];
  problemCount = 0;
  /** How many jobs it had when it ended and began to wait for its turn to be given; −1 before. */
  settledJobs = -1;
  readonly jobTable: JobTable;
  #jobs: Map<string, LoggedJob> | undefined = undefined;

  constructor(application: string | undefined, run: number | undefined, atMs: number, jobTable: JobTable) {
    this.application = application;
    this.run = run;
    this.startedAtMs = atMs;
    this.lastAtMs = atMs;
    this.jobTable = jobTable;
  }

  /** The number of the attempt that it is in. */
  attempt(): number {
    const { attempts } = this;
    return attempts.length === 0 ? 1 : attempts[attempts.length - 1]!.attempt;
  }

  /** Says how it went, by our rule, once it has ended. */
  conclude(): this {
    this.outcome = this.endedAtMs === undefined ? undefined : this.#outcome();
    return this;
  }

  #outcome(): LoggedRun['outcome'] {
    if (this.stopping !== undefined && this.stopping.why !== 'failure') return 'cancelled';
    return this.recordedStatus !== 'SUCCESS' || this.jobTable.failed > 0 ? 'failed' : 'succeeded';
  }

  /** The run as it stands, without what will be told of it as a whole. */
  copy(): CollectedRun {
    const copy = new CollectedRun(this.application, this.run, this.startedAtMs, this.jobTable);
    const { lastAtMs, endedAtMs, recordedStatus, workers, stopping, problemCount } = this;
    Object.assign(copy, { lastAtMs, endedAtMs, recordedStatus, workers, stopping, problemCount });
    copy.attempts = [...this.attempts];
    copy.problems = [...this.problems];
    return copy.conclude();
  }

  get jobs(): Map<string, LoggedJob> {
    if (this.#jobs === undefined) {
      this.#jobs = new Map();
      for (let row = 0; row < this.jobTable.size; row++)
        this.#jobs.set(this.jobTable.id(row), this.jobTable.logged(row));
    }
    return this.#jobs;
  }

  /** One of the jobs, by the number of its id among the names of the collector. */
  job(number: number): LoggedJob | undefined {
    const row = this.jobTable.find(number);
    return row < 0 ? undefined : this.jobTable.logged(row);
  }

  /** The jobs as they were found; undefined once `jobs` was asked for, who may have changed them. */
  get table(): JobTable | undefined {
    return this.#jobs === undefined ? this.jobTable : undefined;
  }
}
