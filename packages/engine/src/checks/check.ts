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
  /** Absolute; relative paths in parameters start here. */
  readonly workingDir: string;
  /** The merged environment of the job. */
  readonly environment: Readonly<Record<string, string>>;
  /** Aborted when the check's time limit is over or the run is killed. */
  readonly signal: AbortSignal;
}

/** A kind of check. A plug-in provides the same shape as the built-in ones. */
export interface CheckDefinition {
  /** As written in `pre_checks` and `post_checks`. */
  readonly name: string;
  /** One sentence for reference pages. */
  readonly description: string;
  /** Its parameters in the order of the reference; every one that is not `optional` must be given. */
  readonly parameters: readonly CheckParameter[];
  /** `params` has all required parameters with the declared types. Rejects only when something is wrong with the check itself. */
  run(params: Readonly<Record<string, unknown>>, context: CheckContext): Promise<CheckResult>;
}

export interface CheckParameter {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean';
  readonly optional?: boolean;
  readonly description: string;
}
