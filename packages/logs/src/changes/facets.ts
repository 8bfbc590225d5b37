import { formatDuration } from '@executioner/report';
import type { RunRecord } from '../runs/index.ts';
import type { StoredConfiguration, StoredJob } from './storedConfiguration.ts';

/** What is looked at of a job or run, by the name that a configuration has for it. Values are texts to compare and show. */
export type Facets = ReadonlyMap<string, string>;

/** The masked value of a secret, as the engine stores it. */
export const maskedValue = '****';

/** All of a job that may decide how it ends and how long it takes. */
export function jobFacets(job: StoredJob): Facets {
  const facets = new Map<string, string>();
  for (const [key, name] of Object.entries(jobKeys)) {
    const text = textOf(job[key]);
    if (text !== '') facets.set(name, text);
  }
  for (const [name, value] of Object.entries(retryFacets(job.retry))) facets.set(name, value);
  for (const [name, value] of Object.entries(variablesOf(job))) facets.set(variableFacet(name), value);
  return facets;
}

/** What holds for the whole application, and where and by what it was run. */
export function runFacets(record: RunRecord, configuration: StoredConfiguration | undefined): Facets {
  const facets = new Map<string, string>();
  for (const [key, name] of Object.entries(applicationKeys)) {
    const text = textOf(configuration?.[key]);
    if (text !== '') facets.set(name, text);
  }
  const { host, version, workers } = record;
  if (host !== undefined) facets.set('host', host);
  if (version !== undefined) facets.set('executioner', version);
  if (workers !== undefined) facets.set('workers', String(workers));
  return facets;
}

/** The variables that the configuration sets for a job, the nearest scope winning. */
export function variablesOf(job: StoredJob): Readonly<Record<string, string>> {
  return Object.assign({}, ...variableLayers(job).map(({ variables }) => variables));
}

/** Variables that one place of the configuration sets. */
export interface VariableLayer {
  readonly scope?: string;
  readonly name?: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The same by the places they are set in, the nearest last. */
export function variableLayers({ env }: StoredJob): readonly VariableLayer[] {
  return Array.isArray(env) ? (env as VariableLayer[]) : [];
}

/** `variable PATH`. */
export function variableFacet(name: string): string {
  return `variable ${name}`;
}

/** Whether what has this name is the value of a variable. */
export function isVariableFacet(name: string): boolean {
  return name.startsWith('variable ');
}

const jobKeys: Readonly<Record<string, string>> = {
  command: 'command',
  dependencies: 'dependencies',
  workingDir: 'working_dir',
  shell: 'shell',
  timeLimit: 'timeout',
  noOutputTimeoutMs: 'no_output_timeout',
  gracePeriodMs: 'grace_period',
  preChecks: 'pre_checks',
  postChecks: 'post_checks',
  priority: 'priority',
  resources: 'resources',
  locks: 'locks',
  allowFailure: 'allow_failure',
  enabled: 'enabled',
  inputs: 'inputs',
  outputs: 'outputs',
};

const applicationKeys: Readonly<Record<string, string>> = {
  parallel: 'parallel',
  maxWorkers: 'max_workers',
  onFailure: 'on_failure',
  shell: 'shell of the application',
  allowShell: 'allow_shell',
  envInheritance: 'inherit_shell_env',
  resources: 'resources of the application',
};

function retryFacets(retry: unknown): Readonly<Record<string, string>> {
  if (typeof retry !== 'object' || retry === null) return {};
  const { maxRetries, delayMs, backoff, onExitCodes, onStatus } = retry as Readonly<Record<string, unknown>>;
  return {
    max_retries: textOf(maxRetries),
    retry_delay: typeof delayMs === 'number' ? formatDuration(delayMs) : '',
    retry_backoff: textOf(backoff),
    retry_on_exit_codes: textOf(onExitCodes),
    retry_on_status: textOf(onStatus),
  };
}

/** A value of a configuration in one line. Empty for what is not there, or empty itself. */
function textOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(itemText).join(', ');
  if (typeof value !== 'object') return String(value);
  const { kind, limitMs } = value as { kind?: unknown; limitMs?: unknown };
  if (kind === 'fixed' && typeof limitMs === 'number') return formatDuration(limitMs);
  return Object.keys(value).length === 0 ? '' : JSON.stringify(value);
}

function itemText(item: unknown): string {
  const { job, when } = (item ?? {}) as { job?: unknown; when?: unknown };
  if (typeof job === 'string') return when === 'success' ? job : `${job} (${String(when)})`;
  return textOf(item);
}
