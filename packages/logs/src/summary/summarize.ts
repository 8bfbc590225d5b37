import type { Diagnostic } from '@executioner/core';
import { causesOf, failuresOf } from '../failures/index.ts';
import type { SourceSurvey } from '../input/index.ts';
import { hasFailed, type JobRecord, type RunRecord, retriesOf } from '../runs/index.ts';
import { type Distribution, distribution } from '../statistics/index.ts';
import type { FailedRun, JobStatistics, LogSummary, RunLine, WorkflowStatistics } from './model.ts';
import { problemTally } from './problems.ts';
import { runLine } from './runLine.ts';

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
  const jobs = new Map<string, Map<string, JobTally>>();
  const workflows = new Map<string, WorkflowTally>();
  const total = { runCount: 0, jobTurns: 0, tries: 0, retries: 0 };
  const counts: Record<string, number> = {};
  let lines: RunLine[] = [];
  let failed: { readonly startedAtMs: number; readonly line: RunLine; readonly run: RunRecord }[] = [];
  const problems = problemTally();
  let only: RunRecord | undefined;

  return {
    add(run) {
      run.problems.forEach(problems.add);
      if (!isRun(run)) return;
      total.runCount += 1;
      only = total.runCount === 1 ? run : undefined;
      const line = runLine(run);
      lines.push(line);
      if (lines.length > 2 * runsListed) lines = newest(lines, runsListed, startOf);
      for (const [status, count] of Object.entries(line.counts))
        counts[status] = (counts[status] ?? 0) + count;
      tallyWorkflow(workflows, line);
      const ofApplication = jobs.get(run.application) ?? new Map<string, JobTally>();
      jobs.set(run.application, ofApplication);
      for (const job of run.jobs) {
        tallyJob(ofApplication, run.application, job);
        if (job.startedAtMs === undefined) continue;
        total.jobTurns += 1;
        total.tries += job.tries.length;
        total.retries += retriesOf(job);
      }
      if (run.jobs.some(hasFailed))
        failed.push({ startedAtMs: run.startedAtMs, line, run: withoutSuccesses(run) });
      if (failed.length > 2 * failedRunsKept) failed = newest(failed, failedRunsKept, startOf);
    },
    summary({ sources, findings }) {
      return {
        sources,
        findings,
        ...total,
        counts,
        runs: newest(lines, runsListed, startOf),
        workflows: [...workflows.values()].map(workflowStatistics),
        jobs: [...jobs.values()]
          .flatMap((ofApplication) => [...ofApplication.values()])
          .map(jobStatistics)
          .sort((a, b) => (a.application < b.application ? -1 : a.application > b.application ? 1 : 0)),
        failures: newest(failed, failedRunsKept, startOf).map(
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

/** What explains a failure; the jobs that went well may be many, and their run is long over. */
function withoutSuccesses(run: RunRecord): RunRecord {
  return { ...run, jobs: run.jobs.filter(({ status }) => status !== 'succeeded') };
}

/** A configuration that was refused leaves warnings and errors, and no run. */
function isRun({ run, jobs, outcome, kind }: RunRecord): boolean {
  return run !== undefined || jobs.length > 0 || outcome !== undefined || kind !== 'text log';
}

const startOf = ({ startedAtMs }: { readonly startedAtMs: number }): number => startedAtMs;

function newest<T>(items: readonly T[], count: number, timeOf: (item: T) => number): T[] {
  return [...items].sort((a, b) => timeOf(a) - timeOf(b)).slice(-count);
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
  { application, outcome, durationMs }: RunLine,
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

interface JobTally {
  readonly application: string;
  readonly job: string;
  runs: number;
  readonly counts: Partial<Record<JobRecord['status'], number>>;
  failures: number;
  retries: number;
  /** Made when there is something to add: most jobs have few of them. */
  successes: Distribution | undefined;
  others: Distribution | undefined;
  waiting: Distribution | undefined;
  cpuMs: Distribution | undefined;
  memoryBytes: Distribution | undefined;
  lastAtMs: number;
  lastStatus: JobRecord['status'];
}

function tallyJob(jobs: Map<string, JobTally>, application: string, job: JobRecord): void {
  let tally = jobs.get(job.id);
  if (tally === undefined) {
    tally = {
      application,
      job: job.id,
      runs: 0,
      counts: {},
      failures: 0,
      retries: 0,
      successes: undefined,
      others: undefined,
      waiting: undefined,
      cpuMs: undefined,
      memoryBytes: undefined,
      lastAtMs: Number.NEGATIVE_INFINITY,
      lastStatus: job.status,
    };
    jobs.set(job.id, tally);
  }
  tally.counts[job.status] = (tally.counts[job.status] ?? 0) + 1;
  if (hasFailed(job)) tally.failures += 1;
  const atMs = job.endedAtMs ?? job.startedAtMs ?? tally.lastAtMs;
  if (atMs >= tally.lastAtMs) {
    tally.lastAtMs = atMs;
    tally.lastStatus = job.status;
  }
  if (job.startedAtMs === undefined) return;
  tally.runs += 1;
  tally.retries += retriesOf(job);
  if (job.durationMs !== undefined)
    add(tally, job.status === 'succeeded' ? 'successes' : 'others', job.durationMs);
  if (job.waitedMs !== undefined) add(tally, 'waiting', job.waitedMs);
  if (job.cpuMs !== undefined) add(tally, 'cpuMs', job.cpuMs);
  if (job.maxRssKb !== undefined) add(tally, 'memoryBytes', job.maxRssKb * 1024);
}

function add(
  tally: JobTally,
  what: 'successes' | 'others' | 'waiting' | 'cpuMs' | 'memoryBytes',
  value: number,
): void {
  tally[what] ??= distribution();
  tally[what].add(value);
}

function jobStatistics(tally: JobTally): JobStatistics {
  const { application, job, runs, counts, failures, retries, lastStatus } = tally;
  return {
    application,
    job,
    runs,
    counts,
    failures,
    retries,
    duration: tally.successes?.summary() ?? tally.others?.summary(),
    waiting: tally.waiting?.summary(),
    cpuMs: tally.cpuMs?.summary(),
    memoryBytes: tally.memoryBytes?.summary(),
    lastStatus,
  };
}
