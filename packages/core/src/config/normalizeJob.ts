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
  /** Collects the ids of jobs that name a dependency more than once. */
  readonly repeatingJobs: Set<string>;
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
  const job = defaultJob(id, index, scope);
  // Key by key, since jobs have few of the many keys there are: asking for each costs three times as much.
  for (const key in raw) applyKey(job, key as keyof RawJob, raw, scope, context, resolveId);
  return job;
}

function defaultJob(id: string, index: number, scope: JobScope): Writable<Job> {
  const job: Writable<Job> = {
    id,
    command: '',
    description: '',
    dependencies: none,
    timeLimit: scope.timeLimit,
    gracePeriodMs: scope.gracePeriodMs,
    retry: scope.retry,
    preChecks: none,
    postChecks: none,
    env: scope.env,
    workingDir: scope.workingDir,
    tags: none,
    priority: 0,
    resources: noAmounts,
    locks: none,
    allowFailure: false,
    enabled: true,
    inputs: none,
    outputs: none,
    extra: noAmounts,
    origin: { file: scope.source.file, path: ['jobs', index] },
  };
  if (scope.warnAfter !== undefined) job.warnAfter = scope.warnAfter;
  if (scope.shell !== undefined) job.shell = scope.shell;
  return job;
}

function applyKey(
  job: Writable<Job>,
  key: keyof RawJob,
  raw: RawJob,
  scope: JobScope,
  context: NormalizeContext,
  resolveId: (id: string) => string,
): void {
  switch (key) {
    case 'id':
    case 'job_id':
    case 'job_description':
    case 'extends':
      return;
    case 'command':
      job.command = raw.command!;
      return;
    case 'description':
      job.description = raw.description!;
      return;
    case 'dependencies':
      job.dependencies = dependenciesOf(raw.dependencies!, resolveId);
      if (job.dependencies.length < raw.dependencies!.length) context.repeatingJobs.add(job.id);
      return;
    case 'timeout':
      job.timeLimit = parseTimeLimit(raw.timeout, fallbackMs(scope)) ?? scope.timeLimit;
      return;
    case 'timeout_warning':
      setIfDefined(job, 'warnAfter', parseTimeLimit(raw.timeout_warning, fallbackMs(scope)));
      return;
    case 'no_output_timeout':
      setIfDefined(job, 'noOutputTimeoutMs', parseDuration(raw.no_output_timeout));
      return;
    case 'estimated_duration':
      setIfDefined(job, 'estimatedDurationMs', parseDuration(raw.estimated_duration));
      return;
    case 'grace_period':
      job.gracePeriodMs = parseDuration(raw.grace_period) ?? scope.gracePeriodMs;
      return;
    case 'max_retries':
    case 'retry_delay':
    case 'retry_backoff':
    case 'retry_jitter':
    case 'max_retry_time':
    case 'retry_on_status':
    case 'retry_on_exit_codes':
      // The first of these keys brings all of them.
      if (job.retry === scope.retry) job.retry = retryPolicy(raw, scope.retry);
      return;
    case 'pre_checks':
      job.preChecks = checksOf(raw.pre_checks!, scope, context.definitions);
      return;
    case 'post_checks':
      job.postChecks = checksOf(raw.post_checks!, scope, context.definitions);
      return;
    case 'env_variables':
    case 'env_sets':
      if (job.env === scope.env) job.env = envLayers(raw, job.id, scope, context);
      return;
    case 'working_dir':
      job.workingDir = resolvePath(scope.workingDir, raw.working_dir!, context.host);
      return;
    case 'log_dir':
      job.logDir = raw.log_dir!;
      return;
    case 'shell':
      job.shell = raw.shell!;
      return;
    case 'tags':
    case 'locks':
    case 'inputs':
    case 'outputs':
      job[key] = raw[key]!;
      return;
    case 'priority':
      job.priority = raw.priority!;
      return;
    case 'resources':
      job.resources = raw.resources!;
      return;
    case 'allow_failure':
      job.allowFailure = raw.allow_failure!;
      return;
    case 'enabled':
      job.enabled = raw.enabled!;
      return;
    default:
      if (job.extra === noAmounts) job.extra = extraKeys(raw, 'job');
      unreachableKey(key);
  }
}

/** Whoever adds a key to the schema is reminded here to say what it does. */
function unreachableKey(_key: never): void {}

function setIfDefined<Key extends keyof Job>(
  job: Writable<Job>,
  key: Key,
  value: Job[Key] | undefined,
): void {
  if (value !== undefined) job[key] = value;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function dependenciesOf(
  raw: NonNullable<RawJob['dependencies']>,
  resolveId: (id: string) => string,
): readonly Dependency[] {
  const dependencies: Dependency[] = [];
  for (const entry of raw) {
    const isText = typeof entry === 'string';
    dependencies.push({
      job: resolveId(isText ? entry : entry.job),
      when: isText ? 'success' : (entry.when ?? 'success'),
    });
  }
  return withoutRepetitions(dependencies);
}

/** Of several dependencies on one job the first counts. */
function withoutRepetitions(dependencies: Dependency[]): readonly Dependency[] {
  if (dependencies.length < 2) return dependencies;
  const ids = new Set(dependencies.map(({ job }) => job));
  return ids.size === dependencies.length ? dependencies : dependencies.filter(({ job }) => ids.delete(job));
}

function retryPolicy(raw: RawJob, base: RetryPolicy): RetryPolicy {
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
