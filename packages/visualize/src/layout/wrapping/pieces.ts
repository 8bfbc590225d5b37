import type { Gaps } from '../layoutPart.ts';
import type { PartLayers } from '../partLayers.ts';

/** Room for the head of an arrow. */
const arrowLead = 20;

/** The gaps of a wrapped part, with what stands for those that are not given. */
export function wrapGaps({ piece, pieceToLine, pieceLead, lane, edge }: Gaps) {
  const gap = piece ?? lane;
  return { gap, toLine: pieceToLine ?? gap / 2, lead: pieceLead ?? arrowLead, edgeGap: edge };
}

/** Layers that stay together when a part is wrapped. */
export interface Piece {
  /** Where it began, and where it begins in the wrapped part. */
  readonly from: readonly [along: number, across: number];
  readonly to: readonly [along: number, across: number];
  readonly alongEnd: number;
  readonly acrossEnd: number;
  /** How far along its last line turns; its own end for the last piece. */
  readonly turnEnd: number;
}

/** The pieces between cuts, beside each other across with room for so many lines between. Linear in layers. */
export function piecesOf(
  { starts, ends, firsts, lasts }: PartLayers,
  cuts: readonly number[],
  trackCounts: readonly number[],
  gaps: Gaps,
): Piece[] {
  const { gap, edgeGap, lead } = wrapGaps(gaps);
  const margin = lead + (Math.max(1, ...trackCounts) - 1) * edgeGap;
  let next = 0;
  return [...cuts, starts.length - 1].map((last, piece) => {
    const first = piece === 0 ? 0 : cuts[piece - 1]! + 1;
    const across = firsts.slice(first, last + 1).reduce((least, each) => Math.min(least, each));
    const acrossEnd = lasts.slice(first, last + 1).reduce((greatest, each) => Math.max(greatest, each));
    const alongEnd = margin + ends[last]! - starts[first]!;
    const tracks = trackCounts[piece];
    const breadth = tracks === undefined ? 0 : (tracks - 1) * edgeGap;
    const begin = next;
    next += acrossEnd - across + gap + breadth;
    return {
      from: [starts[first]!, across],
      to: [margin, begin],
      alongEnd,
      acrossEnd: begin + acrossEnd - across,
      turnEnd: tracks === undefined ? alongEnd : alongEnd + lead + breadth,
    };
  });
}

/** A place of the part where it is in the wrapped one. */
export function placed({ from, to }: Piece, along: number, across: number): [along: number, across: number] {
  return [along - from[0] + to[0], across - from[1] + to[1]];
}

/** The piece of each layer. */
export function layerPieces(layerCount: number, cuts: readonly number[]): Int32Array {
  const pieces = new Int32Array(layerCount);
  for (const cut of cuts) pieces[cut + 1] = 1;
  for (let layer = 1; layer < layerCount; layer++) pieces[layer]! += pieces[layer - 1]!;
  return pieces;
}
