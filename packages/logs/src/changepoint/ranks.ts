export interface Ranked {
  /** Rank of each value from 1; equal values share the mean of their ranks. */
  readonly ranks: Float64Array;
  /** Σ (t³ − t) over groups of t equal values: what ties take from the variance of rank sums. */
  readonly tieTerm: number;
}

/** Midranks. Cost: O(n log n). */
export function midranks(values: readonly number[]): Ranked {
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
  const ranks = new Float64Array(values.length);
  let tieTerm = 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1;
    for (let place = start; place < end; place++) ranks[order[place]!] = (start + 1 + end) / 2;
    const size = end - start;
    tieTerm += size ** 3 - size;
    start = end;
  }
  return { ranks, tieTerm };
}
