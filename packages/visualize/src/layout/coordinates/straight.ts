import type { LayerOrder } from '../ordering/layerOrder.ts';
import { alignedBlocks, type Bias, conflictingEdges } from './alignment.ts';
import { compacted, type Separation } from './compaction.ts';
import { spanOf } from './span.ts';

const biases: readonly Bias[] = [
  { isUpward: false, isMirrored: false },
  { isUpward: false, isMirrored: true },
  { isUpward: true, isMirrored: false },
  { isUpward: true, isMirrored: true },
];

/**
 * Coordinates of the nodes of a lane in which long edges are straight: the mean of the two middle ones of four
 * assignments, each biased to one side (Brandes and Köpf 2001, with the erratum of 2020). Cost: O(N + m).
 */
export function straight(
  order: LayerOrder,
  lane: number,
  nodes: Int32Array,
  across: Float64Array,
  separation: Separation,
): void {
  const conflicts = conflictingEdges(order, lane);
  const assignments = biases.map((bias) =>
    compacted(order, lane, alignedBlocks(order, lane, conflicts, bias), bias, separation),
  );
  moveToNarrowest(assignments, nodes);
  const four = new Float64Array(4);
  for (const node of nodes) {
    for (let k = 0; k < 4; k++) four[k] = assignments[k]![node]!;
    four.sort();
    across[node] = (four[1]! + four[2]!) / 2;
  }
}

/** Moves the assignments so that they share the first or, if mirrored, the last coordinate of the narrowest. */
function moveToNarrowest(assignments: readonly Float64Array[], nodes: Int32Array): void {
  const spans = assignments.map((each) => spanOf(each, nodes));
  const narrowest = spans.reduce((a, b) => (b.last - b.first < a.last - a.first ? b : a));
  for (const [k, each] of assignments.entries()) {
    const span = spans[k]!;
    const shift = biases[k]!.isMirrored ? narrowest.last - span.last : narrowest.first - span.first;
    for (const node of nodes) each[node]! += shift;
  }
}
