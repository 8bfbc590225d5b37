import {
  type ConfiguredRun,
  changesForJob,
  changesOfRun,
  type ShownOptions,
  shownChanges,
} from '../changes/index.ts';
import type { FailureReport } from '../failures/index.ts';
import { hasFailed } from '../runs/index.ts';
import { impactOf } from './impact.ts';
import { lanesOf } from './lanes.ts';
import type { PostMortem, SinceLastGood } from './model.ts';
import { nextSteps } from './nextSteps.ts';
import { nameOf, similarFailures } from './similarFailures.ts';
import { timelineOf } from './timeline.ts';

/** What was read for a post-mortem. */
export interface PostMortemSources {
  readonly run: ConfiguredRun;
  readonly failures: readonly FailureReport[];
  /** Earlier runs of the application, oldest first. */
  readonly earlier: readonly ConfiguredRun[];
  /** Runs as they stood at the end of an attempt that was not their last. */
  readonly attempts?: readonly ConfiguredRun[];
  readonly pastFailures: readonly { readonly failure: FailureReport; readonly run: ConfiguredRun }[];
  readonly novelties: PostMortem['novelties'];
  readonly logOf: (failure: FailureReport) => string | undefined;
}

/** Similar failures that are told. */
const similarMax = 5;

/** Puts a post-mortem together. Pure. Values of variables are in the result only with `showValues`. */
export function assemblePostMortem(sources: PostMortemSources, shown: ShownOptions = {}): PostMortem {
  const { run, failures, earlier, attempts: turns = [], pastFailures, novelties, logOf } = sources;
  const { record } = run;
  const { application, startedAtMs, durationMs, outcome, attempts, configuration, host, version } = record;
  const first = failures.find(({ allowed }) => !allowed) ?? failures[0];
  const since = first === undefined ? undefined : sinceLastGood(run, earlier, first.job.id, shown);
  const streak = first === undefined ? undefined : streakOf(run, earlier, first.job.id);
  const similar = similarFailures(failures, pastFailures, [...earlier, ...turns, run], shown).slice(
    0,
    similarMax,
  );
  const facts = {
    failures,
    similar,
    ...(since !== undefined && { since }),
    ...(streak !== undefined && { streak }),
  };
  return {
    run: {
      application,
      startedAtMs,
      durationMs,
      attempts,
      ...(record.run !== undefined && { run: record.run }),
      ...(outcome !== undefined && { outcome }),
      ...(configuration !== undefined && { configuration }),
      ...(host !== undefined && { host }),
      ...(version !== undefined && { version }),
    },
    ...facts,
    timeline: timelineOf(record),
    lanes: lanesOf(record),
    impact: impactOf(record),
    novelties,
    steps: nextSteps({ ...facts, run: record, logOf }),
  };
}

/** The last run that was good, else the last in which the job was, and what has changed since. */
function sinceLastGood(
  run: ConfiguredRun,
  earlier: readonly ConfiguredRun[],
  job: string,
  shown: ShownOptions,
): SinceLastGood | undefined {
  const whole = earlier.findLast(({ record }) => record.outcome === 'succeeded');
  const good = whole ?? earlier.findLast((each) => statusIn(each, job) === 'succeeded');
  if (good === undefined) return undefined;
  const isKnown = good.configuration !== undefined && run.configuration !== undefined;
  const own = changesForJob(good, run, job);
  const others = changesOfRun(good, run).filter((change) => !own.some((each) => isSame(each, change)));
  return {
    good: nameOf(good),
    of: whole === undefined ? 'job' : 'run',
    changes: isKnown ? shownChanges([...own, ...others], [good, run], shown) : undefined,
  };
}

function isSame(a: { name: string; before?: string; after?: string }, b: typeof a): boolean {
  return a.name === b.name && a.before === b.before && a.after === b.after;
}

function streakOf(run: ConfiguredRun, earlier: readonly ConfiguredRun[], job: string): PostMortem['streak'] {
  const failed = [run];
  for (const each of [...earlier].reverse()) {
    const status = statusIn(each, job);
    if (status === undefined || status === 'skipped') continue;
    if (!hasFailed({ status })) break;
    failed.push(each);
  }
  return failed.length === 1 ? undefined : { runs: failed.length, since: nameOf(failed.at(-1)!) };
}

function statusIn({ record }: ConfiguredRun, job: string) {
  return record.jobs.find(({ id }) => id === job)?.status;
}
