import { seededRandom } from '../changepoint/random.ts';

/** Which of the lines that no template matches are looked at, when lines hardly repeat. */
export interface Sample {
  /**
   * Is a line of this kind one of them? Then the number of lines that it stands for besides itself: those of its kind that were left
   * out since the last. -1 if it is left out. Lines of one form and sort are of one kind.
   */
  take(kind: number): number;
  /** From now on not all are taken. */
  begin(): void;
  /** From now on all are taken again. */
  end(): void;
}

/** Kinds that are told apart; others share their places. */
const kinds = 64;

/** Of the lines of one kind at least one of so many is looked at. */
const maxStride = 256;

/**
 * A sample of all lines until it begins. In a log that repeats nothing, each line would have to be compared with all others for no
 * result; what is frequent is found in some of them just as well. Each kind is sampled for itself (a stratified sample, Neyman 1934),
 * fewer and fewer of its lines the more there were, so that what is unlike most lines by its form or its level is looked at.
 */
export function createSample(): Sample {
  let isBegun = false;
  const random = seededRandom(7);
  const seen = new Int32Array(kinds);
  const since = new Int32Array(kinds);
  const gaps = new Int32Array(kinds);
  return {
    take(kind) {
      if (!isBegun) return 0;
      const place = kind & (kinds - 1);
      const stride = Math.min(maxStride, ++seen[place]!);
      if (since[place]! < gaps[place]!) {
        since[place]! += 1;
        return -1;
      }
      const others = since[place]!;
      since[place] = 0;
      // By chance, since lines may take turns.
      gaps[place] = Math.floor(random() * (2 * stride - 1));
      return others;
    },
    begin() {
      isBegun = true;
    },
    end() {
      isBegun = false;
      for (const counts of [seen, since, gaps]) counts.fill(0);
    },
  };
}
