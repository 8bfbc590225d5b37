import { hasFailed, type JobRecord, type RunRecord } from '../runs/index.ts';
import type { Flakiness, Trend, TrendPoint, Trends } from './model.ts';
import { analyse } from './series.ts';

/** Gathers runs in any order, and tells how they have developed. */
export interface TrendCollector {
  add(run: RunRecord): void;
  trends(): Trends;
}

/** The most turns of a job that are looked at, the newest. */
const pointsKept = 1000;

interface Turn extends TrendPoint {
  /** It failed at first, and a retry succeeded. */
  readonly savedByRetry: boolean;
  readonly definition: string | undefined;
}

interface Series {
  readonly application: string;
  readonly job: string | undefined;
  turns: Turn[];
  runs: number;
  failures: number;
}

/** Makes a collector. Memory: by the workflows and their jobs, a thousand turns for each at most. */
export function trendCollector(): TrendCollector {
  const workflows = new Map<string, Series>();
  const jobs = new Map<string, Map<string, Series>>();
  let runCount = 0;
  let firstAtMs: number | undefined;
  let lastAtMs: number | undefined;
  return {
    add(run) {
      if (run.outcome === undefined && run.jobs.length === 0) return;
      runCount += 1;
      firstAtMs = Math.min(firstAtMs ?? run.startedAtMs, run.startedAtMs);
      lastAtMs = Math.max(lastAtMs ?? run.startedAtMs, run.startedAtMs);
      const { application } = run;
      const workflow = workflows.get(application) ?? emptySeries(application, undefined);
      workflows.set(application, workflow);
      if (run.outcome !== undefined) push(workflow, turnOfRun(run));
      const ofApplication = jobs.get(application) ?? new Map<string, Series>();
      jobs.set(application, ofApplication);
      for (const job of run.jobs) {
        if (!hasHadItsTurn(job)) continue;
        const series = ofApplication.get(job.id) ?? emptySeries(application, job.id);
        ofApplication.set(job.id, series);
        push(series, turnOfJob(job, run));
      }
    },
    trends() {
      const ofJobs = [...jobs.values()].flatMap((ofApplication) => [...ofApplication.values()]);
      return {
        runCount,
        firstAtMs,
        lastAtMs,
        workflows: [...workflows.values()].map(trendOf),
        jobs: ofJobs.map(trendOf),
      };
    },
  };
}

function emptySeries(application: string, job: string | undefined): Series {
  return { application, job, turns: [], runs: 0, failures: 0 };
}

function push(series: Series, turn: Turn): void {
  series.turns.push(turn);
  series.runs += 1;
  if (turn.failed) series.failures += 1;
  if (series.turns.length > 2 * pointsKept) series.turns = newest(series.turns);
}

function newest(turns: readonly Turn[]): Turn[] {
  return [...turns]
    .sort((a, b) => a.startedAtMs - b.startedAtMs || (a.run ?? 0) - (b.run ?? 0))
    .slice(-pointsKept);
}

function turnOfRun({ run, startedAtMs, durationMs, outcome }: RunRecord): Turn {
  return {
    run,
    startedAtMs,
    durationMs: outcome === 'succeeded' ? durationMs : undefined,
    failed: outcome === 'failed',
    savedByRetry: false,
    definition: undefined,
  };
}

/** A job that was skipped, kept or marked tells nothing of itself. */
function hasHadItsTurn(job: JobRecord): boolean {
  const { status, reason, startedAtMs } = job;
  return startedAtMs !== undefined && reason !== 'marked' && (status === 'succeeded' || hasFailed(job));
}

function turnOfJob(job: JobRecord, { run, startedAtMs }: RunRecord): Turn {
  const succeeded = job.status === 'succeeded';
  return {
    run,
    startedAtMs,
    durationMs: succeeded ? job.durationMs : undefined,
    failed: hasFailed(job),
    savedByRetry: succeeded && job.tries.length > 1,
    definition: job.definition,
  };
}

function trendOf({ application, job, turns, runs, failures }: Series): Trend {
  const ordered = newest(turns);
  const points = ordered.map(({ savedByRetry, definition, ...point }): TrendPoint => point);
  const flakiness = job === undefined ? undefined : flakinessOf(ordered);
  return { application, job, points, runs, failures, ...analyse(points), flakiness };
}

function flakinessOf(turns: readonly Turn[]): Flakiness | undefined {
  const saved = turns.filter(({ savedByRetry }) => savedByRetry);
  const recovered = turns.filter((turn, index) => {
    const next = turns[index + 1];
    return turn.failed && next?.failed === false && sameDefinition(turn, next);
  });
  if (saved.length + recovered.length === 0) return undefined;
  const last = [...saved, ...recovered].reduce((a, b) => (b.startedAtMs >= a.startedAtMs ? b : a));
  return {
    savedByRetry: saved.length,
    recoveredNextRun: recovered.length,
    rate: (saved.length + recovered.length) / turns.length,
    lastRun: last.run,
  };
}

/** Where nothing tells what a job was, nothing is said about chance. */
function sameDefinition(a: Turn, b: Turn): boolean {
  return a.definition !== undefined && a.definition === b.definition;
}
