import type { Gaps, PartLayout } from '../layoutPart.ts';
import { layerPieces, piecesOf, placed, wrapGaps } from './pieces.ts';
import { type CutLine, cutPoints, type Turn, turnOf } from './turns.ts';

/**
 * A part cut after some of its layers, its pieces beside each other across (Rüegg and von Hanxleden 2018). A line that is
 * cut leads on from the end of its piece through the gap to the beginning of the next. The lines of a cut turn inside one
 * another and keep their order, so that turning makes no crossing. `tail` are the nodes that the routes begin at. Linear in
 * nodes and points of routes.
 */
export function wrapPart(
  part: PartLayout,
  tail: Int32Array,
  cuts: readonly number[],
  gaps: Gaps,
): PartLayout {
  if (cuts.length === 0) return part;
  const pieceOfLayer = layerPieces(part.layers.starts.length, cuts);
  const pieceOf = Int32Array.from(part.layerOf, (layer) => pieceOfLayer[layer]!);
  const points = part.routes.map((route, edge) => cutPoints(route, pieceOf[tail[edge]!]!, part.layers, cuts));
  const turns = turnsOf(part.routes, points, {
    firstCut: (edge) => pieceOf[tail[edge]!]!,
    count: cuts.length,
  });
  const { toLine, lead, edgeGap } = wrapGaps(gaps);
  const trackCounts = turns.map(({ trackCount }) => trackCount);
  const pieces = piecesOf(part.layers, cuts, trackCounts, gaps);
  return {
    ...part,
    pieceOf,
    nodeAlong: part.nodeAlong.map((along, node) => placed(pieces[pieceOf[node]!]!, along, 0)[0]),
    nodeAcross: part.nodeAcross.map((across, node) => placed(pieces[pieceOf[node]!]!, 0, across)[1]),
    routes: part.routes.map(wrappedRoute),
    alongExtent: pieces.reduce((most, { turnEnd }) => Math.max(most, turnEnd), 0),
    acrossExtent: pieces.at(-1)!.acrossEnd,
  };

  function wrappedRoute(route: Float64Array, edge: number): Float64Array {
    const wrapped: number[] = [];
    let piece = pieceOf[tail[edge]!]!;
    let cut = 0;
    for (let at = 0; at < route.length; at += 2) {
      wrapped.push(...placed(pieces[piece]!, route[at]!, route[at + 1]!));
      if (points[edge]![cut] !== at) continue;
      wrapped.push(...turnPoints(piece, edge, route[at + 1]!, route[at + 3]!));
      piece++;
      cut++;
    }
    return Float64Array.from(wrapped);
  }

  /** Out of a piece, through the gap back to the beginning, and to where the line goes on. */
  function turnPoints(piece: number, edge: number, from: number, to: number): number[] {
    const { trackCount, trackOf } = turns[piece]!;
    const track = trackOf.get(edge)!;
    const [before, after] = [pieces[piece]!, pieces[piece + 1]!];
    const inner = (trackCount - 1 - track) * edgeGap;
    const out = before.alongEnd + lead + inner;
    const through = before.acrossEnd + toLine + inner;
    const into = after.to[0] - lead - track * edgeGap;
    return [out, placed(before, 0, from)[1], out, through, into, through, into, placed(after, 0, to)[1]];
  }
}

function turnsOf(
  routes: readonly Float64Array[],
  points: readonly (readonly number[])[],
  { firstCut, count }: { readonly firstCut: (edge: number) => number; readonly count: number },
): Turn[] {
  const lines = Array.from({ length: count }, (): CutLine[] => []);
  for (const [edge, route] of routes.entries()) {
    for (const [k, at] of points[edge]!.entries()) {
      lines[firstCut(edge) + k]!.push({ edge, from: route[at + 1]!, to: route[at + 3]! });
    }
  }
  return lines.map(turnOf);
}
