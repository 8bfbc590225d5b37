import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type EdgeList, type Layout, layout, type Wrapping } from '../../src/layout/index.ts';
import { chooseCuts } from '../../src/layout/wrapping/chooseCuts.ts';
import { edgeList } from './randomGraphs.ts';

const gaps = { layer: 60, node: 14, edge: 10, lane: 40, piece: 50, pieceToLine: 24 };
const always: Wrapping = { lengthMin: 0, stretchMin: 0, gainMin: 1, lengthFitting: 0 };
const alongOf = (node: number) => 60 + (node % 5) * 20;
const acrossOf = (node: number) => 20 + (node % 3) * 15;

function laidOut(edges: EdgeList, wrapping: Wrapping | undefined): Layout {
  return layout({
    edges,
    along: Float64Array.from({ length: edges.nodeCount }, (_, node) => alongOf(node)),
    across: Float64Array.from({ length: edges.nodeCount }, (_, node) => acrossOf(node)),
    gaps,
    aspect: 1.6,
    effort: 0.02,
    ...(wrapping === undefined ? {} : { wrapping }),
  });
}

function chain(length: number): EdgeList {
  return edgeList(
    length,
    Array.from({ length: length - 1 }, (_, k) => [k, k + 1]),
  );
}

/** Long graphs: a chain with a few jobs and dependencies beside it. */
const longGraphs = fc
  .record({
    length: fc.integer({ min: 8, max: 50 }),
    beside: fc.array(fc.tuple(fc.nat(49), fc.nat(49)), { maxLength: 8 }),
    skips: fc.array(fc.tuple(fc.nat(49), fc.nat(49)), { maxLength: 8 }),
  })
  .map(({ length, beside, skips }) => {
    const pairs = Array.from({ length: length - 1 }, (_, k): [number, number] => [k, k + 1]);
    for (const [a, b] of skips) {
      const [from, to] = [Math.min(a, b) % length, Math.max(a, b) % length];
      if (from < to) pairs.push([from, to]);
    }
    for (const [k, [a, b]] of beside.entries()) {
      const [from, to] = [Math.min(a % length, b % length), Math.max(a % length, b % length)];
      pairs.push([from, length + k]);
      if (to > from) pairs.push([length + k, to]);
    }
    return edgeList(length + beside.length, pairs);
  });

