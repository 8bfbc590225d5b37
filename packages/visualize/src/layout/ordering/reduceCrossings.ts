import { countCrossings } from './crossings.ts';
import { exchangeNeighbours } from './exchange.ts';
import { breadthFirstSequence, depthFirstSequence } from './initialOrder.ts';
import { LayerOrder } from './layerOrder.ts';
import type { ProperGraph } from './properGraph.ts';
import { randomNumbers } from './randomNumbers.ts';
import { sift } from './sift.ts';
import { sweep } from './sweep.ts';

export interface Ordering {
  readonly order: LayerOrder;
  readonly crossings: number;
}

export interface EffortOptions {
  /** Looks at edges after which the best order so far is taken. */
  readonly workMax: number;
}

/** Rounds of sweeps without a better order after which they are given up. */
const idleRoundsMax = 8;
/** The share of the work that goes into first orders. */
const restartShare = 0.6;
/** First orders, and shakes, in a row that may bring nothing: small graphs are done long before the work is spent. */
const idleRestartsMax = 30;
const idleShakesMax = 120;
/** The share of the work that may bring nothing before a graph is done; of small ones, more. */
const idleShare = 0.15;
const smallNodesMax = 500;
const smallIdleWork = 4_000_000;
/** What a sweep costs however small the graph is. */
const sweepBaseWork = 2000;

/**
 * An order of the nodes within layers and lanes with few crossings. Several first orders are improved by sweeps and
 * exchanges; the best is sifted; and while work is left, it is shaken and improved again, better orders being kept
 * (iterated local search). The same graph always gives the same order.
 */
export function reduceCrossings(graph: ProperGraph, { workMax }: EffortOptions): Ordering {
  const order = new LayerOrder(graph, depthFirstSequence(graph, 'first'));
  const effort = new Effort(graph, workMax);
  const best = new Best(order);
  let idle = 0;
  for (const sequence of firstSequences(graph)) {
    if (best.crossings === 0 || idle === idleRestartsMax || (idle > 3 && effort.isIdle)) break;
    if (best.isImproved && effort.isSpent(restartShare)) break;
    const before = best.crossings;
    order.arrange(sequence);
    improveBySweeps(order, best, effort);
    idle = best.crossings < before ? 0 : idle + 1;
    if (idle === 0) effort.hasGained();
  }
  best.restore(order);
  polish(order, best, effort);
  effort.hasGained();
  shakeAndImprove(order, best, effort);
  best.restore(order);
  return { order, crossings: best.crossings };
}

/** Sequences to begin with, without end: those of searches through the graph, then random ones. */
function* firstSequences(graph: ProperGraph): Generator<ArrayLike<number>> {
  yield depthFirstSequence(graph, 'first');
  yield breadthFirstSequence(graph, 'first');
  yield breadthFirstSequence(graph, 'last');
  yield depthFirstSequence(graph, 'last');
  const random = randomNumbers(2);
  for (;;) {
    const keys = Float64Array.from({ length: graph.nodeCount }, random);
    yield Int32Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]!);
  }
}

/** Sweeps there and back, with exchanges after each (as dot does), until some rounds have brought nothing. */
function improveBySweeps(order: LayerOrder, best: Best, effort: Effort): void {
  best.consider(order);
  let crossingsMin = Number.POSITIVE_INFINITY;
  for (let round = 0, idle = 0; idle < idleRoundsMax && best.crossings > 0; round++) {
    if (best.isImproved && effort.isSpent(restartShare)) return;
    const isRestless = round % 4 < 2;
    sweep(order, {
      direction: round % 2 === 0 ? 'forward' : 'backward',
      by: round % 8 < 4 ? 'barycenter' : 'median',
      areTiesReversed: !isRestless,
    });
    effort.add(effort.sweepWork);
    effort.add(exchangeNeighbours(order, { isRestless, workMax: effort.left }).work);
    const crossings = best.consider(order);
    idle = crossings < crossingsMin ? 0 : idle + 1;
    crossingsMin = Math.min(crossingsMin, crossings);
  }
}

/** Sifts and exchanges until neither saves a crossing any more. */
function polish(order: LayerOrder, best: Best, effort: Effort): void {
  for (let idle = 0; idle < 2 && best.crossings > 0 && !effort.isSpent(1); ) {
    const { saved, work } = sift(order, { isRestless: idle > 0, workMax: effort.left });
    effort.add(work);
    idle = saved > 0 ? 0 : idle + 1;
  }
  best.consider(order);
}

function shakeAndImprove(order: LayerOrder, best: Best, effort: Effort): void {
  const random = randomNumbers(1);
  let idle = 0;
  for (
    let round = 0;
    best.crossings > 0 && idle < idleShakesMax && !(effort.isSpent(1) || effort.isIdle);
    round++
  ) {
    const before = best.crossings;
    best.restore(order);
    const strength = 1 + random() * 8;
    const noise = () => (random() - 0.5) * strength;
    for (const direction of round % 2 === 0
      ? (['forward', 'backward'] as const)
      : (['backward', 'forward'] as const)) {
      sweep(order, { direction, by: 'barycenter', areTiesReversed: random() < 0.5, noise });
      effort.add(effort.sweepWork);
    }
    effort.add(exchangeNeighbours(order, { isRestless: round % 4 < 2, workMax: effort.left }).work);
    polish(order, best, effort);
    idle = best.crossings < before ? 0 : idle + 1;
    if (idle === 0) effort.hasGained();
  }
}

/** The work done so far, out of what may be done. */
class Effort {
  readonly sweepWork: number;
  private readonly workMax: number;
  private work = 0;
  private workAtGain = 0;
  private readonly idleWorkMax: number;

  constructor({ nodeCount, after }: ProperGraph, workMax: number) {
    this.workMax = workMax;
    this.idleWorkMax = Math.max(idleShare * workMax, nodeCount < smallNodesMax ? smallIdleWork : 0);
    this.sweepWork = sweepBaseWork + 8 * (nodeCount + after.values.length);
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
    return this.work - this.workAtGain > this.idleWorkMax;
  }

  isSpent(share: number): boolean {
    return this.work >= share * this.workMax;
  }
}

/** The best order seen. */
class Best {
  crossings: number;
  /** Whether anything but the first order was looked at. */
  isImproved = false;
  private readonly nodes: Int32Array;

  constructor(order: LayerOrder) {
    this.crossings = countCrossings(order);
    this.nodes = order.nodes.slice();
  }

  /** Keeps the order if it is better; returns its crossings. */
  consider(order: LayerOrder): number {
    const crossings = countCrossings(order);
    this.isImproved = true;
    if (crossings < this.crossings) {
      this.crossings = crossings;
      this.nodes.set(order.nodes);
    }
    return crossings;
  }

  restore(order: LayerOrder): void {
    order.arrange(this.nodes);
  }
}
