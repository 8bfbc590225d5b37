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
  return new Sketch();
}

/** A class for the sake of memory: there may be one for each of very many jobs. */
class Sketch implements Distribution {
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  #exact: number[] | undefined = [];
  #isSorted = true;
  #buckets: Buckets | undefined;

  add(value: number): void {
    this.count += 1;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    if (this.#exact === undefined) {
      this.#toBuckets(value);
      return;
    }
    this.#isSorted = false;
    this.#exact.push(value);
    if (this.#exact.length <= exactMax) return;
    for (const each of this.#exact) this.#toBuckets(each);
    this.#exact = undefined;
  }

  quantile(q: number): number {
    if (this.count === 0) return Number.NaN;
    const rank = Math.max(1, Math.ceil(q * this.count));
    if (this.#exact === undefined) return this.#ofBuckets(rank);
    if (!this.#isSorted) this.#exact.sort((a, b) => a - b);
    this.#isSorted = true;
    return this.#exact[rank - 1]!;
  }

  summary(): DistributionSummary | undefined {
    const { count, sum, min, max } = this;
    if (count === 0) return undefined;
    const [p50 = 0, p90 = 0, p95 = 0, p99 = 0] = [0.5, 0.9, 0.95, 0.99].map((q) => this.quantile(q));
    return { count, min, mean: sum / count, p50, p90, p95, p99, max };
  }

  #toBuckets(value: number): void {
    this.#buckets ??= new Buckets();
    this.#buckets.add(value <= 0 ? zeroBucket : Math.ceil(Math.log(value) / logGamma));
  }

  #ofBuckets(rank: number): number {
    const bucket = this.#buckets!.ofRank(rank);
    const middle = bucket === zeroBucket ? 0 : (2 * gamma ** bucket) / (gamma + 1);
    return Math.min(this.max, Math.max(this.min, middle));
  }
}

/** Below all others: values of a picosecond and more, whatever their unit, have buckets above it. */
const zeroBucket = -3000;

/** How many values are in each bucket, from the first one that has any. */
class Buckets {
  #first = 0;
  #counts: number[] = [];

  add(bucket: number): void {
    const counts = this.#counts;
    if (counts.length === 0) this.#first = bucket;
    else if (bucket < this.#first) {
      this.#counts = [...new Array<number>(this.#first - bucket).fill(0), ...counts];
      this.#first = bucket;
    }
    while (this.#counts.length <= bucket - this.#first) this.#counts.push(0);
    this.#counts[bucket - this.#first]! += 1;
  }

  /** The bucket of the value with this rank, from 1. */
  ofRank(rank: number): number {
    let seen = 0;
    let at = -1;
    while (seen < rank && at < this.#counts.length - 1) seen += this.#counts[++at]!;
    return this.#first + at;
  }
}
