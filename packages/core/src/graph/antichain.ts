import type { Dag } from './dag.ts';
import { type Arcs, maximumFlow } from './maximumFlow.ts';
import { dependenciesByPlace } from './places.ts';
import type { Rows } from './rows.ts';
import { transitiveReduction } from './transitiveReduction.ts';

/**
 * A largest set of jobs of which none depends on another, in file order: the most that could ever run at once. Its
 * size is the width of the graph. Of all such sets it is the earliest: each of its jobs is, or is needed by, a job of
 * every other one.
 *
 * The width is the least number of chains that cover all jobs (Dilworth 1950). Since chains may share jobs, that is a
 * minimum flow along dependencies in which every job carries a unit or more; the closure is never formed, which
 * Hopcroft–Karp matching would need. The flow is a greedy cover less all that can be taken back from it (a maximum
 * flow), and the set is where the minimum cut crosses jobs (Möhring 1985). Cost: that of `transitiveReduction`, and of
 * `maximumFlow` over m′ + 3 n arcs, m′ being the dependencies kept: some dozens of passes in practice.
 */
export function maximumAntichain(dag: Dag): Int32Array {
  const rows = dependenciesByPlace(transitiveReduction(dag).dag);
  const isEarly = maximumFlow(
    removableFlow(rows, greedyCover(rows)),
    networkEnds(dag.jobCount),
  ).isOnSourceSide;
  return dag.order.filter((_, place) => isEarly[entryOf(place)] === 1 && isEarly[exitOf(place)] === 0).sort();
}

/** The job at a place is two nodes: flow comes in at its entry and goes out at its exit. */
function entryOf(place: number): number {
  return 2 * place;
}

function exitOf(place: number): number {
  return 2 * place + 1;
}

function networkEnds(placeCount: number) {
  return { nodeCount: 2 * placeCount + 2, source: 2 * placeCount, sink: 2 * placeCount + 1 };
}

/** For each place the one before it in its chain, or −1: every job follows its last dependency that is free. */
function greedyCover({ offsets, values }: Rows): Int32Array {
  const previous = new Int32Array(offsets.length - 1).fill(-1);
  const isFollowed = new Uint8Array(previous.length);
  for (let place = 0; place < previous.length; place++) {
    let k = offsets[place + 1]! - 1;
    while (k >= offsets[place]! && isFollowed[values[k]!] === 1) k--;
    if (k < offsets[place]!) continue;
    isFollowed[values[k]!] = 1;
    previous[place] = values[k]!;
  }
  return previous;
}

/** More than any flow through a graph of jobs. */
const unlimited = 0x3fffffff;

/**
 * What can be taken back from the chains, as a network against their direction: a unit less from a chain's start, or
 * to its end, or between jobs that follow each other. More may flow anywhere, and within a job one unit has to stay.
 */
function removableFlow({ offsets, values }: Rows, previous: Int32Array): Arcs {
  const placeCount = previous.length;
  const { source, sink } = networkEnds(placeCount);
  const arcs = arcColumns(values.length + 3 * placeCount);
  const isFollowed = new Uint8Array(placeCount);
  for (const place of previous) if (place >= 0) isFollowed[place] = 1;
  for (let place = 0; place < placeCount; place++) {
    if (previous[place] === -1) arcs.add(source, entryOf(place), 1, 0);
    if (isFollowed[place] === 0) arcs.add(exitOf(place), sink, 1, 0);
    arcs.add(entryOf(place), exitOf(place), 0, unlimited);
    for (let k = offsets[place + 1]! - 1; k >= offsets[place]!; k--) {
      arcs.add(entryOf(place), exitOf(values[k]!), unlimited, previous[place] === values[k] ? 1 : 0);
    }
  }
  return arcs.columns();
}

function arcColumns(countMax: number) {
  const [from, to, capacity, reverseCapacity] = Array.from({ length: 4 }, () => new Int32Array(countMax)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  let count = 0;
  return {
    add(start: number, end: number, forwards: number, backwards: number): void {
      from[count] = start;
      to[count] = end;
      capacity[count] = forwards;
      reverseCapacity[count++] = backwards;
    },
    columns(): Arcs {
      return {
        from: from.subarray(0, count),
        to: to.subarray(0, count),
        capacity: capacity.subarray(0, count),
        reverseCapacity: reverseCapacity.subarray(0, count),
      };
    },
  };
}
