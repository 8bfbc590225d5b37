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

/** Remembers nothing at first; then 12 MB, whatever the log. */
export function createLeftOut(): LeftOut {
  let isEmpty = true;
  /** Of each slot half of a hash, a source and a line, which are counted from 1. */
  let highs = new Int32Array(0);
  let sources = new Int32Array(0);
  let lines = new Int32Array(0);
  let stamps = Buffer.alloc(0);

  function allocate(): void {
    isEmpty = false;
    highs = new Int32Array(remembered);
    sources = new Int32Array(remembered);
    lines = new Int32Array(remembered);
    stamps = Buffer.alloc(remembered * stampBytes);
  }

  function put(low: number, high: number, source: number, line: number): number {
    if (isEmpty) allocate();
    const slot = low & (remembered - 1);
    highs[slot] = high;
    sources[slot] = source;
    lines[slot] = line;
    return slot * stampBytes;
  }

  return {
    has(low, high) {
      const slot = low & (remembered - 1);
      return !isEmpty && highs[slot] === high && lines[slot] !== 0;
    },
    takeBack(low) {
      const slot = low & (remembered - 1);
      const stamp = stamps.subarray(slot * stampBytes, (slot + 1) * stampBytes);
      const end = stamp.indexOf(0);
      const place = {
        source: sources[slot]!,
        line: lines[slot]!,
        time: stamp.toString('latin1', 0, end < 0 ? stampBytes : end),
      };
      lines[slot] = 0;
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
