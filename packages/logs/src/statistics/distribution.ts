/** How values are spread, in bounded memory. */
export interface Distribution {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  add(value: number): void;
  /** The value that the share `q` of all lies at or below; NaN of none. */
  quantile(q: number): number;
  summary(): DistributionSummary | undefined;
}

/** What is shown of a distribution, in the unit of its values. */
export interface DistributionSummary {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** So many values are kept as they are; above that quantiles are within 1 %. */
const exactMax = 4096;
const gamma = 1.01 / 0.99;
const logGamma = Math.log(gamma);

/**
 * Values of at least 0. The first few thousand are kept, and quantiles of them are exact (nearest rank); beyond that they
 * are counted in buckets that grow by 2 %, so that a quantile is wrong by 1 % at most and memory does not grow: DDSketch
 * (Masson, Rim and Lee 2019). Adding costs constant time.
 */
export function distribution(): Distribution {
  let exact: number[] | undefined = [];
  let isSorted = true;
  let buckets: Map<number, number> | undefined;
  let count = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;

  function toBuckets(value: number): void {
    buckets ??= new Map();
    const bucket = value <= 0 ? Number.NEGATIVE_INFINITY : Math.ceil(Math.log(value) / logGamma);
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  }

  function ofBuckets(rank: number): number {
    let seen = 0;
    for (const [bucket, size] of [...buckets!].sort(([a], [b]) => a - b)) {
      seen += size;
      if (seen < rank) continue;
      const middle = bucket === Number.NEGATIVE_INFINITY ? 0 : (2 * gamma ** bucket) / (gamma + 1);
      return Math.min(max, Math.max(min, middle));
    }
    return max;
  }

  function quantile(q: number): number {
    if (count === 0) return Number.NaN;
    const rank = Math.max(1, Math.ceil(q * count));
    if (exact === undefined) return ofBuckets(rank);
    if (!isSorted) exact.sort((a, b) => a - b);
    isSorted = true;
    return exact[rank - 1]!;
  }

  return {
    get count() {
      return count;
    },
    get sum() {
      return sum;
    },
    get min() {
      return min;
    },
    get max() {
      return max;
    },
    add(value) {
      count += 1;
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
      if (exact === undefined) {
        toBuckets(value);
        return;
      }
      isSorted = false;
      exact.push(value);
      if (exact.length <= exactMax) return;
      exact.forEach(toBuckets);
      exact = undefined;
    },
    quantile,
    summary() {
      if (count === 0) return undefined;
      return {
        count,
        min,
        mean: sum / count,
        p50: quantile(0.5),
        p90: quantile(0.9),
        p95: quantile(0.95),
        p99: quantile(0.99),
        max,
      };
    },
  };
}
