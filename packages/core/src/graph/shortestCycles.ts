import { type CycleSearch, cycleSearch } from './cycleSearch.ts';
import type { JobGraph } from './jobGraph.ts';
import { hasEdge } from './rows.ts';
import { stronglyConnectedComponents } from './stronglyConnectedComponents.ts';

/**
 * One shortest cycle of each cyclic component, none for a DAG. In a cycle each job depends on the next and the last
 * on the first; it begins with its earliest job of the file, and a job that depends on itself is a cycle of one. The
 * cycles come in the order of the components' earliest jobs. Which one of several shortest is fixed by the graph.
 *
 * Breadth-first search from jobs whose removal breaks cycles (Itai and Rodeh 1978 search from all): those of a cycle
 * just found, then those of the next that is left. Cost: O(n + m) without cycles; with them O(k · l · m) for a
 * component in which k dependencies are to blame and the cycles met have l jobs; never more than O(n · m).
 */
export function shortestCycles(graph: JobGraph): Int32Array[] {
  const { count, componentOf, members } = stronglyConnectedComponents(graph);
  const cycles: Int32Array[] = [];
  let search: CycleSearch | undefined;
  for (let component = 0; component < count; component++) {
    const jobs = members.values.subarray(members.offsets[component]!, members.offsets[component + 1]!);
    const selfDependent = jobs.find((job) => hasEdge(graph.dependencies, job, job));
    if (selfDependent !== undefined) cycles.push(Int32Array.of(selfDependent));
    else if (jobs.length > 1) {
      search ??= cycleSearch(graph, componentOf);
      cycles.push(startingAtEarliest(shortestCycleAmong(jobs, search)));
    }
  }
  return cycles;
}

/** Every cycle through a job is looked at before the job is removed; when none is left, the best one stands. */
function shortestCycleAmong(jobs: Int32Array, search: CycleSearch): Int32Array {
  search.begin(jobs);
  let best: Int32Array | undefined;
  for (const job of jobs) {
    while (search.isLeft(job) && best?.length !== 2) {
      const start = search.someJobOnCycle(job);
      const cycle = search.cycleThrough(start, Number.POSITIVE_INFINITY)!;
      if (best === undefined || cycle.length < best.length) best = cycle;
      for (const member of cycle) {
        if (member !== start && search.isLeft(member))
          best = search.cycleThrough(member, best.length) ?? best;
        search.remove(member);
      }
    }
  }
  return best!;
}

function startingAtEarliest(cycle: Int32Array): Int32Array {
  const start = cycle.indexOf(cycle.reduce((earliest, job) => Math.min(earliest, job)));
  return cycle.map((_, step) => cycle[(start + step) % cycle.length]!);
}
