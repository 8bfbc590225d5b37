import type { Definitions } from './definitions.ts';
import { parseDuration } from './duration.ts';
import { extraKeys } from './extraKeys.ts';
import type { ConfigurationHost } from './host.ts';
import type { Check, Dependency, EnvLayer, Job, RetryPolicy } from './model.ts';
import type { RawCheck, RawJob } from './schema/index.ts';
import { environmentTexts, fallbackMs, type JobScope, resolvePath } from './scope.ts';
import { parseTimeLimit } from './timeLimit.ts';

/** What turning raw jobs into jobs needs besides the job and its scope. */
export interface NormalizeContext {
  readonly definitions: Definitions;
  readonly host: ConfigurationHost;
  /** Layers of env sets by the variables they hold: one layer however many jobs use it. */
  readonly envSetLayers: Map<object, EnvLayer>;
}

const none: readonly never[] = Object.freeze([]);
const noAmounts: Readonly<Record<string, never>> = Object.freeze({});
const checkTimeoutMs = 60_000;

/**
 * The job that `raw` (templates merged in, shape checked) describes, defaults filled in from `scope`.
 * `resolveId` turns an id as written in the file into the id in the configuration.
 */
export function normalizeJob(
  raw: RawJob,
  id: string,
  index: number,
  scope: JobScope,
  context: NormalizeContext,
  resolveId: (id: string) => string,
): Job {
  const job: Writable<Job> = {
    id,
    command: raw.command ?? '',
    description: raw.description ?? '',
    dependencies: raw.dependencies === undefined ? none : dependenciesOf(raw.dependencies, resolveId),
    timeLimit:
      raw.timeout === undefined
        ? scope.timeLimit
        : (parseTimeLimit(raw.timeout, fallbackMs(scope)) ?? scope.timeLimit),
    gracePeriodMs: parseDuration(raw.grace_period) ?? scope.gracePeriodMs,
    retry: retryPolicy(raw, scope.retry),
    preChecks: raw.pre_checks === undefined ? none : checksOf(raw.pre_checks, scope, context.definitions),
    postChecks: raw.post_checks === undefined ? none : checksOf(raw.post_checks, scope, context.definitions),
    env: envLayers(raw, id, scope, context),
    workingDir:
      raw.working_dir === undefined
        ? scope.workingDir
        : resolvePath(scope.workingDir, raw.working_dir, context.host),
    tags: raw.tags ?? none,
    priority: raw.priority ?? 0,
    resources: raw.resources ?? noAmounts,
    locks: raw.locks ?? none,
    allowFailure: raw.allow_failure ?? false,
    enabled: raw.enabled ?? true,
    inputs: raw.inputs ?? none,
    outputs: raw.outputs ?? none,
    extra: extraKeys(raw, 'job'),
    origin: { file: scope.source.file, path: ['jobs', index] },
  };
  addOptional(job, raw, scope);
  return job;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function dependenciesOf(
  raw: NonNullable<RawJob['dependencies']>,
  resolveId: (id: string) => string,
): readonly Dependency[] {
  const byId = new Map<string, Dependency>();
  for (const entry of raw) {
    const dependency: Dependency =
      typeof entry === 'string'
        ? { job: resolveId(entry), when: 'success' }
        : { job: resolveId(entry.job), when: entry.when ?? 'success' };
    if (!byId.has(dependency.job)) byId.set(dependency.job, dependency);
  }
  return byId.size === 0 ? none : [...byId.values()];
}

function retryPolicy(raw: RawJob, base: RetryPolicy): RetryPolicy {
  if (
    raw.max_retries === undefined &&
    raw.retry_delay === undefined &&
    raw.retry_backoff === undefined &&
    raw.retry_jitter === undefined &&
    raw.max_retry_time === undefined &&
    raw.retry_on_status === undefined &&
    raw.retry_on_exit_codes === undefined
  ) {
    return base;
  }
  return {
    maxRetries: raw.max_retries ?? base.maxRetries,
    delayMs: parseDuration(raw.retry_delay) ?? base.delayMs,
    backoff: raw.retry_backoff ?? base.backoff,
    jitter: raw.retry_jitter ?? base.jitter,
    maxRetryTimeMs: parseDuration(raw.max_retry_time) ?? base.maxRetryTimeMs,
    onStatus: raw.retry_on_status ?? base.onStatus,
    onExitCodes: raw.retry_on_exit_codes ?? base.onExitCodes,
  };
}

function checksOf(
  raw: NonNullable<RawJob['pre_checks']>,
  scope: JobScope,
  definitions: Definitions,
): readonly Check[] {
  return raw.map((use) => {
    const own: RawCheck = typeof use === 'string' ? { name: use } : use;
    const named = definitions.find('checks', own.name, scope.source)?.value;
    return {
      name: named?.name ?? own.name,
      params: named === undefined ? (own.params ?? noAmounts) : { ...named.params, ...own.params },
      timeoutMs: parseDuration(own.timeout) ?? parseDuration(named?.timeout) ?? checkTimeoutMs,
    };
  });
}

function envLayers(raw: RawJob, id: string, scope: JobScope, context: NormalizeContext): readonly EnvLayer[] {
  if (raw.env_variables === undefined && raw.env_sets === undefined) return scope.env;
  const layers = [...scope.env];
  for (const name of raw.env_sets ?? none) {
    const layer = envSetLayer(name, scope, context);
    if (layer !== undefined) layers.push(layer);
  }
  if (raw.env_variables !== undefined && Object.keys(raw.env_variables).length > 0) {
    layers.push({
      scope: 'job',
      name: id,
      variables: environmentTexts(raw.env_variables, scope.source.version),
    });
  }
  return layers.length === scope.env.length ? scope.env : layers;
}

function envSetLayer(name: string, scope: JobScope, context: NormalizeContext): EnvLayer | undefined {
  const definition = context.definitions.find('env_sets', name, scope.source);
  if (definition === undefined) return undefined;
  const known = context.envSetLayers.get(definition.value);
  if (known !== undefined) return known;
  const variables = environmentTexts(definition.value, definition.source.version);
  const layer: EnvLayer = Object.freeze({ scope: 'env_set', name, variables });
  context.envSetLayers.set(definition.value, layer);
  return layer;
}

function addOptional(job: Writable<Job>, raw: RawJob, scope: JobScope): void {
  const warnAfter =
    raw.timeout_warning === undefined
      ? scope.warnAfter
      : parseTimeLimit(raw.timeout_warning, fallbackMs(scope));
  if (warnAfter !== undefined) job.warnAfter = warnAfter;
  const noOutputTimeoutMs = parseDuration(raw.no_output_timeout);
  if (noOutputTimeoutMs !== undefined) job.noOutputTimeoutMs = noOutputTimeoutMs;
  const estimatedDurationMs = parseDuration(raw.estimated_duration);
  if (estimatedDurationMs !== undefined) job.estimatedDurationMs = estimatedDurationMs;
  if (raw.log_dir !== undefined) job.logDir = raw.log_dir;
  const shell = raw.shell ?? scope.shell;
  if (shell !== undefined) job.shell = shell;
}
