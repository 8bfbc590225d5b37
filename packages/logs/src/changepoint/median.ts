/** The middle value, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Beyond so many values of a side every k-th of the sorted ones stands for all. */
const sideMax = 400;

/** The median of all differences between one of `after` and one of `before` (Hodges and Lehmann 1963). */
export function medianDifference(before: readonly number[], after: readonly number[]): number {
  const [fewBefore, fewAfter] = [thinned(before), thinned(after)];
  return median(fewAfter.flatMap((later) => fewBefore.map((earlier) => later - earlier)));
}

function thinned(values: readonly number[]): readonly number[] {
  if (values.length <= sideMax) return values;
  const sorted = [...values].sort((a, b) => a - b);
  return Array.from(
    { length: sideMax },
    (_, place) => sorted[Math.floor(((place + 0.5) * values.length) / sideMax)]!,
  );
}
