import type { ProperGraph } from './properGraph.ts';

/** What a sweep costs however small the graph is, and for each node and edge, in looks at edges. */
const sweepBaseWork = 500;
const sweepElementWork = 12;
/** The share of the work that may bring nothing before a graph is done. */
const idleShare = 0.25;

/** The work done so far, out of what may be done. It is counted, not timed, so that the result is always the same. */
export class Effort {
  readonly workMax: number;
  readonly sweepWork: number;
  private work = 0;
  private workAtGain = 0;

  constructor({ nodeCount, after }: ProperGraph, workMax: number) {
    this.workMax = workMax;
    this.sweepWork = sweepBaseWork + sweepElementWork * (nodeCount + after.values.length);
  }

  add(work: number): void {
    this.work += work;
  }

  get left(): number {
    return this.workMax - this.work;
  }

  /** Notes that the work so far was not in vain. */
  hasGained(): void {
    this.workAtGain = this.work;
  }

  get isIdle(): boolean {
    return this.work - this.workAtGain > idleShare * this.workMax;
  }

  isSpent(share: number): boolean {
    return this.work >= share * this.workMax;
  }
}
