import type { JobRecord, RunRecord } from '../runs/index.ts';
import type { FollowedChange } from './changes.ts';

/** A change, and of a job how it stood then. */
export interface FollowedNews {
  readonly change: FollowedChange;
  readonly job?: JobRecord | undefined;
}

/** A run whose logs or journals are read while they are written. */
export interface GrowingRun {
  /** What has changed since the last look, in its order. */
  look(): FollowedNews[];
  /** The run as it stands; undefined before the first news. */
  run(): RunRecord | undefined;
  hasEnded(): boolean;
  /** Whether nothing more can come, though it has not ended. */
  isAbandoned(): boolean;
  /** Why there is nothing more to tell of, in words, behind the name of the file: `is empty`; undefined while a run is under way. */
  lacks(): string | undefined;
  close(): void;
}
