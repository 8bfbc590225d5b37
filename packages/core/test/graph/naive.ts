// References for the property tests: the definition of each notion, as plainly as it can be computed.
import type { JobGraph, Rows } from '../../src/graph/index.ts';

export function rowsToArrays({ offsets, values }: Rows): number[][] {
  return Array.from({ length: offsets.length - 1 }, (_, row) => [
    ...values.subarray(offsets[row], offsets[row + 1]),
  ]);
}

/** `reaches[a][b]`: job a depends on job b, by one edge or more. Warshall's algorithm. */
export function closureOf(dependencies: readonly (readonly number[])[]): boolean[][] {
  const jobs = dependencies.map((_, job) => job);
  const reaches = dependencies.map((row) => jobs.map((job) => row.includes(job)));
  for (const via of jobs)
    for (const from of jobs)
      for (const to of jobs) if (reaches[from]![via] && reaches[via]![to]) reaches[from]![to] = true;
  return reaches;
}

export function closure(graph: JobGraph): boolean[][] {
  return closureOf(rowsToArrays(graph.dependencies));
}

/** `distances[a][b]`: the fewest edges, one at least, from job a to its dependency b. Floyd's algorithm. */
export function distances(graph: JobGraph): number[][] {
  const rows = rowsToArrays(graph.dependencies);
  const jobs = rows.map((_, job) => job);
  const distance = rows.map((row) => jobs.map((job) => (row.includes(job) ? 1 : Number.POSITIVE_INFINITY)));
  for (const via of jobs)
    for (const from of jobs)
      for (const to of jobs)
        distance[from]![to] = Math.min(distance[from]![to]!, distance[from]![via]! + distance[via]![to]!);
  return distance;
}

/** Every path from a source to a sink, by job numbers, in the direction of running. */
export function allPaths(graph: JobGraph): number[][] {
  const dependents = rowsToArrays(graph.dependents);
  const from = (job: number): number[][] =>
    dependents[job]!.length === 0
      ? [[job]]
      : dependents[job]!.flatMap((next) => from(next).map((path) => [job, ...path]));
  return rowsToArrays(graph.dependencies).flatMap((row, job) => (row.length === 0 ? from(job) : []));
}

/** All sets of jobs of which none depends on another. */
export function antichains(graph: JobGraph): number[][] {
  const reaches = closure(graph);
  let sets: number[][] = [[]];
  for (let job = 0; job < graph.jobCount; job++) {
    sets = sets.concat(
      sets
        .filter((set) => set.every((other) => !reaches[job]![other] && !reaches[other]![job]))
        .map((set) => [...set, job]),
    );
  }
  return sets;
}

/** The most pairs (job, ancestor) in which no job stands first, or second, twice: Kuhn's algorithm. */
export function matchingSize(reaches: boolean[][]): number {
  const jobOf = new Map<number, number>();
  const assign = (job: number, tried: Set<number>): boolean =>
    reaches[job]!.some((reached, ancestor) => {
      if (!reached || tried.has(ancestor)) return false;
      tried.add(ancestor);
      const holder = jobOf.get(ancestor);
      if (holder !== undefined && !assign(holder, tried)) return false;
      jobOf.set(ancestor, job);
      return true;
    });
  return reaches.filter((_, job) => assign(job, new Set())).length;
}
