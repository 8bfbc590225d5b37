import { nearest } from '../diagnostics/suggest.ts';
import { Dag, JobGraph } from '../graph/index.ts';
import type { Finding, Findings, Place } from './findings.ts';
import { type JobEntry, jobPlace } from './jobEntries.ts';
import type { JobPlaces } from './jobPlaces.ts';
import type { Job } from './model.ts';

/** Looking up the nearest of many ids takes milliseconds: enough are enough. */
const maximumSuggestions = 100;

export interface GraphContext {
  readonly jobs: readonly Job[];
  /** Entry `i` is the raw form of job `i`. */
  readonly entries: readonly JobEntry[];
  readonly places: JobPlaces;
  /** Ids of jobs that name a dependency more than once. */
  readonly repeatingJobs: ReadonlySet<string>;
  /** Ids that are no mistake to wait for, though no job has them: their jobs could not be read. */
  readonly unusableIds: ReadonlySet<string>;
  /** False when some included file is missing: then any job may be. */
  readonly isComplete: boolean;
  readonly findings: Findings;
}

/**
 * Builds the graph and reports what is wrong with it: duplicate ids, missing, repeated and own dependencies, and each
 * cyclic component by its shortest cycle. The graph is there when it has no cycle. Cost: O(n + m) plus, for the
 * cycles, that of `shortestCycles`.
 */
export function checkGraph(context: GraphContext): Dag | undefined {
  const written = JobGraph.from(context.jobs);
  const isSelfDependent = selfDependents(written);
  const graph =
    isSelfDependent.size === 0
      ? written
      : JobGraph.from(
          context.jobs.map(({ id, dependencies }) => ({
            id,
            dependencies: dependencies.filter(({ job }) => job !== id),
          })),
        );
  if (graph.numberById.size < graph.jobCount) reportDuplicateIds(context);
  if (context.repeatingJobs.size > 0) reportRepeatedDependencies(context);
  for (const job of isSelfDependent) reportOwnDependency(context.entries[job]!, context);
  reportMissing(graph, context);
  const result = Dag.check(graph);
  if (result.ok) return result.dag;
  for (const cycle of result.cycles) reportCycle(cycle, context);
  return undefined;
}

/** The numbers of the jobs that depend on themselves. */
function selfDependents({ jobCount, dependencies: { offsets, values } }: JobGraph): ReadonlySet<number> {
  const found = new Set<number>();
  for (let job = 0; job < jobCount; job++) {
    for (let k = offsets[job]!; k < offsets[job + 1]!; k++) if (values[k] === job) found.add(job);
  }
  return found;
}

function placeOf(entry: JobEntry, key?: string): Place {
  const { file, path } = jobPlace(entry.inclusion.source.file, entry.index);
  return { file, path: key === undefined ? path : [...path, key] };
}

function reportDuplicateIds({ entries, findings }: GraphContext): void {
  const firstById = new Map<string, JobEntry>();
  for (const entry of entries) {
    const first = firstById.get(entry.id);
    if (first === undefined) firstById.set(entry.id, entry);
    else {
      const isSameFile = first.inclusion.source === entry.inclusion.source;
      findings.add({
        code: 'E303',
        message: `job id "${entry.id}" is used twice`,
        place: placeOf(entry, 'id'),
        job: entry.id,
        hint: isSameFile
          ? 'rename one of the jobs'
          : 'rename one of the jobs, or give the "include" a "prefix"',
        related: [{ message: `first job "${entry.id}"`, place: placeOf(first, 'id') }],
      });
    }
  }
}

function reportRepeatedDependencies({ jobs, entries, places, repeatingJobs, findings }: GraphContext): void {
  entries.forEach((entry, number) => {
    if (!repeatingJobs.has(entry.id)) return;
    for (const { job } of jobs[number]!.dependencies) {
      const [first, ...repeated] = places.ofDependency(entry, job);
      for (const place of repeated) {
        findings.add({
          code: 'W301',
          message: `job "${entry.id}" names its dependency "${job}" more than once`,
          place,
          job: entry.id,
          hint: 'remove the repetition',
          ...(first && { related: [{ message: 'this one counts', place: first }] }),
        });
      }
    }
  });
}

