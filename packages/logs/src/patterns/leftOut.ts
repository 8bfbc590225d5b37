import type { LineHeader } from './lineHeader.ts';
import type { Place } from './place.ts';

/** Lines that were left out of a sample: what is there again is known, and where it was before. */
export interface LeftOut {
  /** Was a masked line with this hash left out, not too many others ago? */
  has(low: number, high: number): boolean;
  /** Where, if it was; it is forgotten then. */
  takeBack(low: number): Place;
  putPlace(low: number, high: number, place: Place): void;
  /** The stamp of the line is in `bytes`, where the header says. */
  put(low: number, high: number, source: number, line: number, bytes: Uint8Array, header: Stamp): void;
}

type Stamp = Pick<LineHeader, 'stampStart' | 'stampEnd'>;

/** Lines are known again for about so many others. */
const remembered = 2 ** 18;
/** Of a time stamp. */
const stampBytes = 32;

/** What is known of one: half of its hash, its source, and its line, which is counted from 1. Side by side, since memory is far. */
const columns = 3;

/** Remembers nothing at first; then 12 MB, whatever the log. */
export function createLeftOut(): LeftOut {
  let slots = new Int32Array(0);
  let stamps = Buffer.alloc(0);

  function put(low: number, high: number, source: number, line: number): number {
    if (slots.length === 0) {
      slots = new Int32Array(remembered * columns);
      stamps = Buffer.alloc(remembered * stampBytes);
    }
    const slot = low & (remembered - 1);
    slots[slot * columns] = high;
    slots[slot * columns + 1] = source;
    slots[slot * columns + 2] = line;
    return slot * stampBytes;
  }

  return {
    has(low, high) {
      const at = (low & (remembered - 1)) * columns;
      return slots.length > 0 && slots[at] === high && slots[at + 2] !== 0;
    },
    takeBack(low) {
      const slot = low & (remembered - 1);
      const stamp = stamps.subarray(slot * stampBytes, (slot + 1) * stampBytes);
      const end = stamp.indexOf(0);
      const at = slot * columns;
      const place = {
        source: slots[at + 1]!,
        line: slots[at + 2]!,
        time: stamp.toString('latin1', 0, end < 0 ? stampBytes : end),
      };
      slots[at + 2] = 0;
      return place;
    },
    put(low, high, source, line, bytes, { stampStart, stampEnd }) {
      const at = put(low, high, source, line) - stampStart;
      const end = Math.min(stampEnd, stampStart + stampBytes);
      for (let i = stampStart; i < end; i++) stamps[at + i] = bytes[i]!;
      if (end - stampStart < stampBytes) stamps[at + end] = 0;
    },
    putPlace(low, high, { source, line, time }) {
      const at = put(low, high, source, line);
      stamps.fill(0, at, at + stampBytes);
      stamps.write(time, at, stampBytes, 'latin1');
    },
  };
}
