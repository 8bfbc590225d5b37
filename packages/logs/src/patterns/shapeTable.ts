/**
 * Numbers of masked lines, which are known by their hashes alone: 64 bits, so that two of them are taken for one with a chance of one
 * in ten thousand million where there are 60,000. Open addressing: a look makes no objects.
 */
export interface ShapeTable {
  /** How many masked lines it holds. */
  readonly size: number;
  /** The number of a masked line, or -1. */
  find(low: number, high: number): number;
  /** Adds a masked line that is not in it. */
  add(low: number, high: number, number: number): void;
  /** Forgets masked lines with numbers below this one. */
  keepFrom(number: number): void;
}

const columns = 3;

/** An empty table, which grows. */
export function createShapeTable(): ShapeTable {
  /** Of each slot a number + 1, or 0, and the two halves of the hash. */
  let slots = new Int32Array(4096 * columns);
  let mask = 4095;
  let size = 0;

  /** Where the masked line is, or can be put. */
  function placeOf(low: number, high: number): number {
    let place = (low & mask) * columns;
    while (slots[place] !== 0 && (slots[place + 1] !== low || slots[place + 2] !== high)) {
      place += columns;
      if (place === slots.length) place = 0;
    }
    return place;
  }

  function add(low: number, high: number, number: number): void {
    if ((size + 1) * columns * 2 > slots.length) rebuild(slots.length * 2, 0);
    const place = placeOf(low, high);
    slots[place] = number + 1;
    slots[place + 1] = low;
    slots[place + 2] = high;
    size += 1;
  }

  function rebuild(length: number, first: number): void {
    const old = slots;
    slots = new Int32Array(length);
    mask = length / columns - 1;
    size = 0;
    for (let place = 0; place < old.length; place += columns)
      if (old[place]! > first) add(old[place + 1]!, old[place + 2]!, old[place]! - 1);
  }

  return {
    get size() {
      return size;
    },
    find(low, high) {
      return slots[placeOf(low, high)]! - 1;
    },
    add,
    keepFrom(number) {
      rebuild(slots.length, number);
    },
  };
}
