/**
 * Numbers that are changed by adding to all from a place on, and asked for the least of them: a tree over their differences
 * whose nodes hold the sum below them and the least sum of a prefix. An addition costs O(log n), a question O(1).
 */
export class MinimumTree {
  private leafCount = 1;
  private sums = new Int32Array(2);
  private leasts = new Int32Array(2);

  /** Begins anew with the first `count` of `values`. */
  reset(values: Int32Array, count: number): void {
    let leafCount = 1;
    while (leafCount < count) leafCount *= 2;
    this.leafCount = leafCount;
    if (this.sums.length < 2 * leafCount) {
      this.sums = new Int32Array(2 * leafCount);
      this.leasts = new Int32Array(2 * leafCount);
    }
    const { sums, leasts } = this;
    for (let k = 0, previous = 0; k < leafCount; k++) {
      const value = k < count ? values[k]! : previous;
      sums[leafCount + k] = value - previous;
      leasts[leafCount + k] = value - previous;
      previous = value;
    }
    for (let k = leafCount - 1; k > 0; k--) {
      sums[k] = sums[2 * k]! + sums[2 * k + 1]!;
      leasts[k] = Math.min(leasts[2 * k]!, sums[2 * k]! + leasts[2 * k + 1]!);
    }
  }

  get minimum(): number {
    return this.leasts[1]!;
  }

  /** Adds to all numbers from place `from` on. */
  addFrom(from: number, amount: number): void {
    const { sums, leasts } = this;
    let k = from + this.leafCount;
    sums[k]! += amount;
    leasts[k]! += amount;
    for (k >>= 1; k > 0; k >>= 1) {
      sums[k]! += amount;
      const left = leasts[2 * k]!;
      const right = sums[2 * k]! + leasts[2 * k + 1]!;
      leasts[k] = Math.min(left, right);
    }
  }
}
