/** A hash table from masked lines to numbers: open addressing over one arena of bytes, so that a hit makes no objects. */
export interface ShapeTable {
  /** How many masked lines it holds. */
  readonly size: number;
  /** The number of a masked line, or -1. */
  find(masked: Uint8Array, start: number, end: number): number;
  /** Adds the masked line that was looked for last and not found. */
  add(masked: Uint8Array, start: number, end: number, number: number): void;
  /** The hash of the masked line that was looked for last and not found. */
  lastHash(): number;
  /** Forgets masked lines with numbers below this one. Nothing can be added before the next look. */
  keepFrom(number: number): void;
}

/** A table for up to `capacity` masked lines. */
export function createShapeTable(capacity: number): ShapeTable {
  const slotCount = 2 ** Math.ceil(Math.log2(capacity * 2));
  const mask = slotCount - 1;
  /** For each slot an entry + 1, or 0. */
  const slots = new Int32Array(slotCount);
  const hashes = new Int32Array(capacity);
  const starts = new Float64Array(capacity + 1);
  const numbers = new Int32Array(capacity);
  let arena = new Uint8Array(64 * 1024);
  let size = 0;
  let lastHash = 0;
  let lastSlot = 0;

  function find(masked: Uint8Array, start: number, end: number): number {
    const hash = hashOf(masked, start, end);
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const entry = slots[slot]! - 1;
      if (hashes[entry] === hash && isEntry(entry, masked, start, end)) return numbers[entry]!;
    }
    lastHash = hash;
    lastSlot = slot;
    return -1;
  }

  function isEntry(entry: number, masked: Uint8Array, start: number, end: number): boolean {
    let at = starts[entry]!;
    if (starts[entry + 1]! - at !== end - start) return false;
    for (let i = start; i < end; i++) if (arena[at++] !== masked[i]) return false;
    return true;
  }

  function add(masked: Uint8Array, start: number, end: number, number: number): void {
    if (size === capacity) throw new Error('Internal error: the table of masked lines is full');
    const at = starts[size]!;
    const needed = at + end - start;
    if (needed > arena.length) {
      const larger = new Uint8Array(Math.max(needed, arena.length * 2));
      larger.set(arena);
      arena = larger;
    }
    arena.set(masked.subarray(start, end), at);
    starts[size + 1] = needed;
    hashes[size] = lastHash;
    numbers[size] = number;
    slots[lastSlot] = size + 1;
    size += 1;
  }

  function keepFrom(number: number): void {
    slots.fill(0);
    let kept = 0;
    for (let entry = 0; entry < size; entry++) {
      if (numbers[entry]! < number) continue;
      const [start, end, to] = [starts[entry]!, starts[entry + 1]!, starts[kept]!];
      arena.copyWithin(to, start, end);
      hashes[kept] = hashes[entry]!;
      numbers[kept] = numbers[entry]!;
      let slot = hashes[kept]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      kept += 1;
      slots[slot] = kept;
      starts[kept] = to + end - start;
    }
    size = kept;
  }

  return {
    get size() {
      return size;
    },
    find,
    add,
    lastHash: () => lastHash,
    keepFrom,
  };
}

/** FNV-1a (Fowler, Noll, Vo 1991) with a final mix, since open addressing uses the low bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) | 0;
}
