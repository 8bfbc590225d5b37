/** Turns bytes into strings, and gives the same string for the same bytes without making it again. */
export interface ByteStrings {
  /** The UTF-8 text of `bytes` from `start` to before `end`. */
  text(bytes: Buffer, start: number, end: number): string;
}

/** Longer texts are not kept. */
const lengthMax = 256;
/** How many are kept at most; a power of two. */
const slots = 1 << 15;

/**
 * A direct-mapped cache of strings: an id that occurs again and again costs a hash and a comparison and no memory. What it keeps
 * is bounded; strings of more than 256 bytes, and those that are not ASCII, are never kept.
 */
export function byteStrings(): ByteStrings {
  const kept: (string | undefined)[] = new Array(slots);
  return {
    text(bytes, start, end) {
      if (end - start > lengthMax) return bytes.toString('utf8', start, end);
      // FNV-1a (Fowler, Noll and Vo 1991), 32 bits.
      let hash = 0x811c9dc5;
      let union = 0;
      for (let index = start; index < end; index++) {
        const byte = bytes[index]!;
        hash = Math.imul(hash ^ byte, 0x01000193);
        union |= byte;
      }
      if (union > 0x7f) return bytes.toString('utf8', start, end);
      const slot = (hash ^ (hash >>> 15)) & (slots - 1);
      const known = kept[slot];
      if (known !== undefined && isText(known, bytes, start, end)) return known;
      const text = bytes.toString('latin1', start, end);
      kept[slot] = text;
      return text;
    },
  };
}

function isText(text: string, bytes: Buffer, start: number, end: number): boolean {
  const length = end - start;
  if (text.length !== length) return false;
  for (let index = 0; index < length; index++)
    if (text.charCodeAt(index) !== bytes[start + index]) return false;
  return true;
}
