/** What `executioner run` is given. */
export interface RunArguments extends ResumeArguments, MarkArguments {
  readonly workflow: string | undefined;
  readonly config: string | undefined;
  readonly dryRun: boolean;
  readonly skip: readonly string[];
  readonly select: string | undefined;
  readonly env: readonly string[];
  readonly continueOnError: boolean;
  readonly parallel: boolean;
  readonly sequential: boolean;
  readonly workers: number | undefined;
  readonly plan: string | undefined;
  readonly markSuccess: boolean;
  readonly seed: number | undefined;
  readonly notify: boolean | undefined;
  readonly json: boolean;
  readonly visible: boolean;
  readonly debug: boolean;
  readonly listRuns: string | true | undefined;
  readonly limit: number;
  readonly showRun: number | undefined;
  readonly history: boolean | undefined;
  readonly simpleConfig: boolean;
  readonly sampleConfig: boolean;
}

/** What concerns a resume. */
export interface ResumeArguments {
  readonly resumeFrom: number | undefined;
  readonly resumeFailedOnly: boolean;
  readonly explain: boolean;
  readonly onUnknown: 'rerun' | 'fail' | 'ask' | undefined;
  readonly force: boolean;
}

/** What concerns `--mark-success`. */
export interface MarkArguments {
  readonly runId: number | undefined;
  readonly jobs: readonly string[];
  readonly yes: boolean;
  readonly force: boolean;
}
