import type { ProcessEnd, StartError } from '../journal/event.ts';

/** One try to start. */
export interface LaunchRequest {
  /** Names the try for good; a token that has ended once is never started again. */
  readonly token: string;
  readonly run: number;
  /** The job's id. */
  readonly job: string;
  readonly try: number;
  /** Program and arguments: `['/bin/sh', '-c', command]`. A name without a slash is looked up in `env.PATH`. */
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** How program and folder may be named in what is written, where they hold secrets. */
  readonly shown?: ShownNames;
  /**
   * The whole environment, but for the EXECUTIONER_RUN, _JOB, _TRY and _TOKEN that the launcher adds. Jobs that
   * share one should pass the same object: it travels once.
   */
  readonly env: Readonly<Record<string, string>>;
  /**
   * The launcher enforces the time limit when the engine is gone: SIGTERM to the job, SIGKILL after `graceMs`.
   * 0 or absent: no limit.
   */
  readonly limitMs?: number;
  readonly graceMs?: number;
}

/** Names without secrets, for messages. */
export interface ShownNames {
  readonly program: string;
  readonly cwd: string;
}

/** A stretch of a spool file: the raw output of one try. */
export interface Spool {
  readonly path: string;
  readonly offset: number;
}

export interface StartedReport {
  readonly token: string;
  readonly pid: number;
  /** Start time in the kernel's clock ticks: tells a reused pid. Absent where the kernel does not say. */
  readonly ticks?: number;
  /** Where the output will be appended. */
  readonly spool: Spool;
}

export interface ExitedReport {
  readonly token: string;
  readonly end: ProcessEnd;
  readonly spool: Spool;
  /** The try's output is the spool from its offset to here, exclusive. */
  readonly spoolEnd: number;
  /** No later try will write to this spool: whoever has read it may remove it. */
  readonly spoolRetired: boolean;
  /** Processes of the job that outlive its main process. */
  readonly leftovers: readonly number[];
}

export interface ErroredReport {
  readonly token: string;
  readonly error: StartError;
}

/** What the launcher tells, always after it has recorded it. Called in the order in which things happened. */
export interface LauncherListener {
  started(report: StartedReport): void;
  exited(report: ExitedReport): void;
  errored(report: ErroredReport): void;
  /** The launcher is gone though it was not closed; what ran under it has no known fate. */
  lost(message: string): void;
}

/** Starts and ends processes on behalf of the engine, from outside of it. */
export interface Launcher {
  /** Process id of the launcher itself. */
  readonly pid: number;
  /** Asks for a start; the answer is `started` and later `exited`, or `errored`. Requests of one turn travel together. */
  launch(request: LaunchRequest): void;
  /**
   * Sends a signal to the job's process group, then to those of its processes that left the group; after its end,
   * to its leftovers. A token that never started is passed over.
   */
  signal(token: string, signal: NodeJS.Signals): void;
  /** No more launches. Resolves when the last job has ended and the launcher has gone. */
  close(): Promise<void>;
}

/**
 * How the launcher makes processes: `fast` is posix_spawn(3) and wait4(2), with CPU time and memory of each try;
 * `portable` is what Node.js has everywhere. Where `fast` cannot be had, `portable` takes its place.
 */
export type SpawnerName = 'fast' | 'portable';

/** What a launcher needs to know of its run. */
export interface ServeOptions {
  /** Default: `fast`. */
  readonly spawner?: SpawnerName;
  /** `runs/<id>`, absolute. */
  readonly runFolder: string;
  readonly attempt: number;
  /** A spool that has grown beyond this is followed by a fresh one; 64 MiB. */
  readonly spoolBytesMax?: number;
}

export interface LauncherOptions extends ServeOptions {
  /** The bundled launcher, see `launcherPath`. */
  readonly entry: string;
  /** Environment of the launcher itself; jobs never see it. */
  readonly env: Readonly<Record<string, string | undefined>>;
}
