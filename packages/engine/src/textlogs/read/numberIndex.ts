/** Finds the place of a number that is not negative: a hash table in one typed array, without an object for each entry. */
export interface NumberIndex {
  /** The place that the number was added with, or −1. */
  find(number: number): number;
  add(number: number, place: number): void;
}

/** Makes an empty index. A number costs 16 to 32 bytes; the few of a small one are compared one by one. */
export function numberIndex(): NumberIndex {
  return new OpenIndex();
}

class OpenIndex implements NumberIndex {
  /** Pairs of a number plus one and its place; by hash once there are more than a few. At most half of them are taken. */
  #pairs = new Int32Array(2 * fewMax);
  #size = 0;

  find(number: number): number {
    const pairs = this.#pairs;
    if (pairs.length === 2 * fewMax) {
      for (let at = 2 * (this.#size - 1); at >= 0; at -= 2)
        if (pairs[at] === number + 1) return pairs[at + 1]!;
      return -1;
    }
    const mask = pairs.length / 2 - 1;
    for (let slot = hashOf(number) & mask; pairs[2 * slot] !== 0; slot = (slot + 1) & mask)
      if (pairs[2 * slot] === number + 1) return pairs[2 * slot + 1]!;
    return -1;
  }

  add(number: number, place: number): void {
    if (this.#size < fewMax) {
      this.#pairs[2 * this.#size] = number + 1;
      this.#pairs[2 * this.#size + 1] = place;
    } else {
      if (4 * (this.#size + 1) > this.#pairs.length) this.#grow();
      insert(this.#pairs, number, place);
    }
    this.#size += 1;
  }

  #grow(): void {
    const more = new Int32Array(4 * this.#pairs.length);
    for (let at = 0; at < this.#pairs.length; at += 2)
      if (this.#pairs[at] !== 0) insert(more, this.#pairs[at]! - 1, this.#pairs[at + 1]!);
    this.#pairs = more;
  }
}

/** So many pairs fill the 64 bytes that a typed array can have within its object. */
const fewMax = 8;

function insert(pairs: Int32Array, number: number, place: number): void {
  const mask = pairs.length / 2 - 1;
  let slot = hashOf(number) & mask;
  while (pairs[2 * slot] !== 0) slot = (slot + 1) & mask;
  pairs[2 * slot] = number + 1;
  pairs[2 * slot + 1] = place;
}

/** Multiplicative hashing (Knuth 1973). */
function hashOf(number: number): number {
  const hash = Math.imul(number, 0x9e3779b1);
  return hash ^ (hash >>> 15);
}
