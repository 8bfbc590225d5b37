import { copyBytes, isSame } from './bytes.ts';
import { hashOf } from './hash.ts';

/** Turns bytes into strings, and gives the same string for the same bytes without making it again. */
export interface ByteStrings {
  /** The UTF-8 text of `bytes` from `start` to before `end`. `view` is of the same bytes, `hash` that of `hashOf`, where it is known. */
  text(bytes: Buffer, view: DataView, start: number, end: number, hash?: number): string;
}

/** Longer texts are not kept. */
const lengthMax = 256;
/** How many are kept at most; a power of two. */
const slots = 1 << 12;

/**
 * A direct-mapped cache of strings: a message that occurs again and again costs a hash and a comparison and no memory. What it keeps
 * is bounded; strings of more than 256 bytes, and those that are not ASCII, are never kept.
 */
export function byteStrings(): ByteStrings {
  const kept: (string | undefined)[] = new Array(slots);
  /** Their bytes, which are compared faster than strings; a megabyte, made with the first of them. */
  let keptBytes: DataView | undefined;
  return {
    text(bytes, view, start, end, hash = hashOf(view, start, end)) {
      const length = end - start;
      if (length > lengthMax) return bytes.toString('utf8', start, end);
      keptBytes ??= new DataView(new ArrayBuffer(slots * lengthMax));
      const slot = hash & (slots - 1);
      const known = kept[slot];
      if (known?.length === length && isSame(keptBytes, slot * lengthMax, view, start, length)) return known;
      const text = bytes.toString('utf8', start, end);
      // Only of ASCII a character is a byte.
      if (text.length !== length) return text;
      kept[slot] = text;
      copyBytes(view, start, keptBytes, slot * lengthMax, length);
      return text;
    },
  };
}
