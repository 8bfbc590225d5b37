/**
 * A set of integers below a fixed bound that gives back its smallest member. A tree of 32-bit words, each bit of a
 * word saying whether the word below it holds anything: a bitmap with summaries, the fixed-fan-out cousin of van Emde
 * Boas's tree (1975). Four levels hold a million.
 */
export interface SmallestFirstQueue {
  /** Adds `value`, if it is not there yet. Cost: O(log₃₂ bound). */
  add(value: number): void;
  /** Takes out the smallest member; −1 when there is none. Cost: O(log₃₂ bound). */
  takeSmallest(): number;
}

/** An empty queue for the integers 0 ≤ value < `bound`. Memory: about `bound` bits. */
export function smallestFirstQueue(bound: number): SmallestFirstQueue {
  const levels: Int32Array[] = [];
  for (let bits = bound; bits > 1 || levels.length === 0; bits = (bits + 31) >>> 5) {
    levels.push(new Int32Array((bits + 31) >>> 5));
  }
  return {
    add(value) {
      let bit = value;
      for (const words of levels) {
        words[bit >>> 5]! |= 1 << (bit & 31);
        bit >>>= 5;
      }
    },
    takeSmallest() {
      let value = 0;
      for (let level = levels.length - 1; level >= 0; level--) {
        const word = levels[level]![value]!;
        if (word === 0) return -1;
        value = (value << 5) | lowestBit(word);
      }
      removeFrom(levels, value);
      return value;
    },
  };
}

function removeFrom(levels: readonly Int32Array[], value: number): void {
  let bit = value;
  for (const words of levels) {
    words[bit >>> 5]! &= ~(1 << (bit & 31));
    if (words[bit >>> 5] !== 0) return;
    bit >>>= 5;
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
