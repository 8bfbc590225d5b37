/** Arcs as columns: arc `i` leads from `from[i]` to `to[i]`, and what it carries can be taken back by its reverse. */
export interface Arcs {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly capacity: Int32Array;
  /** What the reverse can carry before anything flows. */
  readonly reverseCapacity: Int32Array;
}

export interface MaximumFlow {
  readonly value: number;
  /** By node, 1 for those that the source can still reach: the smallest source side of a minimum cut. */
  readonly isOnSourceSide: Uint8Array;
}

/**
 * The greatest flow from `source` to `sink` among nodes below `nodeCount`, and a minimum cut (Ford and Fulkerson
 * 1956), which is the same whatever the flow. Dinitz 1970: blocking flows in level graphs. Cost: O(V² · E) at the worst.
 */
export function maximumFlow(
  arcs: Arcs,
  { nodeCount, source, sink }: { nodeCount: number; source: number; sink: number },
): MaximumFlow {
  const network = layOut(arcs, nodeCount);
  const level = new Int32Array(nodeCount);
  const queue = new Int32Array(nodeCount);
  let value = 0;
  while (findLevels(network, source, sink, level, queue)) value += blockingFlow(network, source, sink, level);
  return { value, isOnSourceSide: Uint8Array.from(level, (distance) => (distance >= 0 ? 1 : 0)) };
}

/** Arcs and their reverses side by side by the node they leave: node `i` has those from `offsets[i]` on. */
interface Network {
  readonly offsets: Int32Array;
  readonly head: Int32Array;
  /** What each can still carry. */
  readonly capacity: Int32Array;
  readonly reverse: Int32Array;
}

function layOut({ from, to, capacity, reverseCapacity }: Arcs, nodeCount: number): Network {
  const offsets = new Int32Array(nodeCount + 1);
  for (const node of from) offsets[node + 1]!++;
  for (const node of to) offsets[node + 1]!++;
  for (let node = 0; node < nodeCount; node++) offsets[node + 1]! += offsets[node]!;
  const arcCount = 2 * from.length;
  const network = {
    offsets,
    head: new Int32Array(arcCount),
    capacity: new Int32Array(arcCount),
    reverse: new Int32Array(arcCount),
  };
  const next = offsets.slice(0, nodeCount);
  for (let i = 0; i < from.length; i++) {
    const there = next[from[i]!]!++;
    const back = next[to[i]!]!++;
    network.head[there] = to[i]!;
    network.capacity[there] = capacity[i]!;
    network.reverse[there] = back;
    network.head[back] = from[i]!;
    network.capacity[back] = reverseCapacity[i]!;
    network.reverse[back] = there;
  }
  return network;
}

/** Breadth-first levels from the source, −1 where nothing more can flow; whether the sink has one. */
function findLevels(
  { offsets, head, capacity }: Network,
  source: number,
  sink: number,
  level: Int32Array,
  queue: Int32Array,
): boolean {
  level.fill(-1);
  level[source] = 0;
  queue[0] = source;
  let queued = 1;
  for (let at = 0; at < queued && level[sink] === -1; at++) {
    const node = queue[at]!;
    const end = offsets[node + 1]!;
    for (let arc = offsets[node]!; arc < end; arc++) {
      const next = head[arc]!;
      if (level[next] !== -1 || capacity[arc] === 0) continue;
      level[next] = level[node]! + 1;
      queue[queued++] = next;
    }
  }
  return level[sink] !== -1;
}

/** Paths that go up one level at each arc, until there is none left. */
function blockingFlow(network: Network, source: number, sink: number, level: Int32Array): number {
  const { offsets, head, capacity, reverse } = network;
  const arcToTry = offsets.slice(0, -1);
  const path = new Int32Array(level[sink]!);
  let total = 0;
  let depth = 0;
  let node = source;
  for (;;) {
    if (node === sink) {
      depth = narrowest(network, path);
      total += push(network, path, capacity[path[depth]!]!);
      node = head[reverse[path[depth]!]!]!;
    }
    const end = offsets[node + 1]!;
    let arc = arcToTry[node]!;
    while (arc < end && (level[head[arc]!] !== level[node]! + 1 || capacity[arc] === 0)) arc++;
    arcToTry[node] = arc;
    if (arc < end) {
      path[depth++] = arc;
      node = head[arc]!;
    } else {
      if (node === source) return total;
      level[node] = -1;
      node = head[reverse[path[--depth]!]!]!;
    }
  }
}

/** The first place on `path` that can carry no more than any other. */
function narrowest({ capacity }: Network, path: Int32Array): number {
  let place = 0;
  for (let k = 1; k < path.length; k++) if (capacity[path[k]!]! < capacity[path[place]!]!) place = k;
  return place;
}

function push({ capacity, reverse }: Network, path: Int32Array, amount: number): number {
  for (const arc of path) {
    capacity[arc]! -= amount;
    capacity[reverse[arc]!]! += amount;
  }
  return amount;
}
