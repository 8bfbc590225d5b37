import { maskedValue, variableLayers } from './facets.ts';
import type { StoredJob } from './storedConfiguration.ts';

/** A job in two runs. */
export interface ComparedJob {
  readonly old: StoredJob;
  readonly now: StoredJob;
  /** Whether the hashes of its definition differ. Undefined where one of them is not known, since the job was not started. */
  readonly isOther: boolean | undefined;
  /** Whether anything differs of what the hash is over and can be seen. */
  readonly isExplained: boolean;
}

/** Variables of which no value is stored, by what is known of them. */
export interface SecretChanges {
  /** Each for itself. */
  readonly changed: readonly string[];
  /** At least one of them has. */
  readonly oneOf: readonly string[];
  /** What they did is not known. */
  readonly perhaps: readonly string[];
}

const none: SecretChanges = { changed: [], oneOf: [], perhaps: [] };

/**
 * Tells which secrets of a job have changed between two runs. Their values are not stored, but the hash of a definition is over
 * them: where it is the same they are, and where it differs and nothing else does, one of them differs. What one job tells of a
 * secret holds for all jobs that have it from the same place, so that a job with other changes may be told about, too. Linear
 * in the jobs for all of them together.
 */
export function secretChanges(jobs: readonly ComparedJob[]): (job: ComparedJob) => SecretChanges {
  const same = new Set<string>();
  const changed = new Set<string>();
  for (const job of jobs)
    if (job.isOther === false) for (const { source } of secretsOf(job)) same.add(source ?? '');
  for (const job of jobs) {
    if (job.isOther !== true || job.isExplained) continue;
    const [only, ...others] = secretsOf(job).filter(({ source }) => !same.has(source ?? ''));
    if (only?.source !== undefined && others.length === 0) changed.add(only.source);
  }
  return (job) => {
    if (job.isOther !== true) return none;
    const open = secretsOf(job).filter(({ source }) => source === undefined || !same.has(source));
    const isKnown = ({ source }: Secret): boolean => source !== undefined && changed.has(source);
    const known = open.filter(isKnown).map(({ name }) => name);
    const unknown = open.filter((secret) => !isKnown(secret)).map(({ name }) => name);
    return job.isExplained || known.length > 0
      ? { changed: known, oneOf: [], perhaps: unknown }
      : { changed: [], oneOf: unknown, perhaps: [] };
  };
}

interface Secret {
  readonly name: string;
  /** The place in the configuration that its value comes from; undefined if that is not the same in both runs. */
  readonly source: string | undefined;
}

/** The variables of a job whose value is masked in both runs. */
function secretsOf({ old, now }: ComparedJob): Secret[] {
  const before = sourcesOf(old);
  return [...sourcesOf(now)].flatMap(([name, source]) =>
    before.has(name) ? [{ name, source: before.get(name) === source ? source : undefined }] : [],
  );
}

function sourcesOf(job: StoredJob): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const { scope, name, variables } of variableLayers(job)) {
    for (const [variable, value] of Object.entries(variables)) {
      if (value.includes(maskedValue)) sources.set(variable, JSON.stringify([scope, name, variable]));
      else sources.delete(variable);
    }
  }
  return sources;
}
