export interface PackingOptions {
  readonly gap: number;
  /** After a shelf whose boxes are no larger than this across, which is one of single nodes, the gap is `smallGap`. */
  readonly smallExtent: number;
  readonly smallGap: number;
  /** Wanted ratio of the extent along to that across. */
  readonly aspect: number;
}

export interface Packing {
  /** Where each part begins, along and across. */
  readonly at: readonly (readonly [along: number, across: number])[];
  readonly along: number;
  readonly across: number;
}

interface Box {
  readonly alongExtent: number;
  readonly acrossExtent: number;
}

/**
 * Places for boxes on shelves: one after another along, a new shelf where the drawing would become longer than the
 * aspect asks for. Larger boxes come first, so that single nodes gather at the end. Cost: O(n log n).
 */
export function packed(
  boxes: readonly Box[],
  { gap, smallExtent, smallGap, aspect }: PackingOptions,
): Packing {
  const area = boxes.reduce((sum, box) => sum + (box.alongExtent + gap) * (box.acrossExtent + gap), 0);
  const longest = boxes.reduce((most, box) => Math.max(most, box.alongExtent), 0);
  const largest = boxes.reduce((most, box) => Math.max(most, box.alongExtent * box.acrossExtent), 0);
  // Beside a part that is most of the drawing, others would look as if they came after it.
  const alongMax = largest > area / 2 ? longest : Math.max(longest, Math.sqrt(area * aspect));
  const at: [number, number][] = boxes.map(() => [0, 0]);
  const sequence = [...boxes.keys()].sort((a, b) => boxes[b]!.acrossExtent - boxes[a]!.acrossExtent || a - b);
  let along = 0;
  let shelf = 0;
  let shelfExtent = 0;
  let alongExtent = 0;
  for (const k of sequence) {
    const box = boxes[k]!;
    if (along > 0 && along + box.alongExtent > alongMax) {
      along = 0;
      shelf += shelfExtent + (shelfExtent <= smallExtent ? smallGap : gap);
      shelfExtent = 0;
    }
    at[k] = [along, shelf];
    alongExtent = Math.max(alongExtent, along + box.alongExtent);
    shelfExtent = Math.max(shelfExtent, box.acrossExtent);
    along += box.alongExtent + gap;
  }
  return { at, along: alongExtent, across: shelf + shelfExtent };
}
