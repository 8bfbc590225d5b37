import type { PartLayers } from '../partLayers.ts';

/** What a line more at a cut costs, and a lane that it parts, in pieces that are empty. */
const lineCost = 0.12;
const laneCost = 0.1;
/** How much less the last piece may be as short as it is. */
const lastShare = 0.25;

/**
 * After which layers a part is cut so that each piece is no longer than `lengthMax`, unless a single layer is: where few
 * lines lead on and lanes end, and into pieces that are about as long as they may be. As lines of a paragraph are broken: the sum
 * over all pieces is the least (Knuth and Plass 1981). Cost: O(layers × layers in a piece).
 */
export function chooseCuts(
  { starts, ends, linesAfter, lanesAfter }: PartLayers,
  lengthMax: number,
): number[] {
  const count = starts.length;
  /** The least cost of the layers before each, and where the last piece of them begins. */
  const cost = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY);
  const begin = new Int32Array(count + 1);
  cost[0] = 0;
  for (let after = 1; after <= count; after++) {
    const isLast = after === count;
    const lines = lineCost * Math.max(0, linesAfter[after - 1]! - 1);
    const cut = isLast ? 0 : lines + laneCost * lanesAfter[after - 1]!;
    for (let first = after - 1; first >= 0; first--) {
      const length = ends[after - 1]! - starts[first]!;
      if (length > lengthMax && first < after - 1) break;
      const room = Math.max(0, lengthMax - length) / lengthMax;
      const total = cost[first]! + cut + room * room * (isLast ? lastShare : 1);
      if (total >= cost[after]!) continue;
      cost[after] = total;
      begin[after] = first;
    }
  }
  const cuts: number[] = [];
  for (let first = begin[count]!; first > 0; first = begin[first]!) cuts.push(first - 1);
  return cuts.reverse();
}
