import { type ByteTable, createByteTable } from './byteTable.ts';

/** Numbers of masked lines. */
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

/** A table with room for so many masked lines. */
export function createShapeTable(expected: number): ShapeTable {
  let table = createByteTable(expected);
  let numbers: number[] = [];

  function add(masked: Uint8Array, start: number, end: number, number: number): void {
    numbers[table.add(masked, start, end)] = number;
  }

  function keepFrom(first: number): void {
    const [old, oldNumbers]: [ByteTable, readonly number[]] = [table, numbers];
    table = createByteTable(expected);
    numbers = [];
    for (const [entry, number] of oldNumbers.entries()) {
      if (number < first) continue;
      const bytes = old.bytesOf(entry);
      table.find(bytes, 0, bytes.length);
      add(bytes, 0, bytes.length, number);
    }
  }

  return {
    get size() {
      return table.size;
    },
    find(masked, start, end) {
      const entry = table.find(masked, start, end);
      return entry < 0 ? -1 : numbers[entry]!;
    },
    add,
    lastHash: () => table.lastHash(),
    keepFrom,
  };
}
