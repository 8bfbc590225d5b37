import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EdgeList } from '../../src/layout/index.ts';
import { longestPathLayers } from '../../src/layout/layering/longestPath.ts';
import { countCrossings, crossingsByEdge } from '../../src/layout/ordering/crossings.ts';
import { LayerOrder } from '../../src/layout/ordering/layerOrder.ts';
import { MinimumTree } from '../../src/layout/ordering/minimumTree.ts';
import { type ProperGraph, properGraph } from '../../src/layout/ordering/properGraph.ts';
import { randomNumbers } from '../../src/layout/ordering/randomNumbers.ts';
import { reduceCrossings } from '../../src/layout/ordering/reduceCrossings.ts';
import { reinsert, reinsertGroups } from '../../src/layout/ordering/reinsert.ts';
import { SlotCosts } from '../../src/layout/ordering/slotCosts.ts';
import { acyclicGraphs } from './randomGraphs.ts';

interface Case {
  readonly edges: EdgeList;
  readonly laneOf: Int32Array;
  readonly seed: number;
}

const cases = fc
  .record({
    edges: acyclicGraphs({ nodesMax: 22, edgesMax: 50 }),
    lanes: fc.integer({ min: 1, max: 3 }),
    seed: fc.integer(),
  })
  .map(
    ({ edges, lanes, seed }): Case => ({
      edges,
      laneOf: Int32Array.from({ length: edges.nodeCount }, (_, node) => (node * 7) % lanes),
      seed,
    }),
  );

function proper({ edges, laneOf }: Case): ProperGraph {
  return properGraph(edges, longestPathLayers(edges), { areBendsShared: false, laneOf });
}

function randomOrder(each: Case): LayerOrder {
  const graph = proper(each);
  const random = randomNumbers(each.seed);
  const keys = Array.from({ length: graph.nodeCount }, random);
  return new LayerOrder(
    graph,
    [...keys.keys()].sort((a, b) => keys[a]! - keys[b]!),
  );
}

/** The cells of the order as sets, that nothing but the order within them may change. */
function cellsOf({ nodes, cellStarts }: LayerOrder): number[][] {
  return Array.from(cellStarts.subarray(0, -1), (start, cell) =>
    [...nodes.subarray(start, cellStarts[cell + 1]!)].sort((a, b) => a - b),
  );
}

function edgePairs({ graph }: LayerOrder): [from: number, to: number][] {
  const { offsets, values } = graph.after;
  return Array.from({ length: graph.nodeCount }, (_, node) =>
    Array.from(values.subarray(offsets[node], offsets[node + 1]), (to): [number, number] => [node, to]),
  ).flat();
}

describe('a minimum tree', () => {
  test('knows the least of its numbers after any additions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: -5, max: 5 })), { maxLength: 40 }),
        (values, additions) => {
          const tree = new MinimumTree();
          tree.reset(Int32Array.from([...values, -100]), values.length);
          const plain = [...values];
          expect(tree.minimum).toBe(Math.min(...plain));
          for (const [choice, amount] of additions) {
            const from = choice % plain.length;
            tree.addFrom(from, amount);
            for (let k = from; k < plain.length; k++) plain[k]! += amount;
            expect(tree.minimum).toBe(Math.min(...plain));
          }
        },
      ),
    );
  });
});

