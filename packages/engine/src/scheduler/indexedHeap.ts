/**
 * A binary heap of small integers ordered by `keys[item]`, then by the item itself, from which any item can be
 * taken out. Several heaps may share `place` when no item is in two of them.
 */
export interface IndexedHeap {
  readonly items: number[];
  /** Where an item stands in its heap; -1: in none. */
  readonly place: Int32Array;
  readonly keys: Float64Array;
}

export function emptyHeap(place: Int32Array, keys: Float64Array): IndexedHeap {
  return { items: [], place, keys };
}

/** Adds an item that is in no heap. O(log n). */
export function push(heap: IndexedHeap, item: number): void {
  heap.items.push(item);
  rise(heap, heap.items.length - 1, item);
}

/** Takes an item out, wherever it stands. It must be in this heap. O(log n). */
export function remove(heap: IndexedHeap, item: number): void {
  const { items, place } = heap;
  const hole = place[item]!;
  const last = items.pop()!;
  place[item] = -1;
  if (last === item) return;
  rise(heap, hole, last);
  sink(heap, place[last]!, last);
}

/** Restores the order after the key of one item in the heap has changed. O(log n). */
export function reorder(heap: IndexedHeap, item: number): void {
  rise(heap, heap.place[item]!, item);
  sink(heap, heap.place[item]!, item);
}

function rise({ items, place, keys }: IndexedHeap, from: number, item: number): void {
  const key = keys[item]!;
  let at = from;
  while (at > 0) {
    const parentAt = (at - 1) >> 1;
    const parent = items[parentAt]!;
    const parentKey = keys[parent]!;
    if (parentKey < key || (parentKey === key && parent < item)) break;
    items[at] = parent;
    place[parent] = at;
    at = parentAt;
  }
  items[at] = item;
  place[item] = at;
}

function sink({ items, place, keys }: IndexedHeap, from: number, item: number): void {
  const key = keys[item]!;
  const size = items.length;
  let at = from;
  for (;;) {
    let childAt = 2 * at + 1;
    if (childAt >= size) break;
    let child = items[childAt]!;
    if (childAt + 1 < size) {
      const right = items[childAt + 1]!;
      if (keys[right]! < keys[child]! || (keys[right] === keys[child] && right < child)) {
        childAt++;
        child = right;
      }
    }
    if (key < keys[child]! || (key === keys[child] && item < child)) break;
    items[at] = child;
    place[child] = at;
    at = childAt;
  }
  items[at] = item;
  place[item] = at;
}
