import type { RealDriver } from '../drivers/index.ts';
import type { Masker, OutputReader } from '../output/index.ts';
import type { RunFolder } from '../runs/index.ts';
import type { Inheritance, Plan } from '../scheduler/index.ts';
import type { TextLogWriter } from '../textlogs/index.ts';
import type { JobOutput } from './jobOutput.ts';

/** What makes an attempt a resume: what it takes over from the attempts before it. */
export interface Succession {
  readonly folder: RunFolder;
  readonly attempt: number;
  /** Number of the attempt's first event. */
  readonly firstSeq: number;
  /** What stands of earlier attempts under this plan. `wallMs` is now. */
  inherit(plan: Plan, wallMs: number): Inheritance;
  /** Called once the attempt is claimed, before its first event shows: from here on, all that is taken over is this attempt's. */
  takeOver(heir: Heir): Predecessors;
}

/** The attempt that takes over. */
export interface Heir {
  readonly plan: Plan;
  readonly reader: OutputReader;
  readonly writer: TextLogWriter;
  readonly masker: Masker;
  readonly output: JobOutput;
  readonly take: RealDriver['take'];
  /** Wall clock, milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Told about a log that cannot be completed. */
  readonly onError: (path: string, error: NodeJS.ErrnoException) => void;
}

/** What still runs of earlier attempts, and what they have left behind. */
export interface Predecessors {
  /** Returns false for a job whose process is not one of theirs. */
  signal(job: number, signal: NodeJS.Signals): boolean;
  /** Ends all that runs, at once. */
  kill(): void;
  /** To be called when every log is closed: removes the raw output they have left, unless it is to be kept. */
  close(options: { readonly keep: boolean }): void;
}
