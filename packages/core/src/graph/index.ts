export { maximumAntichain } from './antichain.ts';
export { type BridgedSubgraph, bridgedSubgraph } from './bridgedSubgraph.ts';
export type { Components } from './components.ts';
export { coverRelation } from './coverRelation.ts';
export { type CriticalPath, criticalPath } from './criticalPath.ts';
export { Dag, type DagResult, reversed } from './dag.ts';
export { type Dominators, dominators } from './dominators.ts';
export type { Durations } from './durations.ts';
export { type GraphJob, JobGraph, type MissingDependency } from './jobGraph.ts';
export { type Levels, levels } from './levels.ts';
export { ancestors, descendants, type ReachabilityOptions } from './reachability.ts';
export { remainingCriticalPath } from './remainingCriticalPath.ts';
export type { Rows } from './rows.ts';
export { shortestCycles } from './shortestCycles.ts';
export { stronglyConnectedComponents } from './stronglyConnectedComponents.ts';
export { type TopologicalOrder, topologicalOrder } from './topologicalOrder.ts';
export {
  ancestorCounts,
  type ClosureBlock,
  closureBlocks,
  descendantCounts,
  type TransitiveClosure,
  transitiveClosure,
} from './transitiveClosure.ts';
export { type TransitiveReduction, transitiveReduction } from './transitiveReduction.ts';
export { weaklyConnectedComponents } from './weaklyConnectedComponents.ts';