describe('what lines between slots cross', () => {
  test('is what all edges give, one by one', () => {
    fc.assert(
      fc.property(cases, fc.nat(), (each, choice) => {
        const order = randomOrder(each);
        const { graph, place } = order;
        fc.pre(graph.layerCount > 1);
        const costs = new SlotCosts(order);
        for (let node = 0; node < graph.nodeCount; node++)
          costs.isOut[node] = (node * choice) % 5 === 1 ? 1 : 0;
        const layer = choice % (graph.layerCount - 1);
        const edges = edgePairs(order).filter(
          ([from, to]) => graph.layerOf[from] === layer && costs.isOut[from] === 0 && costs.isOut[to] === 0,
        );
        const crossed = (slot: number, end: number) =>
          edges.filter(([from, to]) => place[from]! < slot !== place[to]! < end).length;
        const [start, last] = [order.layerStart(layer), order.layerEnd(layer)];
        const endSlot = order.layerStart(layer + 1) + (choice % costs.slotCount(layer + 1));
        const found = new Int32Array(costs.slotCount(layer));
        costs.ofLine(layer, { layer: layer + 1, before: endSlot, after: endSlot }, found);
        for (let slot = start; slot <= last; slot++) expect(found[slot - start]).toBe(crossed(slot, endSlot));

        // The cheapest of all ways through the layer, for each slot of the cell of a node in the next.
        const [from, to] = [order.nodes[last - 1]!, order.nodes[order.layerStart(layer + 1)]!];
        const [source, target] = [costs.cellOf(from), costs.cellOf(to)];
        const own = found.map((cost, slot) => (cost * 5 + slot * 3) % 7);
        const cheapest = new Int32Array(costs.slotCount(layer + 1));
        costs.stepTo(target, source, own, cheapest);
        for (let end = target.start; end <= target.end; end++) {
          const ways = Array.from(
            { length: source.end - source.start + 1 },
            (_, k) => own[source.start + k - start]! + crossed(source.start + k, end),
          );
          expect(cheapest[end - order.layerStart(layer + 1)]).toBe(Math.min(...ways));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('each edge is told how many others it crosses', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const order = randomOrder(each);
        const { place, graph } = order;
        const edges = edgePairs(order);
        const byPairs = edges.map(
          ([a, b]) =>
            edges.filter(
              ([c, d]) =>
                graph.layerOf[a] === graph.layerOf[c] &&
                (place[a]! - place[c]!) * (place[b]! - place[d]!) < 0,
            ).length,
        );
        expect([...crossingsByEdge(order)]).toEqual(byPairs);
      }),
    );
  });
});

describe('putting nodes back where they cross least', () => {
  test.each([
    ['one by one', (order: LayerOrder) => reinsert(order, { isRestless: false, workMax: 1e6 })],
    ['restlessly', (order: LayerOrder) => reinsert(order, { isRestless: true, workMax: 1e4 })],
    [
      'in groups',
      (order: LayerOrder) => reinsertGroups(order, { workMax: 1e5, idleMax: 20, random: randomNumbers(3) }),
    ],
  ] as const)('%s: saves what it says, and leaves each node in its layer and lane', (_, action) => {
    fc.assert(
      fc.property(cases, (each) => {
        const order = randomOrder(each);
        const cells = cellsOf(order);
        const before = countCrossings(order);
        const { saved } = action(order);
        expect(saved).toBeGreaterThanOrEqual(0);
        expect(countCrossings(order)).toBe(before - saved);
        expect(cellsOf(order)).toEqual(cells);
        for (const [place, node] of order.nodes.entries()) expect(order.place[node]).toBe(place);
        for (const { offsets, values } of [order.graph.before, order.graph.after]) {
          for (let node = 0; node < order.graph.nodeCount; node++) {
            const row = Array.from(
              values.subarray(offsets[node], offsets[node + 1]),
              (other) => order.place[other]!,
            );
            expect(row).toEqual(row.toSorted((a, b) => a - b));
          }
        }
      }),
    );
  });

  test('the whole order never has more crossings than it began with, and is always the same', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const start = countCrossings(new LayerOrder(proper(each), [...Array(proper(each).nodeCount).keys()]));
        const first = reduceCrossings(proper(each), { workMax: 50_000 });
        const second = reduceCrossings(proper(each), { workMax: 50_000 });
        expect(first.crossings).toBeLessThanOrEqual(start);
        expect(countCrossings(first.order)).toBe(first.crossings);
        expect(second.order.nodes).toEqual(first.order.nodes);
      }),
      { numRuns: 60 },
    );
  });
});
