import { type GraphJob, JobGraph } from './jobGraph.ts';
import { shortestCycles } from './shortestCycles.ts';
import { topologicalOrder } from './topologicalOrder.ts';

/** A graph without cycles, with the proof: an order in which every job stands after its dependencies. */
export interface Dag extends JobGraph {
  /** All jobs, dependencies first, and file order among those that could come next. */
  readonly order: Int32Array;
}

export type DagResult =
  | { readonly ok: true; readonly dag: Dag }
  | {
      readonly ok: false;
      /** One shortest cycle of each cyclic component: see `shortestCycles`. Never empty. */
      readonly cycles: readonly Int32Array[];
    };

export const Dag = {
  /**
   * The graph of the jobs of a *valid* configuration, numbered in the order given. Throws if they depend on each
   * other in a circle: where that can still be, use `Dag.check`. Cost: O(n + m).
   */
  from(jobs: Iterable<GraphJob>): Dag {
    const graph = JobGraph.from(jobs);
    const result = Dag.check(graph);
    if (result.ok) return result.dag;
    throw new Error(
      `Internal error: a graph taken for a DAG has the cycle ${describe(graph, result.cycles[0]!)}.`,
    );
  },

  /** The graph as a `Dag`, or its cycles. Cost: O(n + m), and that of `shortestCycles` if there are any. */
  check(graph: JobGraph): DagResult {
    const result = topologicalOrder(graph);
    if (!result.ok) return { ok: false, cycles: shortestCycles(graph) };
    return { ok: true, dag: { ...graph, order: result.order } };
  },
};

/** The same jobs with every dependency turned round. Cost: O(n). */
export function reversed(dag: Dag): Dag {
  return {
    ...dag,
    dependencies: dag.dependents,
    dependents: dag.dependencies,
    order: dag.order.slice().reverse(),
  };
}

function describe(graph: JobGraph, cycle: Int32Array): string {
  return [...cycle, cycle[0]!].map((job) => graph.ids[job]).join(' → ');
}
