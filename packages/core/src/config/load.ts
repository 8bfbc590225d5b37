import { compareDiagnostics } from '../diagnostics/compareDiagnostics.ts';
import type { Diagnostic, Range } from '../diagnostics/diagnostic.ts';
import type { ParsedDocument, SourceText } from '../document/index.ts';
import { type Dag, JobGraph } from '../graph/index.ts';
import { collectDefinitions } from './definitions.ts';
import { TemplateResolver } from './extends.ts';
import { extraKeys } from './extraKeys.ts';
import { checkFiles } from './fileRules.ts';
import { rangeOf, toDiagnostic } from './findings.ts';
import { checkGraph } from './graphRules.ts';
import type { ConfigurationHost } from './host.ts';
import { includeTree } from './include.ts';
import { collectJobs, type JobEntry } from './jobEntries.ts';
import { jobPlaces } from './jobPlaces.ts';
import { checkJobs } from './jobRules.ts';
import type { Configuration, Job, Origin } from './model.ts';
import { normalizeConfiguration } from './normalizeConfiguration.ts';
import { type NormalizeContext, normalizeJob } from './normalizeJob.ts';
import { type Loading, readSource, readText, startLoading } from './readSource.ts';
import { type JobScope, jobScope } from './scope.ts';
import type { Inclusion, SourceFile } from './sourceFile.ts';

/** What every load has, whatever it found. */
interface Loaded {
  /** Sorted by file, place and code; warnings and infos too. */
  readonly diagnostics: readonly Diagnostic[];
  /** All files that were parsed, by absolute path; `-` is standard input. */
  readonly documents: ReadonlyMap<string, ParsedDocument>;
  /** The texts of all files that were read, parsed or not: what code frames are cut from. */
  readonly texts: ReadonlyMap<string, string>;
  /** The range of what is written at `origin` or, when nothing is, of what is around it. */
  locate(origin: Origin, part?: 'key' | 'value'): Range | undefined;
}

/** A configuration without errors: the only thing that may be run. */
export interface ValidLoad extends Loaded {
  readonly state: 'valid';
  readonly configuration: Configuration;
  readonly dag: Dag;
  /**
   * Where the value at `path` (as in the file: `command`, `pre_checks`, 0 …) of a job is written: in the job itself
   * or in the template it comes from; the job when it is nowhere.
   */
  whereIs(jobId: string, ...path: (string | number)[]): Origin | undefined;
}

/** At least one of the diagnostics is an error. */
export interface InvalidLoad extends Loaded {
  readonly state: 'invalid';
  /** As much as could be made out, for tools that look at a file with errors; absent: nothing could. */
  readonly draft?: Draft;
}

/**
 * A configuration that may have errors: dependencies on nothing, circles, ids used twice. Parts that could not be used
 * are left out. It can be looked at, never run.
 */
export interface Draft extends Pick<ValidLoad, 'configuration' | 'whereIs'> {
  /** Absent when jobs depend on each other in a circle. */
  readonly dag?: Dag;
}

export type LoadResult = ValidLoad | InvalidLoad;

/**
 * Reads a configuration with everything it includes and extends, checks it, and fills in all defaults. Never throws,
 * whatever the files hold. `source` is a path (relative ones are seen from `host.folder`), or a text with its name.
 * Cost: O(text + jobs + dependencies); positions are computed only for the diagnostics.
 */
export function load(source: string | SourceText, host: ConfigurationHost): LoadResult {
  const loading = startLoading(host);
  const root =
    typeof source === 'string'
      ? readSource(host.resolve(host.folder, source), { written: source }, loading)
      : readText(source, loading);
  const resolved = root && resolve(root, loading);

  const { documents, texts } = loading;
  const loaded: Loaded = {
    diagnostics: [
      ...loading.syntaxDiagnostics,
      ...loading.findings.map((finding) => toDiagnostic(finding, documents)),
    ].sort(compareDiagnostics),
    documents,
    texts,
    locate: (origin, part) => rangeOf(part === undefined ? origin : { ...origin, part }, documents),
  };
  const isValid = !loaded.diagnostics.some(({ severity }) => severity === 'error');
  return isValid && resolved?.dag
    ? {
        state: 'valid',
        ...loaded,
        configuration: resolved.configuration,
        dag: resolved.dag,
        whereIs: resolved.whereIs,
      }
    : { state: 'invalid', ...loaded, ...(resolved && { draft: resolved }) };
}

