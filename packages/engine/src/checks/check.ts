import type { CheckParameters } from '@executioner/core';

/** What a check found. */
export interface CheckResult {
  readonly ok: boolean;
  /** What was looked at and what was found there, for people and for the journal: plain JSON values. */
  readonly values: Readonly<Record<string, unknown>>;
  /** One sentence without a final full stop; it says why, also when the check passed. */
  readonly message: string;
}

/** What a check may use besides its parameters. */
export interface CheckContext {
  /** The job that is checked. */
  readonly job: string;
  /** Absolute; relative paths in parameters start here. */
  readonly workingDir: string;
  /** Absolute: the folder of the file that holds the job. Relative paths of plug-ins start here. */
  readonly folder: string;
  /** The merged environment of the job. */
  readonly environment: Readonly<Record<string, string>>;
  /** Program and arguments that run a command of the job's kind. */
  readonly commandLine: (command: string) => CommandLine;
  /** What the last try has printed, as raw bytes; undefined before a job has run. */
  readonly output: TryOutput | undefined;
  /** Aborted when the check's time limit is over or the run is killed: the check must end all that it has begun. */
  readonly signal: AbortSignal;
}

export type CommandLine =
  | { readonly ok: true; readonly argv: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** The output of one try. It may be large: it is read in pieces, each time anew. */
export interface TryOutput {
  readonly sizeBytes: number;
  /** @throws NodeJS.ErrnoException while it is read, when it cannot be. */
  read(signal: AbortSignal): AsyncIterable<Buffer>;
}

export type CheckParams = Readonly<Record<string, unknown>>;

/** A kind of check. A plug-in provides the same shape as the built-in ones. */
export interface CheckDefinition extends CheckParameters {
  /** One sentence for reference pages, true when the check passes. */
  readonly summary: string;
  /** `params` has all required parameters with the declared types. Rejects only when something is wrong with the check itself. */
  run(params: CheckParams, context: CheckContext): Promise<CheckResult> | CheckResult;
}