interface Box {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

function boxes({ nodeAlong, nodeAcross }: Layout): Box[] {
  return Array.from(nodeAlong, (along, node) => ({
    from: along - alongOf(node) / 2,
    to: along + alongOf(node) / 2,
    first: nodeAcross[node]! - acrossOf(node) / 2,
    last: nodeAcross[node]! + acrossOf(node) / 2,
  }));
}

const meet = (a: Box, b: Box, space: number) =>
  a.from < b.to + space && b.from < a.to + space && a.first < b.last + space && b.first < a.last + space;

/** The straight parts of a route, as boxes without breadth. */
function straightParts(route: Float64Array): Box[] {
  const parts: Box[] = [];
  for (let at = 2; at < route.length; at += 2) {
    const [alongs, acrosses] = [
      [route[at - 2]!, route[at]!].sort((a, b) => a - b),
      [route[at - 1]!, route[at + 1]!],
    ];
    acrosses.sort((a, b) => a - b);
    if (Math.abs(alongs[1]! - alongs[0]!) > 1e-6 && Math.abs(acrosses[1]! - acrosses[0]!) > 1e-6) continue;
    parts.push({ from: alongs[0]!, to: alongs[1]!, first: acrosses[0]!, last: acrosses[1]! });
  }
  return parts;
}

describe('a wrapped layout', () => {
  test('has its boxes apart, its lines from box to box and through none, and all within its extent', () => {
    fc.assert(
      fc.property(longGraphs, (edges) => {
        const result = laidOut(edges, always);
        const all = boxes(result);
        expect(all.some((box, a) => all.slice(0, a).some((other) => meet(box, other, 13.9)))).toBe(false);
        for (const [edge, route] of result.routes.entries()) {
          const [tail, head] = [edges.tail[edge]!, edges.head[edge]!];
          expect(route[0]).toBeCloseTo(all[tail]!.to);
          expect(route[1]).toBeCloseTo(result.nodeAcross[tail]!);
          expect(route.at(-2)).toBeCloseTo(all[head]!.from);
          expect(route.at(-1)).toBeCloseTo(result.nodeAcross[head]!);
          const others = all.filter((_, node) => node !== tail && node !== head);
          const isWrong = (part: Box) =>
            part.from < -1e-6 ||
            part.to > result.alongExtent + 1e-6 ||
            part.last > result.acrossExtent + 1e-6 ||
            others.some((box) => meet(part, box, -1e-6));
          expect(straightParts(route).filter(isWrong)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('leaves what is within a piece as it was, and cuts nothing but layers', () => {
    fc.assert(
      fc.property(longGraphs, (edges) => {
        const [before, after] = [laidOut(edges, undefined), laidOut(edges, always)];
        expect(after.layerOf).toEqual(before.layerOf);
        expect(after.crossings).toBe(before.crossings);
        const pieceOf = after.pieceOf ?? new Int32Array(edges.nodeCount);
        const firstOf = new Map<number, number>();
        for (const [node, piece] of pieceOf.entries()) {
          const first = firstOf.get(piece) ?? node;
          firstOf.set(piece, first);
          for (const axis of ['nodeAlong', 'nodeAcross'] as const)
            expect(after[axis][node]! - after[axis][first]!).toBeCloseTo(
              before[axis][node]! - before[axis][first]!,
            );
        }
        for (const [edge, tail] of edges.tail.entries())
          expect(pieceOf[edges.head[edge]!]).toBeGreaterThanOrEqual(pieceOf[tail]!);
      }),
      { numRuns: 100 },
    );
  });

  test('turns the lines of a cut inside one another: none of them crosses another', () => {
    // Two chains beside each other that are joined at their ends: whatever is cut, two lines turn.
    const two = edgeList(
      62,
      Array.from({ length: 30 }, (_, k): [number, number][] => [
        [2 * k, 2 * k + 2],
        [2 * k + 1, 2 * k + 3],
      ])
        .flat()
        .concat([[0, 3]]),
    );
    const result = laidOut(two, always);
    expect(Math.max(...result.pieceOf!)).toBeGreaterThan(1);
    const of = (parity: number) =>
      result.routes.filter((_, edge) => two.tail[edge]! % 2 === parity && edge < 60).flatMap(straightParts);
    const ones = of(1);
    expect(of(0).filter((part) => ones.some((other) => meet(part, other, 1e-6)))).toEqual([]);
  });

  test('is made of a chain so that it is seen as large as can be, and not of what is short or gains little', () => {
    const { alongExtent, acrossExtent, pieceOf } = laidOut(chain(300), always);
    expect(alongExtent / acrossExtent).toBeGreaterThan(1.2);
    expect(alongExtent / acrossExtent).toBeLessThan(2.1);
    expect(Math.max(...pieceOf!)).toBeGreaterThan(8);
    expect(laidOut(chain(1), always).pieceOf).toBeUndefined();
    const wanted = { lengthMin: 1600, stretchMin: 5, gainMin: 1.5, lengthFitting: 1500 };
    expect(laidOut(chain(10), wanted).pieceOf).toBeUndefined();
    expect(laidOut(chain(40), wanted).pieceOf).toBeDefined();
    expect(Math.max(...laidOut(chain(16), wanted).pieceOf!)).toBe(1);
    expect(laidOut(chain(40), { ...wanted, gainMin: 6 }).pieceOf).toBeUndefined();
  });

  test('lanes reach in each piece as far as their nodes do', () => {
    const edges = chain(60);
    const laneOf = Int32Array.from({ length: 60 }, (_, node) => Math.floor(node / 7));
    const result = layout({
      edges,
      along: Float64Array.from({ length: 60 }, (_, node) => alongOf(node)),
      across: Float64Array.from({ length: 60 }, (_, node) => acrossOf(node)),
      gaps,
      aspect: 1.6,
      wrapping: always,
      laneOf,
    });
    expect(Math.max(...result.pieceOf!)).toBeGreaterThan(2);
    for (let node = 0; node < 60; node++) {
      const area = result.lanes.find(
        ({ lane, piece }) => lane === laneOf[node] && piece === result.pieceOf![node],
      )!;
      expect(area.from).toBeLessThanOrEqual(result.nodeAcross[node]! - acrossOf(node) / 2 + 1e-6);
      expect(area.to).toBeGreaterThanOrEqual(result.nodeAcross[node]! + acrossOf(node) / 2 - 1e-6);
    }
    // Nine lanes: nearly all are left whole.
    const keys = new Set(result.lanes.map(({ lane, piece }) => `${lane} ${piece}`));
    expect(keys.size).toBe(result.lanes.length);
    expect(keys.size).toBeLessThan(9 + 2);
  });

  test('wraps each part that is too long, and leaves the others beside them', () => {
    const pairs = Array.from({ length: 59 }, (_, k): [number, number] => [k, k + 1]);
    const { pieceOf } = laidOut(edgeList(64, [...pairs, [60, 61], [62, 63]]), always);
    expect(pieceOf!.slice(60)).toEqual(Int32Array.of(0, 0, 0, 0));
    expect(Math.max(...pieceOf!)).toBeGreaterThan(1);
  });
});

describe('chooseCuts', () => {
  const layersOf = (lengths: readonly number[], lines: readonly number[]) => {
    const starts = Float64Array.from(lengths, (_, k) =>
      lengths.slice(0, k).reduce((sum, each) => sum + each + 10, 0),
    );
    return {
      starts,
      ends: starts.map((start, k) => start + lengths[k]!),
      firsts: new Float64Array(lengths.length),
      lasts: new Float64Array(lengths.length),
      linesAfter: Int32Array.from(lengths, (_, k) => lines[k % lines.length]!),
      lanesAfter: new Int32Array(lengths.length),
    };
  };

  test('no piece is too long that could be shorter, and layers where fewer lines lead on are preferred', () => {
    const layers = layersOf(new Array(12).fill(50), [4, 4, 1, 4]);
    expect(chooseCuts(layers, 290)).toEqual([2, 6]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 10, max: 90 }), { minLength: 1, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 40, max: 600 }),
        (lengths, lines, lengthMax) => {
          const input = layersOf(lengths, lines);
          const cuts = chooseCuts(input, lengthMax);
          for (const [piece, last] of [...cuts, lengths.length - 1].entries()) {
            const first = piece === 0 ? 0 : cuts[piece - 1]! + 1;
            if (last > first) expect(input.ends[last]! - input.starts[first]!).toBeLessThanOrEqual(lengthMax);
          }
        },
      ),
    );
  });

  test('lanes are left whole where that costs little', () => {
    const layers = layersOf(new Array(12).fill(50), [1]);
    const lanesAfter = Int32Array.from({ length: 12 }, (_, k) => (k === 3 || k === 7 ? 0 : 3));
    expect(chooseCuts({ ...layers, lanesAfter }, 290)).toEqual([3, 7]);
  });

  test('cuts nothing that fits', () => {
    expect(chooseCuts(layersOf([50, 50, 50], [1]), 170)).toEqual([]);
  });
});
