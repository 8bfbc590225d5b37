import { seededRandom } from '../changepoint/random.ts';

/** Which of the lines that no template matches are looked at, when there are too many of them. */
export interface Sample {
  /**
   * Is the masked line with this hash one of them? Then the number of lines that it stands for besides itself: those left out since
   * the last, 0 if it is taken because it was left out before. -1 if it is left out.
   */
  take(hash: number): number;
  /** Fewer from now on, or more again. */
  adjust(areTooMany: boolean): void;
}

/** Lines that were left out are known again for about so many others. */
const remembered = 2 ** 18;

/** At least one line of so many is looked at. */
const maxStride = 64;
const step = 8;

/**
 * A sample of all lines at first. In a log that repeats nothing, each line would have to be compared with all others for no
 * result; what is frequent is found in some of them just as well.
 */
export function createSample(): Sample {
  let leftOut: Int32Array | undefined;
  const random = seededRandom(7);
  let stride = 1;
  let since = 0;
  let gap = 0;
  return {
    take(hash) {
      if (since >= gap) {
        const others = since;
        since = 0;
        // By chance, since lines of different kinds may take turns.
        gap = Math.floor(random() * (2 * stride - 1));
        return others;
      }
      leftOut ??= new Int32Array(remembered);
      const slot = hash & (remembered - 1);
      if (leftOut[slot] === hash) return 0;
      leftOut[slot] = hash;
      since += 1;
      return -1;
    },
    adjust(areTooMany) {
      stride = areTooMany ? Math.min(maxStride, stride * step) : Math.max(1, stride / step);
    },
  };
}
