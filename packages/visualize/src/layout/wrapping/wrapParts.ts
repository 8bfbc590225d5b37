import type { Component } from '../components.ts';
import type { Gaps, PartLayout } from '../layoutPart.ts';
import { chooseCuts } from './chooseCuts.ts';
import { piecesOf, wrapGaps } from './pieces.ts';
import { wrapPart } from './wrapPart.ts';

/** When long parts of a drawing are cut into pieces beside each other. */
export interface Wrapping {
  /** Only if the drawing is longer than this, */
  readonly lengthMin: number;
  /** this many times as long as it is wide, */
  readonly stretchMin: number;
  /** and is seen so many times larger, on a page of the wanted aspect, when it is wrapped. */
  readonly gainMin: number;
  /** What is no longer than this, and no wider than a page of that length, is large enough: it is not cut smaller. */
  readonly lengthFitting: number;
}

export interface Extent {
  readonly along: number;
  readonly across: number;
}

interface WrapOptions {
  readonly wrapping: Wrapping;
  readonly gaps: Gaps;
  readonly aspect: number;
  /** How large a drawing of parts of these sizes becomes. */
  readonly pack: (parts: readonly { alongExtent: number; acrossExtent: number }[]) => Extent;
}

/** What is tried: lengths of pieces, in multiples of that of pieces that would just fill a page, the longest first. */
const lengthFactors = [1.85, 1.6, 1.4, 1.25, 1.1, 1, 0.9, 0.8, 0.7, 0.6];
/** With so many lines more at each cut a drawing must be twice as large to be as good. */
const linesPerDoubling = 20;

/**
 * The parts, wrapped where the drawing is so long that it could not be read otherwise. The pieces are as long as makes the
 * whole appear largest on a page of the wanted aspect ("max scale", Rüegg, Ehlers, Spönemann, von Hanxleden 2016), with few
 * lines cut. Cost: O(layers × layers in a piece), and linear in nodes and points of routes.
 */
export function wrapParts(
  layouts: readonly PartLayout[],
  parts: readonly Component[],
  { wrapping, gaps, aspect, pack }: WrapOptions,
): readonly PartLayout[] {
  const { along, across } = pack(layouts);
  if (along <= wrapping.lengthMin || along < wrapping.stretchMin * across) return layouts;
  const { gainMin, lengthFitting } = wrapping;
  const page = ({ along, across }: Extent) => Math.max(along / aspect, across, lengthFitting / aspect);
  const { gap } = wrapGaps(gaps);
  const area = layouts.reduce((sum, part) => sum + part.alongExtent * (part.acrossExtent + gap), 0);
  let best = { size: page({ along, across }) / gainMin, cuts: undefined as number[][] | undefined };
  for (const factor of lengthFactors) {
    const lengthMax = Math.max(lengthFitting, factor * Math.sqrt(area * aspect));
    const cuts = layouts.map(({ layers }) => chooseCuts(layers, lengthMax));
    const lines = cuts.flatMap((own, k) => own.map((cut) => layouts[k]!.layers.linesAfter[cut]!));
    if (lines.length === 0) continue;
    const mean = lines.reduce((sum, each) => sum + each) / lines.length;
    const extent = pack(layouts.map((part, k) => wrappedExtent(part, cuts[k]!, gaps)));
    const size = page(extent) * (1 + (mean - 1) / linesPerDoubling);
    if (size < best.size) best = { size, cuts };
  }
  const { cuts } = best;
  if (cuts === undefined) return layouts;
  return layouts.map((part, k) => wrapPart(part, parts[k]!.edges.tail, cuts[k]!, gaps));
}

/** The extents that a wrapped part has, about. */
function wrappedExtent(part: PartLayout, cuts: readonly number[], gaps: Gaps) {
  if (cuts.length === 0) return part;
  const trackCounts = cuts.map((cut) => part.layers.linesAfter[cut]!);
  const pieces = piecesOf(part.layers, cuts, trackCounts, gaps);
  return {
    alongExtent: pieces.reduce((most, { turnEnd }) => Math.max(most, turnEnd), 0),
    acrossExtent: pieces.at(-1)!.acrossEnd,
  };
}
