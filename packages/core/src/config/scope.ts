import { parseDuration } from './duration.ts';
import type { ConfigurationHost } from './host.ts';
import type { EnvLayer, RetryPolicy, TimeLimit } from './model.ts';
import type { RawConfiguration } from './schema/index.ts';
import type { SourceFile } from './sourceFile.ts';
import { parseTimeLimit } from './timeLimit.ts';

/** What the jobs of one file have in common unless they say otherwise. Shared between them, never copied. */
export interface JobScope {
  readonly source: SourceFile;
  readonly timeLimit: TimeLimit;
  readonly warnAfter?: TimeLimit;
  readonly gracePeriodMs: number;
  readonly retry: RetryPolicy;
  /** The application layers, lowest first. */
  readonly env: readonly EnvLayer[];
  readonly workingDir: string;
  readonly shell?: string;
}

const defaultLimitMs = 10_800_000;

const builtInRetry: RetryPolicy = Object.freeze({
  maxRetries: 0,
  delayMs: 30_000,
  backoff: 1.5,
  jitter: 0.1,
  maxRetryTimeMs: 1_800_000,
  onStatus: Object.freeze(['ERROR', 'FAILED', 'TIMEOUT'] as const),
  onExitCodes: Object.freeze([1]),
});

/** The scope of the jobs of `source`: what the file says, else what the file that includes it says, else the defaults. */
export function jobScope(
  source: SourceFile,
  parent: JobScope | undefined,
  host: ConfigurationHost,
): JobScope {
  const { raw } = source;
  const warnAfter =
    raw.default_timeout_warning === undefined
      ? parent?.warnAfter
      : parseTimeLimit(raw.default_timeout_warning, defaultLimitMs);
  const shell = raw.shell ?? parent?.shell;
  return Object.freeze({
    source,
    timeLimit:
      (raw.default_timeout === undefined
        ? parent?.timeLimit
        : parseTimeLimit(raw.default_timeout, defaultLimitMs)) ??
      Object.freeze({ kind: 'fixed', limitMs: defaultLimitMs } as const),
    ...(warnAfter && { warnAfter }),
    gracePeriodMs: source.version === 2 ? 10_000 : 1000,
    retry: retryPolicy(raw, parent?.retry ?? builtInRetry),
    env: envLayers(source, parent?.env ?? []),
    workingDir: workingDirOf(source, parent, host),
    ...(shell !== undefined && { shell }),
  });
}

/** The milliseconds that stand in for a limit from history while there is none. */
export function fallbackMs(scope: JobScope): number {
  return scope.timeLimit.kind === 'fixed' ? scope.timeLimit.limitMs : scope.timeLimit.fallbackMs;
}

function retryPolicy(raw: RawConfiguration, base: RetryPolicy): RetryPolicy {
  return Object.freeze({
    maxRetries: raw.default_max_retries ?? base.maxRetries,
    delayMs: parseDuration(raw.default_retry_delay) ?? base.delayMs,
    backoff: raw.default_retry_backoff ?? base.backoff,
    jitter: raw.default_retry_jitter ?? base.jitter,
    maxRetryTimeMs: parseDuration(raw.default_max_retry_time) ?? base.maxRetryTimeMs,
    onStatus: base.onStatus,
    onExitCodes: raw.default_retry_on_exit_codes ?? base.onExitCodes,
  });
}

function envLayers(source: SourceFile, base: readonly EnvLayer[]): readonly EnvLayer[] {
  const variables = source.raw.env_variables;
  if (variables === undefined || Object.keys(variables).length === 0) return base;
  const layer: EnvLayer = Object.freeze({
    scope: 'application',
    variables: environmentTexts(variables, source.version),
  });
  return Object.freeze([...base, layer]);
}

/**
 * The variables with texts for numbers and flags. In a file without `version: 2` flags become "True" and "False", as
 * the scripts that version 1 ran are used to.
 */
export function environmentTexts(
  variables: Readonly<Record<string, string | number | boolean>>,
  version: 1 | 2,
): Readonly<Record<string, string>> {
  for (const name in variables) {
    if (typeof variables[name] !== 'string') {
      return Object.freeze(
        Object.fromEntries(
          Object.entries(variables).map(([key, value]) => [key, environmentText(value, version)]),
        ),
      );
    }
  }
  return variables as Readonly<Record<string, string>>;
}

function environmentText(value: string | number | boolean, version: 1 | 2): string {
  if (typeof value !== 'boolean' || version === 2) return String(value);
  return value ? 'True' : 'False';
}

function workingDirOf(source: SourceFile, parent: JobScope | undefined, host: ConfigurationHost): string {
  const written = source.raw.working_dir;
  if (written === undefined) return parent?.workingDir ?? source.folder;
  return resolvePath(source.folder, written, host);
}

/** `path` seen from `folder`, with `~` for the home folder. A path that begins with `${NAME}` is left as it is. */
export function resolvePath(folder: string, path: string, host: ConfigurationHost): string {
  if (path.startsWith('${')) return path;
  if (path === '~' || path.startsWith('~/')) return host.resolve(host.home, `.${path.slice(1)}`);
  // A folder that begins with a reference is no path yet: the host would take it for a relative one.
  if (folder.startsWith('${') && !host.isAbsolute(path)) return `${folder}/${path}`;
  return host.resolve(folder, path);
}
