import type { StartError } from '../journal/event.ts';
import type { ShownNames, SpawnerName } from './launcher.ts';

// Engine and launcher talk in lines of JSON over two pipes. What the launcher reports are the very lines it has
// just appended to `launch.<attempt>.ndjson`, so a record can never differ from what the engine was told.

/** From the engine. */
export type Order =
  | ServeOrder
  | { readonly do: 'environment'; readonly id: number; readonly env: Readonly<Record<string, string>> }
  | LaunchOrder
  | { readonly do: 'signal'; readonly token: string; readonly signal: NodeJS.Signals }
  | { readonly do: 'close' };

/** The first one: which run the launcher belongs to. */
export interface ServeOrder {
  readonly do: 'serve';
  readonly run_folder: string;
  readonly attempt: number;
  readonly spool_bytes_max: number;
  readonly spawner: SpawnerName;
  /** The soft limit of open files for jobs, where Node.js has raised it. */
  readonly open_files?: number;
}

export interface LaunchOrder {
  readonly do: 'launch';
  readonly token: string;
  readonly run: number;
  readonly job: string;
  readonly try: number;
  readonly argv: readonly string[];
  readonly cwd: string;
  /** How program and folder are named in records, where they hold secrets. */
  readonly shown?: ShownNames;
  /** Id of an environment sent before. */
  readonly env: number;
  readonly limit_ms: number;
  readonly grace_ms: number;
  /**
   * The spool to append to, as named in the record of a try that the engine has heard the end of. Were it the
   * launcher's choice, a try could write to a spool whose last try the engine still follows.
   */
  readonly spool?: string;
}

/** A line of `launch.<attempt>.ndjson`. `t` is the wall clock in milliseconds since 1970. */
export type LaunchRecord =
  /** The first line: who writes this file. */
  | {
      readonly type: 'launcher';
      readonly v: 1;
      readonly t: number;
      readonly pid: number;
      readonly ticks?: number;
      readonly boot_id?: string;
      readonly host: string;
      /** How it makes processes; `portable` also where `fast` was asked for and cannot be had. */
      readonly spawner: 'fast' | 'portable';
    }
  /** Written before the process is made: without it, the token certainly never started. */
  | {
      readonly type: 'launching';
      readonly t: number;
      readonly token: string;
      readonly job: string;
      /** Where its output will be; absent when there is no file for it, and in records of earlier versions. */
      readonly spool?: string;
      readonly offset?: number;
    }
  | StartedRecord
  | ExitedRecord
  | ErroredRecord
  /** A signal that the launcher sent on its own: the time limit of a job whose engine is gone. */
  | {
      readonly type: 'signalled';
      readonly t: number;
      readonly token: string;
      readonly signal: NodeJS.Signals;
    }
  /** The engine is gone. No `launching` and no `started` follows. */
  | { readonly type: 'orphaned'; readonly t: number }
  /** The launcher itself failed. */
  | { readonly type: 'failed'; readonly t: number; readonly message: string }
  /** The last line of a launcher that has ended its work. */
  | { readonly type: 'ended'; readonly t: number }
  /** The only line of a file made by a resume, before a launcher that was coming up could make it: that one gives up. */
  | { readonly type: 'fenced' };

export interface StartedRecord {
  readonly type: 'started';
  readonly t: number;
  readonly token: string;
  readonly pid: number;
  /** When it started, in the kernel's clock ticks; 0, which no process has, when it had ended before that could be read. */
  readonly ticks?: number;
  readonly boot_id?: string;
  /** Path of the spool file, relative to the run's folder. */
  readonly spool: string;
  readonly offset: number;
}

export interface ExitedRecord {
  readonly type: 'exited';
  readonly t: number;
  readonly token: string;
  /** As wait(2) tells it: 256 × exit code, or the number of the signal. */
  readonly status: number;
  readonly cpu_ms?: number;
  readonly max_rss_kb?: number;
  readonly spool: string;
  readonly offset: number;
  readonly spool_end: number;
  readonly spool_retired?: true;
  readonly leftovers?: readonly number[];
}

export interface ErroredRecord extends StartError {
  readonly type: 'errored';
  readonly t: number;
  readonly token: string;
}
