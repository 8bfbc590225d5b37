import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type EdgeList, type Layout, layout } from '../../src/layout/index.ts';
import { acyclicGraphs, anyGraphs, edgeList } from './randomGraphs.ts';

const gaps = { layer: 60, node: 14, edge: 10, lane: 40 };

function laidOut(edges: EdgeList, laneOf?: Int32Array): Layout {
  return layout({
    edges,
    along: Float64Array.from({ length: edges.nodeCount }, (_, node) => 60 + (node % 5) * 20),
    across: Float64Array.from({ length: edges.nodeCount }, (_, node) => 20 + (node % 3) * 15),
    gaps,
    aspect: 1.6,
    effort: 0.02,
    ...(laneOf === undefined ? {} : { laneOf }),
  });
}

function overlaps(edges: EdgeList, { nodeAlong, nodeAcross }: Layout): string[] {
  const found: string[] = [];
  const size = (node: number) => [60 + (node % 5) * 20, 20 + (node % 3) * 15] as const;
  for (let a = 0; a < edges.nodeCount; a++) {
    for (let b = 0; b < a; b++) {
      const [alongA, acrossA] = size(a);
      const [alongB, acrossB] = size(b);
      const isBeside = Math.abs(nodeAlong[a]! - nodeAlong[b]!) >= (alongA + alongB) / 2 - 1e-6;
      const isBelow = Math.abs(nodeAcross[a]! - nodeAcross[b]!) >= (acrossA + acrossB) / 2 + 13.9;
      if (!isBeside && !isBelow) found.push(`${a} and ${b}`);
    }
  }
  return found;
}

