/** Texts as bytes, each once, with a number: open addressing over one arena, so that a look makes no objects. */
export interface ByteTable {
  /** How many texts it holds; they have the numbers from 0 on. */
  readonly size: number;
  /** The number of a text with this hash, or -1. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number;
  /** Adds the text that was looked for last and not found; its number. */
  add(bytes: Uint8Array, start: number, end: number): number;
  hashOf(number: number): number;
  /** The bytes of a text; they are only there until the next is added. */
  bytesOf(number: number): Uint8Array;
}

/** A table with room for so many texts, which grows. */
export function createByteTable(expected = 64): ByteTable {
  /** For each slot a number + 1, or 0. */
  let slots = new Int32Array(2 ** Math.ceil(Math.log2(expected * 2)));
  let hashes = new Int32Array(slots.length >> 1);
  let starts = new Int32Array(hashes.length + 1);
  let arena = new Uint8Array(hashes.length * 8);
  let size = 0;
  let lastHash = 0;
  let lastSlot = 0;

  function find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const number = slots[slot]! - 1;
      if (hashes[number] === hash && isText(number, bytes, start, end)) return number;
    }
    lastHash = hash;
    lastSlot = slot;
    return -1;
  }

  function isText(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = starts[number]!;
    if (starts[number + 1]! - at !== end - start) return false;
    for (let i = start; i < end; i++) if (arena[at++] !== bytes[i]) return false;
    return true;
  }

  function add(bytes: Uint8Array, start: number, end: number): number {
    if (size === hashes.length) grow();
    const at = starts[size]!;
    const needed = at + end - start;
    if (needed > arena.length) arena = larger(arena, Math.max(needed, arena.length * 2));
    for (let i = start; i < end; i++) arena[at + i - start] = bytes[i]!;
    hashes[size] = lastHash;
    starts[size + 1] = needed;
    slots[lastSlot] = size + 1;
    return size++;
  }

  function grow(): void {
    slots = new Int32Array(slots.length * 2);
    hashes = larger(hashes, hashes.length * 2);
    starts = larger(starts, hashes.length + 1);
    for (let number = 0; number < size; number++) slots[freeSlot(hashes[number]!)] = number + 1;
    lastSlot = freeSlot(lastHash);
  }

  function freeSlot(hash: number): number {
    const mask = slots.length - 1;
    let slot = hash & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }

  return {
    get size() {
      return size;
    },
    find,
    add,
    hashOf: (number) => hashes[number]!,
    bytesOf: (number) => arena.subarray(starts[number]!, starts[number + 1]!),
  };
}

function larger<T extends Int32Array | Uint8Array>(array: T, length: number): T {
  const copy = new (array.constructor as new (length: number) => T)(length);
  copy.set(array);
  return copy;
}
