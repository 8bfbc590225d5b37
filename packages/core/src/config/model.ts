// The configuration after loading: every default filled in, includes and templates expanded, times in
// milliseconds. This is the only form that the engine and the tools accept.

/** The condition under which a dependency is met by the outcome of the job it names. */
export type DependencyCondition = 'success' | 'failure' | 'always';

export interface Dependency {
  /** The id of the job that is waited for. */
  readonly job: string;
  readonly when: DependencyCondition;
}

/** A time limit: fixed, or a multiple of a statistic of past durations with a floor and a fallback. */
export type TimeLimit =
  | { readonly kind: 'fixed'; readonly limitMs: number }
  | {
      readonly kind: 'history';
      /** The percentile of past successful durations, 50 being the median. */
      readonly percentile: number;
      readonly factor: number;
      readonly floorMs: number;
      /** Used while there is no history. */
      readonly fallbackMs: number;
    };

/** One pre- or post-check of a job, named checks already resolved. */
export interface Check {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly timeoutMs: number;
}

export interface RetryPolicy {
  readonly maxRetries: number;
  readonly delayMs: number;
  readonly backoff: number;
  /** 0.1 means that each wait is multiplied by a factor between 0.9 and 1.1. */
  readonly jitter: number;
  readonly maxRetryTimeMs: number;
  readonly onStatus: readonly RetryStatus[];
  readonly onExitCodes: readonly number[];
}

export type RetryStatus = 'ERROR' | 'FAILED' | 'TIMEOUT';

/** Variables of one scope. Values keep their `${NAME}` references: they are resolved when a job starts. */
export interface EnvLayer {
  readonly scope: 'application' | 'env_set' | 'job';
  /** The name of the env set, or the id of the job. */
  readonly name?: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** What a job takes over from the environment of the engine. */
export type EnvInheritance =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'default' }
  | { readonly kind: 'listed'; readonly names: readonly string[] };

/** Where a value was written: the file and the path of keys and indices inside it. */
export interface Origin {
  readonly file: string;
  readonly path: readonly (string | number)[];
}

export interface Job {
  readonly id: string;
  readonly command: string;
  /** Empty when none was given. */
  readonly description: string;
  readonly dependencies: readonly Dependency[];
  readonly timeLimit: TimeLimit;
  readonly warnAfter?: TimeLimit;
  readonly noOutputTimeoutMs?: number;
  readonly gracePeriodMs: number;
  readonly retry: RetryPolicy;
  readonly preChecks: readonly Check[];
  readonly postChecks: readonly Check[];
  /** Lowest scope first; application and env-set layers are shared between jobs. */
  readonly env: readonly EnvLayer[];
  /** Absolute unless it holds a `${NAME}` reference. */
  readonly workingDir: string;
  readonly logDir?: string;
  /** The program that is given `-c command`; undefined: the default shell. */
  readonly shell?: string;
  readonly tags: readonly string[];
  readonly priority: number;
  /** Amounts taken from the pools of the configuration while the job holds its worker. */
  readonly resources: Readonly<Record<string, number>>;
  readonly locks: readonly string[];
  readonly estimatedDurationMs?: number;
  readonly allowFailure: boolean;
  readonly enabled: boolean;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Keys that begin with `x_`, and those of a v1 file that have no meaning to us. */
  readonly extra: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
}

export interface EmailSettings {
  readonly addresses: readonly string[];
  readonly onSuccess: boolean;
  readonly onFailure: boolean;
  readonly server?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
}

export interface LogRetention {
  readonly maxRuns?: number;
  readonly maxAgeMs?: number;
  readonly maxSizeBytes?: number;
}

export interface SecuritySettings {
  readonly policy: 'warn' | 'strict';
  readonly level?: string;
  readonly commandWhitelist: readonly string[];
  readonly commandAllowlistPatterns: readonly string[];
  readonly workspacePaths: readonly string[];
}

export interface Configuration {
  /** 1 also when the file names no version. */
  readonly version: 1 | 2;
  readonly applicationName: string;
  readonly description: string;
  /** The root file, absolute; `-` is standard input. */
  readonly file: string;
  /** Absolute. */
  readonly workingDir: string;
  /** As written: relative to `workingDir` unless absolute. */
  readonly logDir: string;
  readonly parallel: boolean;
  readonly maxWorkers: number;
  readonly onFailure: 'stop' | 'continue';
  readonly allowShell: boolean;
  readonly shell?: string;
  readonly envInheritance: EnvInheritance;
  /** Names whose values are masked, besides those that look secret. */
  readonly secrets: readonly string[];
  /** Pool name → capacity. */
  readonly resources: Readonly<Record<string, number>>;
  readonly email: EmailSettings;
  readonly notifications: readonly Readonly<Record<string, unknown>>[];
  readonly logRetention: LogRetention;
  readonly security: SecuritySettings;
  readonly schedule?: { readonly cron: string; readonly timeZone?: string };
  readonly dependencyPlugins: readonly unknown[];
  readonly database?: unknown;
  /** In file order, includes in the place of their `include` entry (before the file's own jobs). */
  readonly jobs: readonly Job[];
  readonly extra: Readonly<Record<string, unknown>>;
}
