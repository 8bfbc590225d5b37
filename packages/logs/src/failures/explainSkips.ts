import { eachJob, hasFailed, type JobRecord, LoggedJobs, type RunRecord, statusCode } from '../runs/index.ts';

/** What is known of the dependencies of a workflow's jobs. */
export interface KnownDependencies {
  /** The file that tells them, as it is shown. */
  readonly file: string;
  /** Undefined for a job that it does not have. */
  dependenciesOf(job: string): readonly string[] | undefined;
}

const skippedCode = statusCode('skipped');

/** How many failures come into question for jobs of which it is not known because of which other one they did not run. */
export function doubtfulCauses(run: RunRecord): number {
  if (run.jobs instanceof LoggedJobs && !run.jobs.haveSkipped) return 0;
  let failed = 0;
  let isDoubtful = false;
  eachJob(run, (job) => {
    if (job.hasFailed) failed += 1;
    else if (job.statusCode === skippedCode && job.reason === 'dependency' && job.because === undefined)
      isDoubtful = true;
  });
  return isDoubtful ? failed : 0;
}

/**
 * A run with what a configuration tells of its skipped jobs: the dependency that failed (of several the one that failed
 * first), else one that was skipped itself. A job that needs none of them was not started since the run was stopping.
 */
export function explainedByConfiguration(
  run: RunRecord,
  { file, dependenciesOf }: KnownDependencies,
): RunRecord {
  const byId = new Map(run.jobs.map((job) => [job.id, job]));
  const troubled = troubledBy(byId, dependenciesOf);
  return withExplained(run, (job) => {
    const dependencies = dependenciesOf(job.id);
    if (dependencies === undefined) return job;
    const known = dependencies.flatMap((id) => byId.get(id) ?? []);
    const failed = known.filter(hasFailed).sort(byEnd)[0];
    const because = failed ?? known.find(({ id, status }) => status === 'skipped' && troubled(id));
    if (because === undefined) return { ...job, reason: 'stopped' };
    return { ...job, because: because.id, becauseFrom: { kind: 'configuration', file } };
  });
}

/**
 * Explains runs by what the runs of their application tell of their skipped jobs: a failed job can only be the cause if the
 * skipped one never ran unless that had succeeded, and always after it. A run with several failures tells nothing of itself, so it
 * may be among them. Runs often fail alike: what was found out for one is kept for the next.
 */
export function historyExplainer(history: readonly RunEvidence[]): (run: RunRecord) => RunRecord {
  const known = new Map<string, LikelyCauses>();
  return (run) => {
    const failed = run.jobs.filter(hasFailed).map(({ id }) => id);
    const failures = JSON.stringify(failed);
    return withExplained(run, (job) => {
      const key = `${failures} ${job.id}`;
      const found = known.get(key) ?? likelyCauses(job.id, failed, history);
      known.set(key, found);
      const { causes, runs } = found;
      const [only, ...others] = causes;
      if (only === undefined || causes.length === failed.length) return job;
      if (others.length > 0) return { ...job, maybeBecause: causes };
      return { ...job, because: only, becauseFrom: { kind: 'history', runs } };
    });
  };
}

interface LikelyCauses {
  readonly causes: readonly string[];
  /** How many runs tell so. */
  readonly runs: number;
}

/** What a run tells of the order of its jobs. */
export interface RunEvidence {
  readonly jobs: ReadonlyMap<string, JobRecord>;
  /** The job that failed, where it was just one. */
  readonly onlyFailed: string | undefined;
}

export function evidenceOf({ jobs }: RunRecord): RunEvidence {
  const failed = jobs.filter(hasFailed);
  return {
    jobs: new Map(jobs.map((job) => [job.id, job])),
    onlyFailed: failed.length === 1 ? failed[0]!.id : undefined,
  };
}

/** Runs that must agree before an order that they all show counts as a dependency. */
const agreeingMin = 3;
/** Stamps of text logs know whole seconds. */
const roundingMs = 1000;

/** Which of the failed jobs may have kept a job from running, by what `history` shows. Linear in the failed jobs times the runs. */
function likelyCauses(job: string, failed: readonly string[], history: readonly RunEvidence[]): LikelyCauses {
  const evidence = new Map(failed.map((id) => [id, { isExcluded: false, ranAfter: 0, skippedWith: 0 }]));
  for (const { jobs, onlyFailed } of history) {
    const own = jobs.get(job);
    if (own === undefined) continue;
    const wasStarted = own.tries.length > 0 && own.startedAtMs !== undefined;
    if (!wasStarted) {
      const found = onlyFailed === undefined ? undefined : evidence.get(onlyFailed);
      if (own.status === 'skipped' && found !== undefined) found.skippedWith += 1;
      continue;
    }
    for (const [id, found] of evidence) {
      const other = jobs.get(id);
      if (other === undefined) continue;
      const isMet = other.status === 'succeeded' || other.reason === 'allowed';
      const isBefore = (other.endedAtMs ?? Number.POSITIVE_INFINITY) <= own.startedAtMs! + roundingMs;
      if (isMet && isBefore) found.ranAfter += 1;
      else if (other.status !== 'waiting') found.isExcluded = true;
    }
  }
  const left = [...evidence].filter(([, each]) => !each.isExcluded);
  const certain = left.filter(([, { skippedWith }]) => skippedWith > 0);
  const likely = certain.length > 0 ? certain : left.filter(([, { ranAfter }]) => ranAfter >= agreeingMin);
  const runs = Math.max(0, ...likely.map(([, { ranAfter, skippedWith }]) => ranAfter + skippedWith));
  return { causes: likely.map(([id]) => id), runs };
}

function withExplained(run: RunRecord, explain: (job: JobRecord) => JobRecord): RunRecord {
  return { ...run, jobs: run.jobs.map((job) => (isUnexplained(job) ? explain(job) : job)) };
}

function isUnexplained({
  status,
  reason,
  because,
}: Pick<JobRecord, 'status' | 'reason' | 'because'>): boolean {
  return status === 'skipped' && reason === 'dependency' && because === undefined;
}

/** Whether a way up from a job leads to one that failed; each job is looked at once. */
function troubledBy(
  byId: ReadonlyMap<string, JobRecord>,
  dependenciesOf: KnownDependencies['dependenciesOf'],
): (job: string) => boolean {
  const known = new Map<string, boolean>();
  return (start) => {
    const stack = [start];
    while (stack.length > 0) {
      const id = stack.at(-1)!;
      const job = byId.get(id);
      if (known.has(id)) {
        stack.pop();
        continue;
      }
      if (job === undefined || job.status !== 'skipped') {
        known.set(id, job !== undefined && hasFailed(job));
        continue;
      }
      const dependencies = dependenciesOf(id) ?? [];
      const open = dependencies.filter((each) => !known.has(each) && !stack.includes(each));
      if (open.length > 0) stack.push(...open);
      else
        known.set(
          id,
          dependencies.some((each) => known.get(each) === true),
        );
    }
    return known.get(start) === true;
  };
}

function byEnd(a: JobRecord, b: JobRecord): number {
  return (a.endedAtMs ?? 0) - (b.endedAtMs ?? 0) || (a.id < b.id ? -1 : 1);
}
