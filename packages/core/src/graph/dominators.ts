import type { Dag } from './dag.ts';

export interface Dominators {
  /** The nearest job that every path from a source to this one passes; −1 where there is none. */
  readonly immediateDominator: Int32Array;
  /** How many jobs each job dominates, itself not counted: none of them can be reached but through it. */
  readonly dominatedCount: Int32Array;
}

/**
 * The single points of failure: job d dominates job v if every path along dependents, from any job without
 * dependencies to v, goes through d. All sources hang on one virtual start, which is written −1.
 *
 * On a DAG the immediate dominator of a job is the nearest common ancestor, in the tree of dominators so far, of its
 * dependencies (Cooper, Harvey and Kennedy 2001, one pass in topological order being enough); the tree carries jump
 * pointers (Myers 1983), so that long chains cost a logarithm. Cost: O(n + m log n).
 */
export function dominators({ jobCount, order, dependencies: { offsets, values } }: Dag): Dominators {
  // Tree nodes are job numbers plus one; node 0 is the virtual start.
  const tree = jumpTree(jobCount + 1);
  for (const job of order) {
    const end = offsets[job + 1]!;
    let parent = offsets[job] === end ? 0 : values[offsets[job]!]! + 1;
    for (let k = offsets[job]! + 1; k < end && parent !== 0; k++) {
      parent = nearestCommonAncestor(tree, parent, values[k]! + 1);
    }
    attach(tree, job + 1, parent);
  }
  const immediateDominator = tree.parent.subarray(1).map((node) => node - 1);
  return { immediateDominator, dominatedCount: subtreeSizes(order, immediateDominator) };
}

function subtreeSizes(order: Int32Array, parent: Int32Array): Int32Array {
  const below = new Int32Array(order.length);
  for (let place = order.length - 1; place >= 0; place--) {
    const job = order[place]!;
    if (parent[job] !== -1) below[parent[job]!]! += below[job]! + 1;
  }
  return below;
}

/** A tree that grows by leaves; `jump` leads from each node to an ancestor some skew-binary number of steps up. */
interface JumpTree {
  readonly parent: Int32Array;
  readonly jump: Int32Array;
  readonly depth: Int32Array;
}

function jumpTree(nodeCount: number): JumpTree {
  return {
    parent: new Int32Array(nodeCount),
    jump: new Int32Array(nodeCount),
    depth: new Int32Array(nodeCount),
  };
}

function attach({ parent, jump, depth }: JumpTree, node: number, above: number): void {
  parent[node] = above;
  depth[node] = depth[above]! + 1;
  const oneJump = jump[above]!;
  const twoJumps = jump[oneJump]!;
  const jumpsAreEqual = depth[above]! - depth[oneJump]! === depth[oneJump]! - depth[twoJumps]!;
  jump[node] = jumpsAreEqual ? twoJumps : above;
}

function nearestCommonAncestor(tree: JumpTree, first: number, second: number): number {
  const { parent, jump, depth } = tree;
  const common = Math.min(depth[first]!, depth[second]!);
  let a = ancestorAtDepth(tree, first, common);
  let b = ancestorAtDepth(tree, second, common);
  while (a !== b) {
    // Nodes of one depth have jumps of one length: if those end apart, the common ancestor is above both.
    const above = jump[a] === jump[b] ? parent : jump;
    a = above[a]!;
    b = above[b]!;
  }
  return a;
}

function ancestorAtDepth({ parent, jump, depth }: JumpTree, node: number, target: number): number {
  let at = node;
  while (depth[at]! > target) at = depth[jump[at]!]! >= target ? jump[at]! : parent[at]!;
  return at;
}