function reportOwnDependency(entry: JobEntry, { places, findings }: GraphContext): void {
  findings.add({
    code: 'E302',
    message: `job "${entry.id}" depends on itself`,
    place: places.ofDependency(entry, entry.id)[0] ?? placeOf(entry),
    job: entry.id,
    hint: 'remove the dependency',
  });
}

function reportMissing(graph: JobGraph, context: GraphContext): void {
  const { entries, places, unusableIds, findings } = context;
  if (!context.isComplete) return;
  const meantById = new Map<string, JobEntry | undefined>();
  for (const { job, id } of graph.missing) {
    if (unusableIds.has(id)) continue;
    const entry = entries[job]!;
    const key = JSON.stringify([entry.inclusion.prefix, id]);
    if (!meantById.has(key) && meantById.size < maximumSuggestions)
      meantById.set(key, nearestJob(id, entry, entries));
    const place = places.ofDependency(entry, id)[0] ?? placeOf(entry);
    const meant = meantById.get(key);
    findings.add({
      code: 'E301',
      message: `job "${entry.id}" depends on "${id}", which is not defined`,
      place,
      job: entry.id,
      ...(meant === undefined
        ? { hint: 'correct the id, add the job, or remove the dependency' }
        : suggestion(meant, entry, place)),
    });
  }
}

/** The other job whose id, as it would be written where `entry` stands, is the nearest to `id`. */
function nearestJob(id: string, entry: JobEntry, entries: readonly JobEntry[]): JobEntry | undefined {
  const entryByName = new Map<string, JobEntry>();
  for (const other of entries) if (other.id !== entry.id) entryByName.set(writtenFrom(entry, other), other);
  return entryByName.get(nearest(id, entryByName.keys()) ?? '');
}

/** Inside a file that is included with a prefix, ids of the same file are written without it. */
function writtenFrom(entry: JobEntry, other: JobEntry): string {
  const { prefix } = entry.inclusion;
  return other.id.startsWith(prefix) ? other.id.slice(prefix.length) : other.id;
}

function suggestion(meant: JobEntry, entry: JobEntry, place: Place): Pick<Finding, 'didYouMean' | 'fixes'> {
  const name = writtenFrom(entry, meant);
  return {
    didYouMean: { name, place: placeOf(meant, 'id') },
    fixes: [{ kind: 'suggestion', title: `write "${name}"`, edits: [{ place, by: name }] }],
  };
}

/** `cycle` lists jobs each of which depends on the next, the last on the first, beginning with the earliest. */
function reportCycle(cycle: Int32Array, { entries, places, findings }: GraphContext): void {
  const members = [...cycle].map((number) => entries[number]!);
  const edges = members.map((entry, index) => {
    const next = members[(index + 1) % members.length]!;
    return {
      message: `"${entry.id}" depends on "${next.id}"`,
      place: places.ofDependency(entry, next.id)[0] ?? placeOf(entry),
    };
  });
  findings.add({
    code: 'E304',
    message: `jobs depend on each other in a circle: ${circleInWords(members.map(({ id }) => id))}`,
    place: edges[0]!.place,
    job: members[0]!.id,
    hint: 'remove one of these dependencies',
    related: edges,
  });
}

/** All of them up to a dozen; of a longer circle the beginning and the end, the rest being in the related places. */
function circleInWords(ids: readonly string[]): string {
  const closed = [...ids, ids[0]!].map((id) => `"${id}"`);
  if (closed.length > 13) closed.splice(6, closed.length - 12, `… ${closed.length - 12} more …`);
  return closed.join(' needs ');
}
