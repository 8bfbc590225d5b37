import type { Diagnostic } from '@executioner/core';
import { causesOf, failuresOf } from '../failures/index.ts';
import type { SourceSurvey } from '../input/index.ts';
import { eachJob, type JobFigures, type RunRecord, StatusTally } from '../runs/index.ts';
import { type Distribution, distribution } from '../statistics/index.ts';
import { JobTallies } from './jobTallies.ts';
import type { FailedRun, LogSummary, RunLine, WorkflowStatistics } from './model.ts';
import { newestOnly } from './newest.ts';
import { newestFailures } from './newestFailures.ts';
import { problemTally } from './problems.ts';
import { RunTally } from './runTally.ts';

export interface SummarizerOptions {
  /** Where relative names of files start, to find the logs of failed jobs beside those that were read. */
  readonly cwd: string;
  /** Runs that are listed one by one. Default: 1,000. */
  readonly runsListed?: number;
  /** Runs whose failures are looked into. Default: 50. */
  readonly failedRunsKept?: number;
}

/** Gathers what runs tell, in any order, in memory that grows with the workflows and their jobs and not with the runs. */
export interface Summarizer {
  add(run: RunRecord): void;
  summary(reading: {
    readonly sources: readonly SourceSurvey[];
    readonly findings: readonly Diagnostic[];
  }): LogSummary;
}

export function summarizer(options: SummarizerOptions): Summarizer {
  const { cwd, runsListed = 1000, failedRunsKept = 50 } = options;
  const jobs = new Map<string, JobTallies>();
  const workflows = new Map<string, WorkflowTally>();
  const total = { runCount: 0, jobTurns: 0, tries: 0, retries: 0 };
  const statuses = new StatusTally();
  const lines = newestOnly<RunLine>(runsListed);
  const failures = newestFailures(failedRunsKept);
  const problems = problemTally();
  let only: RunRecord | undefined;
  /** Whose jobs are not tallied yet: of a single run nobody may ask for that. */
  let untallied: RunRecord | undefined;
  const tally = new RunTally();
  let tallies: JobTallies | undefined;
  const count = (job: JobFigures): void => {
    tallies?.add(job);
    tally.add(job);
  };

  function talliesOf({ application }: RunRecord): JobTallies {
    const known = jobs.get(application) ?? new JobTallies(application);
    jobs.set(application, known);
    return known;
  }

  function tallyFirst(): void {
    if (untallied === undefined) return;
    const ofFirst = talliesOf(untallied);
    eachJob(untallied, (job) => ofFirst.add(job));
    untallied = undefined;
  }

  return {
    add(run) {
      run.problems.forEach(problems.add);
      if (!isRun(run)) return;
      tallyFirst();
      total.runCount += 1;
      only = total.runCount === 1 ? run : undefined;
      untallied = only;
      tallies = only === undefined ? talliesOf(run) : undefined;
      tally.begin(run);
      eachJob(run, count);
      total.jobTurns += tally.turns;
      total.tries += tally.tries;
      total.retries += tally.retries;
      statuses.addAll(tally.statuses);
      tallyWorkflow(workflows, run);
      const isListed = lines.wants(run.startedAtMs);
      const isExplained = tally.hasFailures && failures.wants(run.startedAtMs);
      if (!isListed && !isExplained) return;
      const line = tally.line(run);
      if (isListed) lines.add(line);
      if (isExplained) failures.add(line, run);
    },
    summary({ sources, findings }) {
      return {
        sources,
        findings,
        ...total,
        counts: statuses.counts(),
        runs: lines.items(),
        workflows: [...workflows.values()].map(workflowStatistics),
        get jobs() {
          tallyFirst();
          return [...jobs.values()]
            .sort((a, b) => (a.application < b.application ? -1 : a.application > b.application ? 1 : 0))
            .flatMap((ofApplication) => ofApplication.statistics());
        },
        failures: failures.runs().map(
          ({ line, run }): FailedRun => ({
            run: line,
            failures: failuresOf(run, cwd),
            causes: causesOf(run),
          }),
        ),
        problems: problems.groups(),
        only,
      };
    },
  };
}

/** A configuration that was refused leaves warnings and errors, and no run. */
function isRun({ run, jobs, outcome, kind }: RunRecord): boolean {
  return run !== undefined || jobs.length > 0 || outcome !== undefined || kind !== 'text log';
}

interface WorkflowTally {
  readonly application: string;
  runs: number;
  failed: number;
  cancelled: number;
  unfinished: number;
  readonly duration: Distribution;
}

function tallyWorkflow(
  workflows: Map<string, WorkflowTally>,
  { application, outcome, durationMs }: RunRecord,
): void {
  let tally = workflows.get(application);
  if (tally === undefined) {
    tally = { application, runs: 0, failed: 0, cancelled: 0, unfinished: 0, duration: distribution() };
    workflows.set(application, tally);
  }
  tally.runs += 1;
  if (outcome === 'failed') tally.failed += 1;
  if (outcome === 'cancelled') tally.cancelled += 1;
  if (outcome === undefined) tally.unfinished += 1;
  else tally.duration.add(durationMs);
}

function workflowStatistics({ duration, ...tally }: WorkflowTally): WorkflowStatistics {
  return { ...tally, duration: duration.summary() };
}
