/**
 * Sets of jobs as rows of bits, one row per topological place from `firstPlace` on, all in one array. Row lengths
 * are whole multiples of `bitRowStep` words.
 */
export interface BitRows {
  readonly bits: Int32Array;
  /** By place: 0 while the row has no bits. Most rows of a sparse graph never get any, and cost nothing then. */
  readonly isUsed: Uint8Array;
  readonly wordsPerRow: number;
  readonly firstPlace: number;
}

/** Empty rows for places below `placeCount`. */
export function emptyBitRows(placeCount: number, wordsPerRow: number): BitRows {
  return {
    bits: new Int32Array(placeCount * wordsPerRow),
    isUsed: new Uint8Array(placeCount),
    wordsPerRow,
    firstPlace: 0,
  };
}

/** The same memory, emptied, for the rows of places from `firstPlace` up to, not including, `endPlace`. */
export function reuse(rows: BitRows, firstPlace: number, endPlace: number): BitRows {
  rows.bits.fill(0, 0, (endPlace - firstPlace) * rows.wordsPerRow);
  rows.isUsed.fill(0, firstPlace, endPlace);
  return { ...rows, firstPlace };
}

/** Words that `uniteRows` holds in registers at a time. */
export const bitRowStep = 8;

export function hasBit({ bits, wordsPerRow, firstPlace }: BitRows, place: number, column: number): boolean {
  return ((bits[(place - firstPlace) * wordsPerRow + (column >>> 5)]! >>> (column & 31)) & 1) === 1;
}

export function setBit(
  { bits, isUsed, wordsPerRow, firstPlace }: BitRows,
  place: number,
  column: number,
): void {
  isUsed[place] = 1;
  bits[(place - firstPlace) * wordsPerRow + (column >>> 5)]! |= 1 << (column & 31);
}

/** Adds the row of `other` to that of `place`. */
export function addRow(
  { bits, isUsed, wordsPerRow, firstPlace }: BitRows,
  place: number,
  other: number,
): void {
  if (isUsed[other] === 0) return;
  isUsed[place] = 1;
  const to = (place - firstPlace) * wordsPerRow;
  const from = (other - firstPlace) * wordsPerRow;
  for (let word = 0; word < wordsPerRow; word++) bits[to + word]! |= bits[from + word]!;
}

/**
 * Sets the row of `place` to the union of the rows of `places[start]` up to, not including, `places[end]`. Eight
 * words wide, because the sums then stay in registers: twice as fast here as adding row after row.
 */
export function uniteRows(
  rows: BitRows,
  place: number,
  places: Int32Array,
  start: number,
  end: number,
): void {
  const { bits, isUsed, wordsPerRow, firstPlace } = rows;
  let used = 0;
  for (let k = start; k < end; k++) used |= isUsed[places[k]!]!;
  if (used === 0) return;
  isUsed[place] = 1;
  const to = (place - firstPlace) * wordsPerRow;
  for (let step = 0; step < wordsPerRow; step += bitRowStep) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let e = 0;
    let f = 0;
    let g = 0;
    let h = 0;
    for (let k = start; k < end; k++) {
      const from = (places[k]! - firstPlace) * wordsPerRow + step;
      a |= bits[from]!;
      b |= bits[from + 1]!;
      c |= bits[from + 2]!;
      d |= bits[from + 3]!;
      e |= bits[from + 4]!;
      f |= bits[from + 5]!;
      g |= bits[from + 6]!;
      h |= bits[from + 7]!;
    }
    bits[to + step] = a;
    bits[to + step + 1] = b;
    bits[to + step + 2] = c;
    bits[to + step + 3] = d;
    bits[to + step + 4] = e;
    bits[to + step + 5] = f;
    bits[to + step + 6] = g;
    bits[to + step + 7] = h;
  }
}
