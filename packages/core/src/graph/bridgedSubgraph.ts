import { coverRelation } from './coverRelation.ts';
import { Dag } from './dag.ts';
import { graphFromDependencies, numberIds } from './jobGraph.ts';
import { hasEdge, keepEdges, type Rows } from './rows.ts';

export interface BridgedSubgraph {
  /** The jobs kept, numbered anew in file order. */
  readonly dag: Dag;
  /** By new number: the number in the whole graph. */
  readonly originalJob: Int32Array;
  /** Row `i`: those dependencies of job `i` of the subgraph that it had only through removed jobs. */
  readonly bridges: Rows;
}

/**
 * The given jobs, each depending on exactly those of them that it depended on before, through whatever jobs. Direct
 * dependencies among them stay, needless ones too; where every way led through removed jobs there is a bridge, unless
 * other dependencies imply it. `jobs` in any order. Cost: O(n + m) and the `coverRelation` of the jobs.
 */
export function bridgedSubgraph(dag: Dag, jobs: Iterable<number>): BridgedSubgraph {
  const originalJob = Int32Array.from(new Set(jobs)).sort();
  const direct = dependenciesAmong(dag, originalJob);
  const covers = coverRelation(dag, originalJob);
  const bridges = keepEdges(covers, (job, k) => !hasEdge(direct, job, covers.values[k]!));
  return { dag: subgraph(dag, originalJob, union(direct, bridges)), originalJob, bridges };
}

function dependenciesAmong({ jobCount, dependencies }: Dag, originalJob: Int32Array): Rows {
  const newNumber = new Int32Array(jobCount).fill(-1);
  originalJob.forEach((job, number) => {
    newNumber[job] = number;
  });
  const offsets = new Int32Array(originalJob.length + 1);
  const values = new Int32Array(dependencies.values.length);
  let count = 0;
  originalJob.forEach((job, number) => {
    const end = dependencies.offsets[job + 1]!;
    for (let k = dependencies.offsets[job]!; k < end; k++) {
      const dependency = newNumber[dependencies.values[k]!]!;
      if (dependency >= 0) values[count++] = dependency;
    }
    offsets[number + 1] = count;
  });
  return { offsets, values: values.slice(0, count) };
}

function union(first: Rows, second: Rows): Rows {
  const offsets = first.offsets.map((offset, row) => offset + second.offsets[row]!);
  const values = new Int32Array(first.values.length + second.values.length);
  for (let row = 0; row + 1 < offsets.length; row++) {
    values.set(first.values.subarray(first.offsets[row]!, first.offsets[row + 1]!), offsets[row]!);
    const middle = offsets[row]! + first.offsets[row + 1]! - first.offsets[row]!;
    values.set(second.values.subarray(second.offsets[row]!, second.offsets[row + 1]!), middle);
  }
  return { offsets, values };
}

function subgraph(dag: Dag, originalJob: Int32Array, dependencies: Rows): Dag {
  const ids = Array.from(originalJob, (job) => dag.ids[job]!);
  const graph = graphFromDependencies({ ids, numberById: numberIds(ids), missing: [] }, dependencies);
  const result = Dag.check(graph);
  if (!result.ok) throw new Error('Internal error: a subgraph of a DAG has a cycle.');
  return result.dag;
}
