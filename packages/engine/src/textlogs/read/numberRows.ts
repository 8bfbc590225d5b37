/** The same numbers in an array of at least `length`, which grows by doubling. */
export function withRoom(cells: Float64Array, length: number): Float64Array {
  if (length <= cells.length) return cells;
  const more = new Float64Array(Math.max(length, 2 * cells.length));
  more.set(cells);
  return more;
}

/** A number of a row; NaN stands for what is not told. */
export function told(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
