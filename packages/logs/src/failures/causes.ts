import { type BecauseFrom, hasFailed, type JobRecord, type RunRecord } from '../runs/index.ts';

/** A failure that no other failure explains, and what it kept from running. */
export interface RootFailure {
  readonly job: JobRecord;
  /** Jobs that were skipped because of it, nearest first. */
  readonly skipped: readonly SkippedJob[];
}

export interface SkippedJob {
  readonly id: string;
  /** From the failed job to this one, both included: each was skipped because of the one before. */
  readonly chain: readonly string[];
  /** What tells so where the log itself does not; of several the least certain. */
  readonly from?: BecauseFrom;
}

/** A job that was skipped because of some failure, and it is not known which. */
export interface UnexplainedSkip {
  readonly id: string;
  /** The failures that come into question. */
  readonly candidates: readonly string[];
}

export interface Causes {
  /** In the order in which the jobs failed. */
  readonly roots: readonly RootFailure[];
  /** Jobs that were skipped because the run was stopped, and by what. */
  readonly stopped: { readonly by: string; readonly jobs: readonly string[] } | undefined;
  /** Jobs that were skipped because of some failure, and the log does not tell which. */
  readonly unexplained: readonly UnexplainedSkip[];
}

/**
 * Which failure made which jobs skip. A journal tells for each job the dependency that was not met; text logs do not, so
 * there a skip is put down to a failure if a configuration or other runs tell (`explainedBy…`), or if there was just one.
 * Linear in the jobs.
 */
export function causesOf(run: RunRecord): Causes {
  const byId = new Map(run.jobs.map((job) => [job.id, job]));
  const failed = run.jobs.filter(hasFailed).sort((a, b) => (a.endedAtMs ?? 0) - (b.endedAtMs ?? 0));
  const skippedBy = new Map<string, SkippedJob[]>(failed.map(({ id }) => [id, []]));
  const stopped: string[] = [];
  const unexplained: UnexplainedSkip[] = [];
  for (const job of run.jobs) {
    if (job.status !== 'skipped') continue;
    if (job.reason === 'stopped') stopped.push(job.id);
    if (job.reason !== 'dependency') continue;
    const found =
      chainTo(job, byId) ?? (failed.length === 1 ? { chain: [failed[0]!.id, job.id] } : undefined);
    if (found === undefined)
      unexplained.push({ id: job.id, candidates: job.maybeBecause ?? failed.map(({ id }) => id) });
    else skippedBy.get(found.chain[0]!)?.push({ id: job.id, ...found });
  }
  return {
    roots: failed.map((job) => ({
      job,
      skipped: skippedBy.get(job.id)!.sort((a, b) => a.chain.length - b.chain.length),
    })),
    stopped: stopped.length === 0 ? undefined : { by: stopper(run), jobs: stopped },
    unexplained,
  };
}

/** From the failed job down to `job`; undefined when the way up ends elsewhere. */
function chainTo(
  job: JobRecord,
  byId: ReadonlyMap<string, JobRecord>,
): Pick<SkippedJob, 'chain' | 'from'> | undefined {
  const chain = [job.id];
  let from: BecauseFrom | undefined;
  for (let at: JobRecord | undefined = job; at?.because !== undefined && chain.length <= byId.size; ) {
    chain.unshift(at.because);
    if (from?.kind !== 'history') from = at.becauseFrom ?? from;
    at = byId.get(at.because);
    if (at !== undefined && hasFailed(at)) return { chain, ...(from !== undefined && { from }) };
  }
  return undefined;
}

function stopper({ stopped, jobs }: RunRecord): string {
  if (stopped?.job !== undefined) return `the failure of "${stopped.job}"`;
  if (stopped?.by !== undefined && stopped.why !== 'failure') return stopped.by;
  const failed = jobs.filter(hasFailed);
  return failed.length === 1 ? `the failure of "${failed[0]!.id}"` : 'a failure';
}
