import type { TimelineBar } from '@executioner/report';
import type { Change } from '../changes/index.ts';
import type { FailureReport } from '../failures/index.ts';
import type { Novelty } from '../novelty/index.ts';
import type { BecauseFrom, RunRecord } from '../runs/index.ts';

/** All that a post-mortem report tells of a run: plain data. */
export interface PostMortem {
  readonly run: Pick<
    RunRecord,
    | 'application'
    | 'run'
    | 'startedAtMs'
    | 'durationMs'
    | 'outcome'
    | 'attempts'
    | 'configuration'
    | 'host'
    | 'version'
  >;
  /** Failures in the order in which they happened: the first is where to look. */
  readonly failures: readonly FailureReport[];
  readonly timeline: readonly TimelineEntry[];
  /** The jobs as bars, those at the same time in different lanes; empty if they would be too many to see. */
  readonly lanes: readonly (readonly TimelineBar[])[];
  readonly impact: Impact;
  /** What is different since it last went well; absent when no earlier good run is known. */
  readonly since?: SinceLastGood;
  /** How many runs in a row have failed in the job that failed first, this one included, and since which. */
  readonly streak?: { readonly runs: number; readonly since: RunName };
  /** For failed jobs, what their logs say that those of good runs do not, and the other way round. */
  readonly novelties: readonly { readonly job: string; readonly novelty: Novelty }[];
  readonly similar: readonly SimilarFailure[];
  readonly steps: readonly NextStep[];
}

export interface RunName {
  readonly run?: number;
  /** Where it matters: it was resumed, and this is about one of its attempts. */
  readonly attempt?: number;
  readonly startedAtMs: number;
}

export interface TimelineEntry {
  readonly atMs: number;
  readonly tone: 'good' | 'bad' | 'warning' | 'muted';
  readonly text: string;
}

/** What came of the failures. */
export interface Impact {
  readonly jobs: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Jobs that never ran because of a failure: skipped, or not started since the run stopped. */
  readonly notRun: readonly NotRun[];
  readonly cancelled: readonly string[];
  /** Spent on tries that failed, and on waiting for their retries. */
  readonly lostMs: number;
}

export interface NotRun {
  readonly job: string;
  /** Because of a dependency, or since the run was stopping. */
  readonly why: 'dependency' | 'stopped';
  /** From the failed job to this one; empty if the log does not tell which failure it was, or the run was stopping. */
  readonly chain: readonly string[];
  /** What tells the chain where the log itself does not. */
  readonly from?: BecauseFrom;
  /** Where there is no chain: the failures that come into question. */
  readonly candidates?: readonly string[];
}

export interface SinceLastGood {
  readonly good: RunName;
  /** Whether the whole run was good, or only the job that failed first. */
  readonly of: 'run' | 'job';
  /** Undefined when the configuration of one of the two is not known. */
  readonly changes: readonly Change[] | undefined;
}

/** An earlier failure that looks like one of this run. */
export interface SimilarFailure {
  readonly job: string;
  readonly run: RunName;
  /** From 0 to 1. */
  readonly similarity: number;
  /** The messages that both have; none where only their end or their category is the same. */
  readonly common: readonly string[];
  /** The first later run in which the job succeeded, and what had changed until then. */
  readonly ended?: {
    readonly run: RunName;
    readonly failedBetween: number;
    readonly changes: readonly Change[];
  };
}

/** Something to do next, as a command where there is one. */
export interface NextStep {
  readonly why: string;
  readonly command?: string;
}
