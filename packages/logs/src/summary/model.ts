import type { Diagnostic } from '@executioner/core';
import type { LoggedProblem, RunOutcome } from '@executioner/engine';
import type { JobStatus } from '@executioner/report';
import type { Causes, FailureReport } from '../failures/index.ts';
import type { SourceSurvey } from '../input/index.ts';
import type { RunRecord, StatusCounts } from '../runs/index.ts';
import type { DistributionSummary } from '../statistics/index.ts';

export type { StatusCounts };

/** What is told of a run in a list of many. */
export interface RunLine {
  readonly application: string;
  readonly run: number | undefined;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly outcome: RunOutcome | undefined;
  readonly recordedStatus: string | undefined;
  readonly attempts: number;
  readonly workers: number | undefined;
  /** The share of the workers' time in which a job kept them busy; undefined where nothing took time. */
  readonly workerUse: number | undefined;
  readonly jobCount: number;
  readonly counts: StatusCounts;
  readonly retries: number;
  /** The first job that failed and was not allowed to. */
  readonly firstFailure: string | undefined;
}

/** What many runs tell of a job, or of all jobs together. */
export interface JobStatistics {
  readonly application: string;
  readonly job: string;
  /** Runs in which it had its turn. */
  readonly runs: number;
  readonly counts: StatusCounts;
  readonly failures: number;
  readonly retries: number;
  /** Milliseconds, of its successes where there are any. */
  readonly duration: DistributionSummary | undefined;
  /** Milliseconds from when its dependencies were met to its start. */
  readonly waiting: DistributionSummary | undefined;
  readonly cpuMs: DistributionSummary | undefined;
  readonly memoryBytes: DistributionSummary | undefined;
  readonly lastStatus: JobStatus;
}

export interface WorkflowStatistics {
  readonly application: string;
  readonly runs: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly unfinished: number;
  /** Milliseconds, of finished runs. */
  readonly duration: DistributionSummary | undefined;
}

/** What the logs say, all together. */
export interface LogSummary {
  readonly sources: readonly SourceSurvey[];
  readonly findings: readonly Diagnostic[];
  readonly runCount: number;
  readonly jobTurns: number;
  readonly tries: number;
  readonly retries: number;
  readonly counts: StatusCounts;
  /** The newest, oldest first. */
  readonly runs: readonly RunLine[];
  readonly workflows: readonly WorkflowStatistics[];
  /** By application, then in the order in which they first appear. */
  readonly jobs: readonly JobStatistics[];
  /** Of the newest runs with failures, the newest run last. */
  readonly failures: readonly FailedRun[];
  /** Warnings and errors in the logs that are no news of a job's phase, equal ones together, the latest last. */
  readonly problems: readonly ProblemGroup[];
  /** The run itself, when there is just one. */
  readonly only: RunRecord | undefined;
}

export interface FailedRun {
  readonly run: RunLine;
  readonly failures: readonly FailureReport[];
  readonly causes: Causes;
}

/** The same warning or error, as often as it was logged. */
export interface ProblemGroup extends Omit<LoggedProblem, 'atMs'> {
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}
