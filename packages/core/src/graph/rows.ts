/**
 * One row of job numbers per job, in compressed sparse row form: row `i` is
 * `values[offsets[i]]` up to, not including, `values[offsets[i + 1]]`.
 */
export interface Rows {
  /** One more than there are rows: the last is the length of `values`. */
  readonly offsets: Int32Array;
  readonly values: Int32Array;
}

/**
 * The same edges seen from their other end. Every row of the result ascends, whatever the order in `rows`, so that
 * transposing twice sorts. Cost: O(n + m).
 */
export function transpose(rows: Rows): Rows {
  const rowCount = rows.offsets.length - 1;
  const offsets = new Int32Array(rowCount + 1);
  for (const value of rows.values) offsets[value + 1]!++;
  for (let row = 0; row < rowCount; row++) offsets[row + 1]! += offsets[row]!;

  const values = new Int32Array(rows.values.length);
  const next = offsets.slice(0, rowCount);
  for (let row = 0; row < rowCount; row++) {
    const end = rows.offsets[row + 1]!;
    for (let k = rows.offsets[row]!; k < end; k++) values[next[rows.values[k]!]!++] = row;
  }
  return { offsets, values };
}

/** Rows from pairs in any order, pair `i` putting `values[i]` into row `rows[i]`. Cost: O(n + m). */
export function rowsFromPairs(
  rowCount: number,
  pairs: { readonly rows: ArrayLike<number>; readonly values: ArrayLike<number> },
): Rows {
  const byPair = { offsets: new Int32Array(rowCount + 1), values: new Int32Array(pairs.rows.length) };
  for (let i = 0; i < pairs.rows.length; i++) byPair.offsets[pairs.rows[i]! + 1]!++;
  for (let row = 0; row < rowCount; row++) byPair.offsets[row + 1]! += byPair.offsets[row]!;
  const next = byPair.offsets.slice(0, rowCount);
  for (let i = 0; i < pairs.rows.length; i++) byPair.values[next[pairs.rows[i]!]!++] = pairs.values[i]!;
  return transpose(transpose(byPair));
}

/** Whether row `row` names `value`. The rows ascend: binary search. */
export function hasEdge({ offsets, values }: Rows, row: number, value: number): boolean {
  let low = offsets[row]!;
  let high = offsets[row + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low < offsets[row + 1]! && values[low] === value;
}

/** The same rows, nothing named twice in any. Cost: O(n + m). */
export function withoutDuplicates(ascending: Rows): Rows {
  return keepEdges(ascending, (row, k) => {
    return k === ascending.offsets[row] || ascending.values[k] !== ascending.values[k - 1];
  });
}

/** The edges of `rows` for which `isKept(row, k)` holds, `k` being the place in `rows.values`. Cost: O(n + m) calls. */
export function keepEdges(rows: Rows, isKept: (row: number, k: number) => boolean): Rows {
  const rowCount = rows.offsets.length - 1;
  const offsets = new Int32Array(rowCount + 1);
  const values = new Int32Array(rows.values.length);
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    const end = rows.offsets[row + 1]!;
    for (let k = rows.offsets[row]!; k < end; k++) {
      if (isKept(row, k)) values[count++] = rows.values[k]!;
    }
    offsets[row + 1] = count;
  }
  return { offsets, values: values.slice(0, count) };
}
