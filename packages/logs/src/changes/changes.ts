import { type Facets, jobFacets, runFacets, variableFacet } from './facets.ts';
import { type ComparedJob, type SecretChanges, secretChanges } from './secrets.ts';
import { type ConfiguredRun, jobWithDependencies, type StoredJob } from './storedConfiguration.ts';

/** Something that is not as it was in an earlier run. */
export interface Change {
  /** What changed: a job, the application as a whole, or where and by what it is run. */
  readonly of: 'job' | 'application';
  /** The jobs whose definition changed in this way. */
  readonly jobs: readonly string[];
  /** As a configuration calls it: `command`, `variable MODE`, `timeout`, `host`; `job` for a job as a whole. */
  readonly name: string;
  /** `perhaps`: a secret, of which it cannot be told beside other changes. */
  readonly kind: 'added' | 'removed' | 'changed' | 'perhaps';
  /** The value that it had. Absent when it had none, and where values are not shown (`shownChanges`). */
  readonly before?: string;
  readonly after?: string;
  /** It is a secret of which no value is stored: that it has changed is known from the definition's hash. */
  readonly isSecret?: true;
}

/**
 * What changed between two runs for a job: its own definition first, then the jobs it depends on, then the application,
 * the machine and the version. Nothing is known where a run has no stored configuration.
 */
export function changesForJob(before: ConfiguredRun, after: ConfiguredRun, job: string): Change[] {
  const related = [before, after].flatMap(({ configuration }) =>
    configuration === undefined ? [] : jobWithDependencies(configuration, job).map(({ id }) => id),
  );
  return changesOf(before, after, [...new Set(related)]);
}

/** What changed between two runs, in all their jobs; a change that several jobs share is told once. */
export function changesOfRun(before: ConfiguredRun, after: ConfiguredRun): Change[] {
  const ids = [before, after].flatMap(({ configuration }) => configuration?.jobs.map(({ id }) => id) ?? []);
  return changesOf(before, after, [...new Set(ids)]);
}

function changesOf(before: ConfiguredRun, after: ConfiguredRun, ids: readonly string[]): Change[] {
  const [old, now] = [before, after].map(({ configuration }) => configuration);
  const ofJobs = old === undefined || now === undefined ? [] : jobsChanges(before, after, ids);
  const ofApplication = compare(
    runFacets(before.record, old),
    runFacets(after.record, now),
    old !== undefined && now !== undefined,
  ).map((change): Change => ({ of: 'application', jobs: [], ...change }));
  return [...together(ofJobs), ...ofApplication];
}

/** Changes of these jobs; what is hidden in them is told from all jobs. */
function jobsChanges(before: ConfiguredRun, after: ConfiguredRun, ids: readonly string[]): Change[] {
  const [old, now] = [before, after].map(
    ({ configuration }) => new Map(configuration!.jobs.map((job) => [job.id, job])),
  ) as [Map<string, StoredJob>, Map<string, StoredJob>];
  const hashes = [before, after].map(definitionsOf) as [Definitions, Definitions];
  const compared = new Map(
    [...now].flatMap(([id, job]) => (old.has(id) ? [[id, comparedJob(old.get(id)!, job, hashes)]] : [])),
  );
  const secretsOf = secretChanges([...compared.values()]);
  return ids.flatMap((id) => {
    const of = { of: 'job', jobs: [id] } as const;
    const job = compared.get(id);
    if (job === undefined) return [{ ...of, name: 'job', kind: old.has(id) ? 'removed' : 'added' }];
    return [
      ...job.seen.map((change): Change => ({ ...of, ...change })),
      ...hiddenChanges(secretsOf(job)).map((change): Change => ({ ...of, ...change })),
    ];
  });
}

type Definitions = ReadonlyMap<string, string>;

function definitionsOf({ record }: ConfiguredRun): Definitions {
  return new Map(
    record.jobs.flatMap(({ id, definition }) => (definition === undefined ? [] : [[id, definition]])),
  );
}

function comparedJob(
  old: StoredJob,
  now: StoredJob,
  [before, after]: readonly [Definitions, Definitions],
): ComparedJob & { readonly seen: readonly Difference[] } {
  const seen = compare(jobFacets(old), jobFacets(now), true);
  const [hash, other] = [before.get(now.id), after.get(now.id)];
  return {
    old,
    now,
    seen,
    isOther: hash === undefined || other === undefined ? undefined : hash !== other,
    isExplained: seen.some(({ name }) => !limits.has(name)),
  };
}

/** What is no part of the hash of a definition. */
const limits = new Set(
  'timeout no_output_timeout grace_period priority resources locks allow_failure enabled inputs outputs max_retries retry_delay retry_backoff retry_on_exit_codes retry_on_status'.split(
    ' ',
  ),
);

function hiddenChanges({
  changed,
  oneOf,
  perhaps,
}: SecretChanges): Pick<Change, 'name' | 'kind' | 'isSecret'>[] {
  const hidden = (names: string, kind: Change['kind']) =>
    ({ name: variableFacet(names), kind, isSecret: true }) as const;
  return [
    ...changed.map((name) => hidden(name, 'changed')),
    ...(oneOf.length === 0 ? [] : [hidden(oneOf.join(' or '), 'changed')]),
    ...(perhaps.length === 0 ? [] : [hidden(perhaps.join(' or '), 'perhaps')]),
  ];
}

/** The value that a run has of what changed: empty if it has none, undefined if that is not known. */
export function valueOfChange({ record, configuration }: ConfiguredRun, change: Change): string | undefined {
  if (change.isSecret === true) return undefined;
  if (change.of === 'application') return runFacets(record, configuration).get(change.name);
  if (configuration === undefined) return undefined;
  const job = configuration.jobs.find(({ id }) => id === change.jobs[0]);
  if (change.name === 'job') return job === undefined ? '' : 'there';
  return job === undefined ? undefined : (jobFacets(job).get(change.name) ?? '');
}

type Difference = Pick<Change, 'name' | 'kind' | 'before' | 'after'>;

/** `isWhole`: both are known whole, so that what is missing in one was really not there. */
function compare(before: Facets, after: Facets, isWhole: boolean): Difference[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name): Difference[] => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === now || (!isWhole && (old === undefined || now === undefined))) return [];
    const kind = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    return [
      { name, kind, ...(old !== undefined && { before: old }), ...(now !== undefined && { after: now }) },
    ];
  });
}

/** Changes that several jobs share are told once. */
export function together(changes: readonly Change[]): Change[] {
  const byKey = new Map<string, Change>();
  for (const change of changes) {
    const key = JSON.stringify([change.of, change.name, change.kind, change.before, change.after]);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? change : { ...known, jobs: [...known.jobs, ...change.jobs] });
  }
  return [...byKey.values()];
}