function resolve(root: SourceFile, loading: Loading): Draft {
  const { host, documents } = loading;
  const tree = includeTree(root, loading);
  const definitions = collectDefinitions(tree, loading);
  checkFiles(tree, definitions, host, loading);
  const templates = new TemplateResolver(definitions, loading);
  const { entries, resolveId } = collectJobs(tree, templates, loading);
  const scopes = collectScopes(tree, host);

  const context: NormalizeContext = {
    definitions,
    host,
    envSetLayers: new Map(),
    repeatingJobs: new Set(),
  };
  const jobs: Job[] = entries.map((entry) => normalizeEntry(entry, scopes, context, resolveId));
  const configuration = normalizeConfiguration(root, scopes.get(tree)!, { jobs, ...sharedParts(tree) }, host);

  const places = jobPlaces(templates, documents, resolveId);
  checkJobs({ configuration, entries, definitions, places, findings: loading });
  const dag = checkGraph({
    jobs,
    entries,
    places,
    repeatingJobs: context.repeatingJobs,
    unusableIds: unusableIds(tree),
    isComplete: ![...loading.sources.values()].includes(undefined),
    findings: loading,
  });
  let numberById = dag?.numberById;
  const whereIs = (jobId: string, ...path: (string | number)[]): Origin | undefined => {
    numberById ??= JobGraph.from(jobs).numberById;
    const entry = entries[numberById.get(jobId) ?? -1];
    return entry && places.of(entry, path);
  };
  return { configuration, whereIs, ...(dag && { dag }) };
}

function unusableIds(tree: Inclusion): ReadonlySet<string> {
  const ids = new Set<string>();
  const visit = ({ source, prefix, children }: Inclusion): void => {
    for (const id of source.unusableIds) ids.add(id).add(prefix + id);
    children.forEach(visit);
  };
  visit(tree);
  return ids;
}

function collectScopes(tree: Inclusion, host: ConfigurationHost): Map<Inclusion, JobScope> {
  const scopes = new Map<Inclusion, JobScope>();
  const visit = (inclusion: Inclusion): void => {
    const parent = inclusion.parent && scopes.get(inclusion.parent);
    scopes.set(inclusion, jobScope(inclusion.source, parent, host));
    inclusion.children.forEach(visit);
  };
  visit(tree);
  return scopes;
}

function normalizeEntry(
  entry: JobEntry,
  scopes: ReadonlyMap<Inclusion, JobScope>,
  context: NormalizeContext,
  resolveId: (written: string, from: Inclusion) => string,
): Job {
  const { raw, id, index, inclusion } = entry;
  return normalizeJob(raw, id, index, scopes.get(inclusion)!, context, (written) =>
    resolveId(written, inclusion),
  );
}

/** Pools and secrets of all files together; of two capacities for a pool the outermost file's holds. */
function sharedParts(tree: Inclusion): Pick<Configuration, 'resources' | 'secrets' | 'extra'> {
  const resources = new Map<string, number>();
  const secrets = new Set<string>();
  const visit = (inclusion: Inclusion): void => {
    const { raw } = inclusion.source;
    for (const [name, capacity] of Object.entries(raw.resources ?? {})) {
      if (!resources.has(name)) resources.set(name, capacity);
    }
    for (const name of raw.secrets ?? []) secrets.add(name);
    inclusion.children.forEach(visit);
  };
  visit(tree);
  return {
    resources: Object.fromEntries(resources),
    secrets: [...secrets],
    extra: extraKeys(tree.source.raw, 'configuration'),
  };
}
