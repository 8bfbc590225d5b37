/** Keeps the newest of what it is given, in any order. */
export interface Newest<T> {
  /** Whether what began then may be among the newest. */
  wants(startedAtMs: number): boolean;
  add(item: T): void;
  /** Oldest first. */
  items(): T[];
}

/** Makes a keeper of `count` items. Memory: of twice as many. */
export function newestOnly<T extends { readonly startedAtMs: number }>(count: number): Newest<T> {
  let kept: T[] = [];
  /** There are enough that are newer than what began before. */
  let sinceMs = Number.NEGATIVE_INFINITY;
  const newest = () => kept.sort((a, b) => a.startedAtMs - b.startedAtMs).slice(-count);
  return {
    wants: (startedAtMs) => startedAtMs >= sinceMs,
    add(item) {
      kept.push(item);
      if (kept.length < 2 * count) return;
      kept = newest();
      sinceMs = kept[0]!.startedAtMs;
    },
    items: newest,
  };
}
