import type { Outcome } from '../journal/index.ts';
import type { ImportFinding } from './importFinding.ts';

export type ImportKind = 'v1' | 'ninja' | 'parallel' | 'wfformat';

/** A run as another program has recorded it, in our words, with all that it held as it stood there. */
export interface ImportedRun {
  readonly kind: ImportKind;
  /** Names the run in its source for good: importing it again is no new run. */
  readonly key: string;
  /** The number it had there, which it keeps where that is free. */
  readonly number?: number;
  readonly application: string;
  readonly workingDir?: string;
  readonly attempts: readonly ImportedAttempt[];
}

export interface ImportedAttempt {
  readonly attempt: number;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Undefined when it never came to its end. */
  readonly endedAtMs?: number;
  readonly jobCount: number;
  readonly recordedStatus?: string;
  readonly columns: Readonly<Record<string, unknown>>;
  readonly jobs: readonly ImportedJob[];
}

export interface ImportedJob {
  readonly id: string;
  /** Empty when the source does not tell. */
  readonly command: string;
  readonly description: string;
  readonly dependencies: readonly string[];
  readonly status: Outcome;
  readonly recordedStatus?: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** At least one, unless the job never started. */
  readonly tries: readonly ImportedTry[];
  readonly error?: string;
  readonly columns: Readonly<Record<string, unknown>>;
}

export interface ImportedTry {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly cpuMs?: number;
  readonly maxRssKb?: number;
}

/** What a file holds. */
export interface ImportReading {
  readonly runs: readonly ImportedRun[];
  readonly findings: readonly ImportFinding[];
}
