import { countCrossings } from './crossings.ts';
import { Effort } from './effort.ts';
import { exchangeNeighbours } from './exchange.ts';
import { breadthFirstSequence, depthFirstSequence, shuffledSequence } from './initialOrder.ts';
import { LayerOrder } from './layerOrder.ts';
import type { ProperGraph } from './properGraph.ts';
import { randomNumbers } from './randomNumbers.ts';
import { reinsert, reinsertGroups } from './reinsert.ts';
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

/** The share of the work after which no further first order is tried, and no further exchange. */
const startShare = 0.3;
const exchangeShare = 0.5;
/** Rounds of sweeps from one first order, and those in a row that may bring nothing. */
const roundsMax = 24;
const idleRoundsMax = 8;
/** Further searches in a row that may bring nothing before a graph is done. */
const idleSearchesMax = 150;
/** What is spent on one search that ruins and mends. */
const groupShare = 0.1;
const idleGroupsMax = 300;

/**
 * An order of the nodes within layers and lanes with few crossings. Sweeps are tried from several first orders; from the
 * best, sweeps with exchanges of neighbours go on; then nodes are moved together with their long edges until that saves
 * nothing more. While work is left, parts of the best order are ruined and mended, and the same is done from random first
 * orders, better orders being kept. The same graph always gives the same order.
 */
export function reduceCrossings(graph: ProperGraph, { workMax }: EffortOptions): Ordering {
  const order = new LayerOrder(graph, depthFirstSequence(graph, 'first'));
  const effort = new Effort(graph, workMax);
  const best = new Best(order);
  for (const [number, start] of firstOrders(graph).entries()) {
    if (best.crossings === 0 || (number > 0 && effort.isSpent(startShare))) break;
    order.arrange(start.sequence);
    improveBySweeps(order, best, effort, { isForwardFirst: start.isForwardFirst, hasExchanges: false });
  }
  improveFrom(order, best, effort);
  searchOn(order, best, effort);
  best.restore(order);
  return { order, crossings: best.crossings };
}

function firstOrders(graph: ProperGraph) {
  const sequences = [
    depthFirstSequence(graph, 'first'),
    breadthFirstSequence(graph, 'first'),
    breadthFirstSequence(graph, 'last'),
    depthFirstSequence(graph, 'last'),
  ];
  return [true, false].flatMap((isForwardFirst) =>
    sequences.map((sequence) => ({ sequence, isForwardFirst })),
  );
}

/** Until the work is spent or some searches have brought nothing. */
function searchOn(order: LayerOrder, best: Best, effort: Effort): void {
  const random = randomNumbers(1);
  let idle = 0;
  effort.hasGained();
  for (let round = 0; idle < idleSearchesMax && best.crossings > 0; round++) {
    if (effort.isSpent(1) || effort.isIdle) return;
    const before = best.crossings;
    if (!order.graph.areBendsShared && random() < 0.5) {
      best.restore(order);
      const workMax = Math.min(effort.left, groupShare * effort.workMax);
      effort.add(reinsertGroups(order, { workMax, idleMax: idleGroupsMax, random }).work);
      moveNodes(order, effort);
    } else {
      order.arrange(shuffledSequence(order.graph, random));
      const own = new Best(order);
      improveBySweeps(order, own, effort, { isForwardFirst: round % 2 === 0, hasExchanges: false });
      improveFrom(order, own, effort);
    }
    best.consider(order);
    idle = best.crossings < before ? 0 : idle + 1;
    if (idle === 0) effort.hasGained();
  }
}

interface SweepRounds {
  readonly isForwardFirst: boolean;
  /** Whether each sweep is followed by exchanges of neighbours, as in dot. */
  readonly hasExchanges: boolean;
}

/** Sweeps there and back until some rounds have brought nothing. */
function improveBySweeps(
  order: LayerOrder,
  best: Best,
  effort: Effort,
  { isForwardFirst, hasExchanges }: SweepRounds,
): void {
  let crossingsMin = Number.POSITIVE_INFINITY;
  for (let round = 0, idle = 0; idle < idleRoundsMax && best.crossings > 0; round++) {
    if (effort.isSpent(hasExchanges ? exchangeShare : 1)) return;
    if (!hasExchanges && round === roundsMax) return;
    const isRestless = round % 4 < 2;
    sweep(order, {
      direction: (round % 2 === 0) === isForwardFirst ? 'forward' : 'backward',
      by: round % 8 < 4 ? 'barycenter' : 'median',
      areTiesReversed: !isRestless,
    });
    effort.add(effort.sweepWork);
    if (hasExchanges) {
      effort.add(exchangeNeighbours(order, { isRestless, workMax: effort.left }).work);
    }
    const crossings = best.consider(order);
    idle = crossings < crossingsMin ? 0 : idle + 1;
    crossingsMin = Math.min(crossingsMin, crossings);
  }
}

/** From the best order so far, to where no node can be moved to save a crossing. */
function improveFrom(order: LayerOrder, best: Best, effort: Effort): void {
  best.restore(order);
  improveBySweeps(order, best, effort, { isForwardFirst: true, hasExchanges: true });
  best.restore(order);
  moveNodes(order, effort);
  best.consider(order);
}

/** Moves nodes, with and without their long edges, until neither saves a crossing any more. */
function moveNodes(order: LayerOrder, effort: Effort): void {
  for (let idle = 0; idle < 2 && !effort.isSpent(1); ) {
    const isRestless = idle > 0;
    // Edges with bends in common cannot be moved one by one.
    const stars = order.graph.areBendsShared
      ? { saved: 0, work: 0 }
      : reinsert(order, { isRestless, workMax: effort.left });
    effort.add(stars.work);
    const nodes = sift(order, { isRestless, workMax: effort.left });
    effort.add(nodes.work);
    idle = stars.saved + nodes.saved > 0 ? 0 : idle + 1;
  }
}

/** The best order seen. */
class Best {
  crossings: number;
  private readonly nodes: Int32Array;

  constructor(order: LayerOrder) {
    this.crossings = countCrossings(order);
    this.nodes = order.nodes.slice();
  }

  /** Keeps the order if it is better; returns its crossings. */
  consider(order: LayerOrder): number {
    const crossings = countCrossings(order);
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
