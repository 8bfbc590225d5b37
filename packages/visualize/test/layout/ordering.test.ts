import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { components } from '../../src/layout/components.ts';
import { isotonic } from '../../src/layout/coordinates/relaxation.ts';
import type { EdgeList } from '../../src/layout/index.ts';
import { longestPathLayers } from '../../src/layout/layering/longestPath.ts';
import { layersByNetworkSimplex } from '../../src/layout/layering/networkSimplex.ts';
import { countCrossings, crossingDifference } from '../../src/layout/ordering/crossings.ts';
import { LayerOrder } from '../../src/layout/ordering/layerOrder.ts';
import { type ProperGraph, properGraph } from '../../src/layout/ordering/properGraph.ts';
import { reduceCrossings } from '../../src/layout/ordering/reduceCrossings.ts';
import { acyclicGraphs, edgeList } from './randomGraphs.ts';

const graphs = acyclicGraphs({ nodesMax: 18, edgesMax: 40 }).map((edges) => components(edges)[0]!.edges);

function proper(edges: EdgeList, areBendsShared = false): ProperGraph {
  return properGraph(edges, longestPathLayers(edges), { areBendsShared });
}

function crossingsByPairs({ graph, place }: LayerOrder): number {
  const edges: [number, number][] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    for (let k = graph.after.offsets[node]!; k < graph.after.offsets[node + 1]!; k++)
      edges.push([node, graph.after.values[k]!]);
  }
  let crossings = 0;
  for (const [k, [a, b]] of edges.entries()) {
    for (const [c, d] of edges.slice(0, k)) {
      if (graph.layerOf[a] === graph.layerOf[c] && (place[a]! - place[c]!) * (place[b]! - place[d]!) < 0)
        crossings++;
    }
  }
  return crossings;
}

describe('crossings', () => {
  test('the accumulator tree counts what all pairs give, in any order', () => {
    fc.assert(
      fc.property(graphs, fc.integer(), fc.boolean(), (edges, seed, areBendsShared) => {
        const graph = proper(edges, areBendsShared);
        const sequence = [...Array(graph.nodeCount).keys()].sort(
          (a, b) => ((a * 7919 + seed) % 101) - ((b * 7919 + seed) % 101) || a - b,
        );
        const order = new LayerOrder(graph, sequence);
        expect(countCrossings(order)).toBe(crossingsByPairs(order));
      }),
      { numRuns: 200 },
    );
  });

  test('the difference of two neighbours is what exchanging them saves', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), (edges, choice) => {
        const order = new LayerOrder(proper(edges), [...Array(proper(edges).nodeCount).keys()]);
        const { graph, nodes, place } = order;
        const at = choice % graph.nodeCount;
        const [left, right] = [nodes[at]!, nodes[at + 1]];
        fc.pre(right !== undefined && graph.layerOf[left] === graph.layerOf[right]);
        const difference =
          crossingDifference(graph.before, place, left, right!) +
          crossingDifference(graph.after, place, left, right!);
        const before = crossingsByPairs(order);
        order.put(right!, at);
        order.put(left, at + 1);
        expect(before - crossingsByPairs(order)).toBe(difference);
      }),
      { numRuns: 200 },
    );
  });

  test('what is found is as few as trying all orders finds, on small graphs', () => {
    fc.assert(
      fc.property(acyclicGraphs({ nodesMax: 7, edgesMax: 12 }), (edges) => {
        const graph = proper(edges);
        fc.pre(layerSizes(graph).reduce((product, size) => product * factorial(size), 1) <= 1500);
        const { crossings } = reduceCrossings(graph, { workMax: 200_000 });
        expect(crossings).toBe(fewestCrossings(graph));
      }),
      { numRuns: 60 },
    );
  });

  test('edges that share bends still reach their heads', () => {
    const edges = edgeList(5, [
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 3],
      [0, 2],
      [3, 4],
      [0, 4],
    ]);
    const graph = proper(edges, true);
    expect(graph.nodeCount).toBe(8);
    expect([...graph.bends.offsets]).toEqual([0, 0, 0, 0, 2, 3, 3, 6]);
  });
});

