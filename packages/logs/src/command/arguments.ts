/** What was asked for on the command line, without the word that names the action. */
export interface LogsArguments {
  /** Files, folders, globs, run numbers or `-`; of the latest run when there is none. */
  readonly files: readonly string[];
  /** The configuration whose dependencies explain what text logs do not tell. */
  readonly config: string | undefined;
  readonly app: string | undefined;
  readonly job: string | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** Only so many runs, the newest. */
  readonly last: number | undefined;
  /** Lists everything. */
  readonly all: boolean;
  /** As typed; the local one when undefined. */
  readonly timeZone: string | undefined;
  /** Each whole line is a message. */
  readonly raw: boolean;
  /** Logs of good attempts, to compare with. */
  readonly good: readonly string[];
  /** Shows what the values of variables were; those of secrets never. */
  readonly showValues: boolean;
  /** At most so many rows. */
  readonly limit: number;
}