describe('layout', () => {
  test('every edge leads to a later layer and forward, from box to box', () => {
    fc.assert(
      fc.property(acyclicGraphs({ nodesMax: 30, edgesMax: 70 }), (edges) => {
        const { layerOf, routes, nodeAlong, nodeAcross } = laidOut(edges);
        for (const [edge, tail] of edges.tail.entries()) {
          const head = edges.head[edge]!;
          expect(layerOf[head]).toBeGreaterThan(layerOf[tail]!);
          const route = routes[edge]!;
          expect(route[0]).toBeCloseTo(nodeAlong[tail]! + (60 + (tail % 5) * 20) / 2);
          expect(route[1]).toBeCloseTo(nodeAcross[tail]!);
          expect(route.at(-2)).toBeCloseTo(nodeAlong[head]! - (60 + (head % 5) * 20) / 2);
          expect(route.at(-1)).toBeCloseTo(nodeAcross[head]!);
          for (let at = 2; at < route.length; at += 2)
            expect(route[at]).toBeGreaterThan(route[at - 2]! - 1e-6);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('no boxes overlap or touch', () => {
    fc.assert(
      fc.property(acyclicGraphs({ nodesMax: 40, edgesMax: 90 }), (edges) => {
        expect(overlaps(edges, laidOut(edges))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('no line runs through a box', () => {
    fc.assert(
      fc.property(acyclicGraphs({ nodesMax: 25, edgesMax: 50 }), (edges) => {
        const result = laidOut(edges);
        for (const route of result.routes) {
          for (let at = 2; at < route.length; at += 2) {
            if (Math.abs(route[at + 1]! - route[at - 1]!) > 1e-6) continue;
            for (let node = 0; node < edges.nodeCount; node++) {
              const half = (20 + (node % 3) * 15) / 2;
              const alongHalf = (60 + (node % 5) * 20) / 2;
              const isInside =
                Math.abs(result.nodeAcross[node]! - route[at + 1]!) < half - 1e-6 &&
                route[at]! > result.nodeAlong[node]! - alongHalf + 1e-6 &&
                route[at - 2]! < result.nodeAlong[node]! + alongHalf - 1e-6;
              expect(isInside).toBe(false);
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('the crossings it tells are those that are drawn', () => {
    fc.assert(
      fc.property(acyclicGraphs({ nodesMax: 20, edgesMax: 45 }), (edges) => {
        const result = laidOut(edges);
        expect(result.crossings).toBe(crossingsDrawn(edges, result));
      }),
      { numRuns: 150 },
    );
  });

  test('lanes take bands of their own', () => {
    fc.assert(
      fc.property(
        acyclicGraphs({ nodesMax: 30, edgesMax: 60 }),
        fc.array(fc.nat(3), { minLength: 30, maxLength: 30 }),
        (edges, lanes) => {
          const laneOf = Int32Array.from({ length: edges.nodeCount }, (_, node) => lanes[node]!);
          const result = laidOut(edges, laneOf);
          expect(overlaps(edges, result)).toEqual([]);
          for (let node = 0; node < edges.nodeCount; node++) {
            const { from, to } = result.lanes[laneOf[node]!]!;
            const half = (20 + (node % 3) * 15) / 2;
            expect(result.nodeAcross[node]! - half).toBeGreaterThanOrEqual(from - 1e-6);
            expect(result.nodeAcross[node]! + half).toBeLessThanOrEqual(to + 1e-6);
          }
          // Lanes beside each other keep their distance; those that share no layer may share a track.
          for (const [lane, own] of result.lanes.entries()) {
            for (const [before, other] of result.lanes.slice(0, lane).entries()) {
              const layers = (of: number) => result.layerOf.filter((_, node) => laneOf[node] === of);
              const areMixed = layers(lane).some((layer) => layers(before).includes(layer));
              const isApart =
                own.from >= other.to + gaps.lane - 1e-6 || other.from >= own.to + gaps.lane - 1e-6;
              if (areMixed) expect(isApart).toBe(true);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  test('cycles and loops do no harm', () => {
    fc.assert(
      fc.property(anyGraphs(20), (edges) => {
        const result = laidOut(edges);
        expect(overlaps(edges, result)).toEqual([]);
        for (const [edge, tail] of edges.tail.entries()) {
          const route = result.routes[edge]!;
          if (tail === edges.head[edge]) expect(route.length).toBe(0);
          else expect(route[1]).toBeCloseTo(result.nodeAcross[tail]!);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('the same graph is always drawn alike', () => {
    const edges = edgeList(6, [
      [0, 2],
      [1, 2],
      [2, 3],
      [2, 4],
      [0, 5],
    ]);
    expect(laidOut(edges)).toEqual(laidOut(edges));
  });

  test('trees have no crossings', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 }), (choices) => {
        const tree = edgeList(
          choices.length + 1,
          choices.map((choice, k) => [choice % (k + 1), k + 1] as const),
        );
        expect(laidOut(tree).crossings).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  test('nothing is nothing', () => {
    const empty = laidOut(edgeList(0, []));
    expect([empty.alongExtent, empty.acrossExtent, empty.crossings]).toEqual([0, 0, 0]);
  });
});

/** Pairs of lines that change sides between the same two layers, counted one by one. */
function crossingsDrawn(edges: EdgeList, { routes, layerOf, nodeAlong }: Layout): number {
  const parts = partsOf(edges);
  const segments: { key: string; from: number; to: number }[] = [];
  for (const [edge, route] of routes.entries()) {
    const tail = edges.tail[edge]!;
    const layers = layerOf[edges.head[edge]!]! - layerOf[tail]!;
    const sides = acrossAtLayers(route, layers);
    for (let step = 0; step < layers; step++) {
      segments.push({
        key: `${parts[tail]} ${layerOf[tail]! + step}`,
        from: sides[step]!,
        to: sides[step + 1]!,
      });
    }
  }
  expect(nodeAlong.length).toBe(edges.nodeCount);
  let crossings = 0;
  for (let a = 0; a < segments.length; a++) {
    for (let b = 0; b < a; b++) {
      if (segments[a]!.key !== segments[b]!.key) continue;
      const before = segments[a]!.from - segments[b]!.from;
      const after = segments[a]!.to - segments[b]!.to;
      if ((before > 1e-6 && after < -1e-6) || (before < -1e-6 && after > 1e-6)) crossings++;
    }
  }
  return crossings;
}

/** Where a route stands across in each of the layers from its tail to its head: at its distinct coordinates, in order. */
function acrossAtLayers(route: Float64Array, layers: number): number[] {
  const inner: number[] = [];
  // Between the ends lie two points for each layer that is passed; boxes narrower than their layer add one at an end.
  const points = Array.from({ length: route.length / 2 }, (_, k) => route[2 * k + 1]!);
  const extra = points.length - 2 - 2 * (layers - 1);
  const start =
    extra > 0 && points[1] === points[0] ? (extra === 2 || points.at(-2) !== points.at(-1) ? 1 : extra) : 0;
  for (let k = 1 + start; inner.length < layers - 1; k += 2) inner.push(points[k]!);
  return [points[0]!, ...inner, points.at(-1)!];
}

function partsOf({ nodeCount, tail, head }: EdgeList): number[] {
  const part = Array.from({ length: nodeCount }, (_, node) => node);
  for (let round = 0; round < nodeCount; round++) {
    for (const [edge, from] of tail.entries()) {
      part[from] = part[head[edge]!] = Math.min(part[from]!, part[head[edge]!]!);
    }
  }
  return part;
}
