import { median, medianDifference } from './median.ts';
import { seededRandom, shuffle } from './random.ts';
import { midranks } from './ranks.ts';

/** A place in a series from which on its values are of another size. */
export interface ChangePoint {
  /** Of the first value after the change. */
  readonly index: number;
  /** How likely so clear a change is in a series without any. */
  readonly pValue: number;
  /** Medians of the values since the change before, and until the next one. */
  readonly before: number;
  readonly after: number;
  /** By how much the values changed, less moved by single ones than the medians: Hodges and Lehmann (1963). */
  readonly shift: number;
}

export interface ChangePointOptions {
  /** Changes less significant than this are not told. Default: 0.01. */
  readonly alpha?: number;
  /** The fewest values before and after a change. Default: 3. */
  readonly segmentMin?: number;
  /** Random orders that a series is compared with. Default: 1,999. */
  readonly permutations?: number;
}

/**
 * Finds where the level of a series changes, without assuming how its values are distributed: at each place the values
 * before and after it are compared by their ranks (Mann and Whitney 1947, standardized, with ties), the most significant
 * place is the candidate (Hawkins and Deng 2010), and it counts if few random orders of the same values have one as
 * significant (a permutation test, whose orders are the same for each call). Both sides are then searched in their turn
 * (binary segmentation, Scott and Knott 1974). Ranks make it deaf to single outliers, and standardizing lets it hear a
 * change in the last few values, which Pettitt's test (1979) does not.
 *
 * Returns the changes in the order of the series. Cost: O(permutations · n) for each change and each side.
 */
export function changePoints(values: readonly number[], options: ChangePointOptions = {}): ChangePoint[] {
  const { alpha = 0.01, segmentMin = 3, permutations = 1999 } = options;
  const found: { readonly index: number; readonly pValue: number }[] = [];
  const search = (start: number, end: number): void => {
    const candidate = clearestSplit(values.slice(start, end), { alpha, segmentMin, permutations });
    if (candidate === undefined) return;
    const index = start + candidate.index;
    search(start, index);
    found.push({ index, pValue: candidate.pValue });
    search(index, end);
  };
  search(0, values.length);
  return found.map(({ index, pValue }, place) => {
    const before = values.slice(found[place - 1]?.index ?? 0, index);
    const after = values.slice(index, found[place + 1]?.index ?? values.length);
    return {
      index,
      pValue,
      before: median(before),
      after: median(after),
      shift: medianDifference(before, after),
    };
  });
}

/** The most significant place to part the values at, if it is significant. */
function clearestSplit(
  values: readonly number[],
  { alpha, segmentMin, permutations }: Required<ChangePointOptions>,
): { readonly index: number; readonly pValue: number } | undefined {
  if (values.length < 2 * segmentMin) return undefined;
  const { ranks, tieTerm } = midranks(values);
  const deviations = rankSumDeviations(values.length, tieTerm);
  const observed = greatest(ranks, deviations, segmentMin);
  if (observed.score === 0) return undefined;
  const random = seededRandom(values.length);
  const shuffled = Float64Array.from(ranks);
  const tolerated = alpha * (permutations + 1);
  let asClear = 1;
  for (let round = 0; round < permutations; round++) {
    shuffle(shuffled, random);
    if (greatest(shuffled, deviations, segmentMin).score >= observed.score - 1e-9) asClear += 1;
    if (asClear > tolerated) return undefined;
  }
  return { index: observed.index, pValue: asClear / (permutations + 1) };
}

/** By the number k of values before the split: the standard deviation of their rank sum when there is no change. */
function rankSumDeviations(count: number, tieTerm: number): Float64Array {
  const deviations = new Float64Array(count);
  const ties = count > 1 ? tieTerm / (count * (count - 1)) : 0;
  for (let before = 1; before < count; before++) {
    deviations[before] = Math.sqrt(((before * (count - before)) / 12) * Math.max(0, count + 1 - ties));
  }
  return deviations;
}

function greatest(
  ranks: Float64Array,
  deviations: Float64Array,
  segmentMin: number,
): { readonly index: number; readonly score: number } {
  const count = ranks.length;
  let sum = 0;
  let index = 0;
  let score = 0;
  for (let before = 1; before <= count - segmentMin; before++) {
    sum += ranks[before - 1]!;
    if (before < segmentMin || deviations[before] === 0) continue;
    const here = Math.abs(sum - (before * (count + 1)) / 2) / deviations[before]!;
    if (here > score) {
      score = here;
      index = before;
    }
  }
  return { index, score };
}
