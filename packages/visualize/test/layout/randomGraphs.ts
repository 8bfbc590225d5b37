import fc from 'fast-check';
import type { EdgeList } from '../../src/layout/index.ts';

/** Graphs without cycles: edges lead from lower to higher numbers of a hidden order, and none is there twice. */
export function acyclicGraphs({
  nodesMax,
  edgesMax,
}: {
  readonly nodesMax: number;
  readonly edgesMax: number;
}) {
  return fc.integer({ min: 1, max: nodesMax }).chain((nodeCount) =>
    fc
      .record({
        pairs: fc.array(fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1)), { maxLength: edgesMax }),
        names: fc.shuffledSubarray([...Array(nodeCount).keys()], { minLength: nodeCount }),
      })
      .map(({ pairs, names }) =>
        edgeList(
          nodeCount,
          pairs
            .filter(([a, b]) => a !== b)
            .map(([a, b]) => [names[Math.min(a, b)]!, names[Math.max(a, b)]!] as const),
        ),
      ),
  );
}

/** Any graphs, with cycles and loops. */
export function anyGraphs(nodesMax: number) {
  return fc
    .integer({ min: 1, max: nodesMax })
    .chain((nodeCount) =>
      fc
        .array(fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1)), { maxLength: 3 * nodesMax })
        .map((pairs) => edgeList(nodeCount, pairs)),
    );
}

export function edgeList(nodeCount: number, pairs: readonly (readonly [number, number])[]): EdgeList {
  const distinct = [...new Map(pairs.map((pair) => [pair.join(), pair])).values()];
  return {
    nodeCount,
    tail: Int32Array.from(distinct, ([tail]) => tail),
    head: Int32Array.from(distinct, ([, head]) => head),
  };
}
