import { changePoints, median } from '../changepoint/index.ts';
import {
  type Change,
  type ConfiguredRun,
  changesForJob,
  type ShownOptions,
  shownChanges,
  turnStartMs,
  valueOfChange,
} from '../changes/index.ts';
import { hasFailed, type JobRecord } from '../runs/index.ts';

/** Names a run in a result. */
export interface RunReference {
  readonly run?: number;
  /** Of a run that was resumed, which one of its attempts. */
  readonly attempt?: number;
  readonly startedAtMs: number;
}

/** How the job did with the value of before and with that of after, over all runs that were looked at. */
export interface Evidence {
  readonly beforeRuns: number;
  readonly afterRuns: number;
  /** Failures among them, or their median duration in milliseconds. */
  readonly before: number;
  readonly after: number;
}

/** A change that lies between the last run of before and the first of after. */
export interface Suspect {
  readonly change: Change;
  /** Absent where the value of a run is not known: that of a secret. */
  readonly evidence?: Evidence;
}

/** From when on a job was different. */
export interface Onset {
  readonly lastBefore: RunReference;
  readonly firstAfter: RunReference;
  /**
   * How likely so clear a change is by chance (see `changePoints`). Absent if there are too few runs to tell: then it is
   * the last row of failures that begins here.
   */
  readonly pValue?: number;
  readonly before: { readonly runs: number; readonly failures: number; readonly medianMs: number };
  readonly after: { readonly runs: number; readonly failures: number; readonly medianMs: number };
  /** The clearest first. */
  readonly suspects: readonly Suspect[];
  /** Whether both runs have a stored configuration, so that what changed can be known. */
  readonly isConfigurationKnown: boolean;
}

export interface Bisection {
  readonly job: string;
  /** Runs in which it was tried. */
  readonly runs: number;
  readonly failures: number;
  /** When it began to fail; absent if it never did, or only now and then. */
  readonly failing?: Onset;
  /** When it began to take longer. */
  readonly slower?: Onset;
}

/** Chance may give a change point in failures once in ten times: there are few runs, and the person judges. */
const failureAlpha = 0.1;
const durationAlpha = 0.05;
/** Less of a slow-down is not told. */
const slowdownMin = 1.1;

/**
 * When a job began to fail and when it began to take longer, and what had changed in its configuration or environment just
 * then. `runs` are those of one application, in any order; of a run that was resumed each attempt may be one, with the jobs that it
 * tried (`turnsOf`). Values of variables are in the result only with `showValues`.
 */
export function bisectJob(runs: readonly ConfiguredRun[], job: string, shown: ShownOptions = {}): Bisection {
  const points = [...runs]
    .sort((a, b) => turnStartMs(a.record) - turnStartMs(b.record))
    .flatMap((run): Point[] => {
      const found = run.record.jobs.find(({ id }) => id === job);
      return found !== undefined && isOver(found) ? [{ run, job: found }] : [];
    });
  const failing = failureOnset(points);
  const good = points.filter((point) => !hasFailed(point.job) && durationOf(point.job) !== undefined);
  const slower = durationOnset(good);
  return {
    job,
    runs: points.length,
    failures: failuresIn(points),
    ...(failing !== undefined && { failing: onset(points, failing, failureMeasure, shown) }),
    ...(slower !== undefined && { slower: onset(good, slower, durationMeasure, shown) }),
  };
}

interface Point {
  readonly run: ConfiguredRun;
  readonly job: JobRecord;
}

interface Split {
  /** Of the first point after the change. */
  readonly index: number;
  /** Up to where the points belong to it. */
  readonly end: number;
  readonly pValue?: number;
}

function isOver({ status, tries }: JobRecord): boolean {
  return tries.length > 0 && (status === 'succeeded' || hasFailed({ status }));
}

