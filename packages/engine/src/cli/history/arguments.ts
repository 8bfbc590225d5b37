/** What `executioner history` is given. */
export interface HistoryArguments {
  readonly words: readonly string[];
  readonly app: string | undefined;
  readonly status: readonly string[];
  readonly tag: string | undefined;
  readonly without: readonly string[];
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly limit: number;
  readonly jobs: readonly string[];
  readonly yes: boolean;
  readonly force: boolean;
  readonly maxRuns: number | undefined;
  readonly maxAge: string | undefined;
  readonly maxSize: string | undefined;
  readonly config: string | undefined;
  readonly imported: boolean;
  readonly dryRun: boolean;
}
