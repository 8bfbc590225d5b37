import type { ExchangeOptions, Saving } from './exchange.ts';
import type { LayerOrder } from './layerOrder.ts';
import type { ProperGraph } from './properGraph.ts';
import { StarReinserter } from './starReinserter.ts';

/**
 * Takes each node out together with its long edges and puts all back where they cross least, until a pass over all nodes saves
 * nothing. For graphs whose edges have bends of their own. Cost of a pass: O(d · m log w) for edges of d layers in sum, with m
 * edges between two layers of w nodes.
 */
export function reinsert(order: LayerOrder, { isRestless, workMax }: ExchangeOptions): Saving {
  const stars = new StarReinserter(order);
  let saved = 0;
  for (let savedInPass = 1; savedInPass > 0 && stars.work < workMax; ) {
    savedInPass = 0;
    for (const node of stars.worstFirst()) {
      if (stars.work >= workMax) break;
      savedInPass += stars.reinsert(node, isRestless);
    }
    saved += savedInPass;
  }
  order.sortRows();
  return { saved, work: stars.work };
}

/** Nodes taken out together: from two to so many. */
const groupMax = 7;
/** Groups after which it is looked anew which nodes cross. */
const groupsBetweenLooks = 200;

export interface GroupOptions {
  readonly workMax: number;
  /** Groups in a row that may save nothing. */
  readonly idleMax: number;
  readonly random: () => number;
}

/**
 * Ruins and mends: takes a few nodes near each other out and puts them back one by one in random order, again and again; what
 * costs no crossings is kept (large neighbourhood search: Shaw 1998).
 */
export function reinsertGroups(order: LayerOrder, { workMax, idleMax, random }: GroupOptions): Saving {
  const stars = new StarReinserter(order);
  let saved = 0;
  let idle = 0;
  let nodes = stars.worstFirst();
  for (let step = 1; stars.work < workMax && idle < idleMax; step++) {
    if (step % groupsBetweenLooks === 0) nodes = stars.worstFirst();
    const seed = nodes[Math.floor(random() * nodes.length)];
    if (seed === undefined) break;
    const savedNow = stars.reinsertGroup(groupAround(order.graph, seed, random), true);
    saved += savedNow;
    idle = savedNow > 0 ? 0 : idle + 1;
  }
  order.sortRows();
  return { saved, work: stars.work };
}

/** Nodes met on a walk from `seed`, in random order. */
function groupAround(graph: ProperGraph, seed: number, random: () => number): number[] {
  const size = 2 + Math.floor(random() * (groupMax - 1));
  const group = [seed];
  for (let step = 0; group.length < size && step < 3 * size; step++) {
    const from = group[Math.floor(random() * group.length)]!;
    const { offsets, values } = random() < 0.5 ? graph.before : graph.after;
    const degree = offsets[from + 1]! - offsets[from]!;
    if (degree === 0) continue;
    let at = values[offsets[from]! + Math.floor(random() * degree)]!;
    while (at >= graph.realCount) at = values[offsets[at]!]!;
    if (!group.includes(at)) group.splice(Math.floor(random() * (group.length + 1)), 0, at);
  }
  return group;
}