/** The last change for the worse; else, where the last run failed, the beginning of the last row of failures. */
function failureOnset(points: readonly Point[]): Split | undefined {
  const values = points.map(({ job }) => (hasFailed(job) ? 1 : 0));
  const found = changePoints(values, { alpha: failureAlpha, segmentMin: 1 });
  const last = found.findLastIndex(({ shift, before, after }) => shift > 0 || after > before);
  if (last >= 0) {
    const { index, pValue } = found[last]!;
    return { index, end: found[last + 1]?.index ?? values.length, pValue };
  }
  if (values.at(-1) !== 1) return undefined;
  const index = values.lastIndexOf(0) + 1;
  return index === 0 ? undefined : { index, end: values.length };
}

function durationOnset(good: readonly Point[]): Split | undefined {
  const found = changePoints(
    good.map(({ job }) => durationOf(job)!),
    { alpha: durationAlpha },
  );
  const last = found.findLastIndex(({ before, after }) => after >= before * slowdownMin);
  if (last < 0) return undefined;
  const { index, pValue } = found[last]!;
  return { index, end: found[last + 1]?.index ?? good.length, pValue };
}

/** Of its last try's command where the tries are known, since waits between them are no matter of the job's. */
function durationOf({ tries, durationMs }: JobRecord): number | undefined {
  const last = tries.at(-1);
  if (tries.length > 1 && last?.endedAtMs !== undefined) return last.endedAtMs - last.startedAtMs;
  return durationMs;
}

function onset(
  points: readonly Point[],
  { index, end, pValue }: Split,
  measure: Measure,
  shown: ShownOptions,
): Onset {
  const [last, first] = [points[index - 1]!, points[index]!];
  const worsening = ({ evidence }: Suspect): number =>
    evidence === undefined ? 0 : measure.worsening(evidence);
  const suspects = changesForJob(last.run, first.run, first.job.id)
    .map((change): Suspect => {
      const evidence = evidenceFor(change, points, index, measure);
      const [visible] = shownChanges([change], [last.run, first.run], shown);
      return { change: visible!, ...(evidence !== undefined && { evidence }) };
    })
    .sort((a, b) => worsening(b) - worsening(a));
  return {
    lastBefore: reference(last.run),
    firstAfter: reference(first.run),
    ...(pValue !== undefined && { pValue }),
    before: side(points.slice(0, index)),
    after: side(points.slice(index, end)),
    suspects,
    isConfigurationKnown: last.run.configuration !== undefined && first.run.configuration !== undefined,
  };
}

function side(points: readonly Point[]): Onset['before'] {
  const durations = points.flatMap(({ job }) => durationOf(job) ?? []);
  return {
    runs: points.length,
    failures: failuresIn(points),
    medianMs: durations.length === 0 ? 0 : median(durations),
  };
}

function reference({ record }: ConfiguredRun): RunReference {
  const { run, attempts } = record;
  return {
    ...(run !== undefined && { run }),
    ...(attempts > 1 && { attempt: attempts }),
    startedAtMs: turnStartMs(record),
  };
}

/** What is compared, and how much worse the second is, from -1 to 1. */
interface Measure {
  readonly of: (points: readonly Point[]) => number;
  readonly worsening: (evidence: Evidence) => number;
}

const failureMeasure: Measure = {
  of: failuresIn,
  worsening: ({ before, beforeRuns, after, afterRuns }) => after / afterRuns - before / beforeRuns,
};

const durationMeasure: Measure = {
  of: (points) => median(points.map(({ job }) => durationOf(job)!)),
  worsening: ({ before, after }) => (after - before) / Math.max(after, before, 1),
};

function failuresIn(points: readonly Point[]): number {
  return points.filter(({ job }) => hasFailed(job)).length;
}

/** `at`: the place of the first point after the change. */
function evidenceFor(
  change: Change,
  points: readonly Point[],
  at: number,
  measure: Measure,
): Evidence | undefined {
  if (change.isSecret === true) return undefined;
  const [old, now] = [points[at - 1]!, points[at]!].map(({ run }) => valueOfChange(run, change));
  if (old === undefined || now === undefined) return undefined;
  const before = points.filter(({ run }) => valueOfChange(run, change) === old);
  const after = points.filter(({ run }) => valueOfChange(run, change) === now);
  if (before.length === 0 || after.length === 0) return undefined;
  return {
    beforeRuns: before.length,
    afterRuns: after.length,
    before: measure.of(before),
    after: measure.of(after),
  };
}