describe('layers by network simplex', () => {
  test('edges lead to later layers and are as short in sum as they can be', () => {
    fc.assert(
      fc.property(
        acyclicGraphs({ nodesMax: 7, edgesMax: 11 }).map((edges) => components(edges)[0]!.edges),
        (edges) => {
          const layers = layersByNetworkSimplex(edges);
          for (const [edge, tail] of edges.tail.entries())
            expect(layers[edges.head[edge]!]).toBeGreaterThan(layers[tail]!);
          expect(Math.min(...layers)).toBe(0);
          expect(lengthOf(edges, layers)).toBe(shortestLength(edges));
        },
      ),
      { numRuns: 80 },
    );
  });

  test('a node that could stand in several layers goes to the emptiest', () => {
    const edges = edgeList(7, [
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 4],
      [4, 3],
      [0, 5],
      [5, 6],
      [6, 3],
    ]);
    const layers = layersByNetworkSimplex(edges);
    expect(layers[4]! === 1 || layers[4]! === 2).toBe(true);
  });
});

describe('isotonic regression', () => {
  test('the result ascends, and no step up or down of a block would bring it nearer', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 9 })), {
          minLength: 1,
          maxLength: 12,
        }),
        (pairs) => {
          const wish = Float64Array.from(pairs, ([value]) => value);
          const weight = Float64Array.from(pairs, ([, each]) => each);
          const best = isotonic(wish, weight);
          const cost = (values: Float64Array) =>
            values.reduce((sum, value, k) => sum + weight[k]! * (value - wish[k]!) ** 2, 0);
          for (let k = 1; k < best.length; k++) expect(best[k]).toBeGreaterThanOrEqual(best[k - 1]!);
          for (let start = 0; start < best.length; start++) {
            for (const step of [-0.01, 0.01]) {
              // From `start` on upwards, or up to `start` downwards, so that the order is kept.
              const moved = best.map((value, k) =>
                (step > 0 ? k >= start : k <= start) ? value + step : value,
              );
              expect(cost(moved)).toBeGreaterThanOrEqual(cost(best) - 1e-9);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

function layerSizes({ layerOf, layerCount }: ProperGraph): number[] {
  const sizes = new Array<number>(layerCount).fill(0);
  for (const layer of layerOf) sizes[layer]!++;
  return sizes;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function fewestCrossings(graph: ProperGraph): number {
  const layers = Array.from({ length: graph.layerCount }, (_, layer) =>
    [...graph.layerOf.keys()].filter((node) => graph.layerOf[node] === layer),
  );
  let fewest = Number.POSITIVE_INFINITY;
  const order = new LayerOrder(graph, [...Array(graph.nodeCount).keys()]);
  const visit = (layer: number, sequence: number[]): void => {
    if (layer === layers.length) {
      order.arrange(sequence);
      fewest = Math.min(fewest, countCrossings(order));
      return;
    }
    for (const permutation of permutations(layers[layer]!)) visit(layer + 1, [...sequence, ...permutation]);
  };
  visit(0, []);
  return fewest;
}

function permutations(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, k) =>
    permutations(values.filter((_, other) => other !== k)).map((rest) => [value, ...rest]),
  );
}

function lengthOf({ tail, head }: EdgeList, layers: ArrayLike<number>): number {
  return tail.reduce((sum, from, edge) => sum + layers[head[edge]!]! - layers[from]!, 0);
}

/** Over all ways to give each node one of as many layers as there are nodes. */
function shortestLength(edges: EdgeList): number {
  const layers = new Array<number>(edges.nodeCount).fill(0);
  let shortest = Number.POSITIVE_INFINITY;
  const visit = (node: number): void => {
    if (node === edges.nodeCount) {
      shortest = Math.min(shortest, lengthOf(edges, layers));
      return;
    }
    for (let layer = 0; layer < edges.nodeCount; layer++) {
      layers[node] = layer;
      if (
        edges.tail.every(
          (from, edge) =>
            Math.max(from, edges.head[edge]!) > node || layers[edges.head[edge]!]! > layers[from]!,
        )
      )
        visit(node + 1);
    }
  };
  visit(0);
  return shortest;
}
