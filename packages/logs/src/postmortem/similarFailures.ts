import {
  type ConfiguredRun,
  changesForJob,
  type ShownOptions,
  shownChanges,
  turnStartMs,
} from '../changes/index.ts';
import { type FailureReport, type FailureSignature, signatureOf } from '../failures/index.ts';
import { hasFailed } from '../runs/index.ts';
import type { RunName, SimilarFailure } from './model.ts';

/** Weights of what two failures can have in common. */
const weights = { category: 0.2, end: 0.3, messages: 0.5 };

/** Failures less alike than this are not told. */
const alike = 0.5;

/**
 * Earlier failures that look like those of a run: same category, same end, same kinds of messages (their masked lines, by
 * the index of Jaccard 1901). The likest first, of equals the newest. `past` holds the failures of earlier runs and attempts,
 * and `runs` all runs of the application that are known, and how they stood after attempts before their last, from which is
 * told how each ended.
 */
export function similarFailures(
  failures: readonly FailureReport[],
  past: readonly { readonly failure: FailureReport; readonly run: ConfiguredRun }[],
  runs: readonly ConfiguredRun[],
  shown: ShownOptions = {},
): SimilarFailure[] {
  const resumed = new Set(runs.flatMap(({ record }) => (record.attempts > 1 ? [record.run] : [])));
  const named = (run: ConfiguredRun): RunName => ({
    ...nameOf(run),
    ...(resumed.has(run.record.run) && { attempt: run.record.attempts }),
  });
  const inOrder = [...runs].sort((a, b) => startOf(a) - startOf(b));
  const found = failures.flatMap((failure) => {
    const own = signatureOf(failure);
    return past
      .filter((earlier) => earlier.failure.job.id === failure.job.id)
      .map((earlier) => ({ ...compare(own, signatureOf(earlier.failure)), earlier }))
      .filter(({ similarity }) => similarity >= alike);
  });
  return found
    .sort((a, b) => b.similarity - a.similarity || startOf(b.earlier.run) - startOf(a.earlier.run))
    .map(({ similarity, common, earlier: { failure, run } }) => {
      const ended = endOf(failure.job.id, run, inOrder, named, shown);
      return {
        job: failure.job.id,
        run: named(run),
        similarity,
        common,
        ...(ended !== undefined && { ended }),
      };
    });
}

function compare(a: FailureSignature, b: FailureSignature): Pick<SimilarFailure, 'similarity' | 'common'> {
  const shared = [...a.messages].filter((message) => b.messages.has(message));
  const union = a.messages.size + b.messages.size - shared.length;
  const isSameEnd = a.end === b.end;
  const isSameCategory = a.category === b.category;
  const similarity =
    (isSameCategory ? weights.category : 0) +
    (isSameEnd ? weights.end : 0) +
    weights.messages * (union === 0 ? Number(isSameEnd) : shared.length / union);
  return { similarity, common: shared };
}

/** The first success of the job after a run. */
function endOf(
  job: string,
  failed: ConfiguredRun,
  runs: readonly ConfiguredRun[],
  named: (run: ConfiguredRun) => RunName,
  shown: ShownOptions,
): SimilarFailure['ended'] {
  let failedBetween = 0;
  for (const run of runs) {
    if (startOf(run) <= startOf(failed)) continue;
    const found = run.record.jobs.find(({ id }) => id === job);
    if (found?.status === 'succeeded')
      return {
        run: named(run),
        failedBetween,
        changes: shownChanges(changesForJob(failed, run, job), [failed, run], shown),
      };
    if (found !== undefined && hasFailed(found)) failedBetween += 1;
  }
  return undefined;
}

function startOf({ record }: ConfiguredRun): number {
  return turnStartMs(record);
}

/** How a result names a run. */
export function nameOf({ record: { run, startedAtMs } }: Pick<ConfiguredRun, 'record'>): RunName {
  return { ...(run !== undefined && { run }), startedAtMs };
}
