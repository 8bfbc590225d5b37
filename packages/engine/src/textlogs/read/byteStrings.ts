/** Turns bytes into strings, and gives the same string for the same bytes without making it again. */
export interface ByteStrings {
  /** The UTF-8 text of `bytes` from `start` to before `end`. */
  text(bytes: Buffer, start: number, end: number): string;
  /** The same, kept under a number that the caller knows: without a hash, if the text is mostly the one of last time. */
  textAt(number: number, bytes: Buffer, start: number, end: number): string;
}

/**
 * A direct-mapped cache of strings: an id that occurs again and again costs a hash and a comparison and no memory. `slots` (a
 * power of two) bounds what it keeps; strings of more than `lengthMax` bytes, and those that are not ASCII, are never kept.
 */
export function byteStrings(slots = 1 << 15, lengthMax = 256): ByteStrings {
  const kept: (string | undefined)[] = new Array(slots);
  const numbered: (string | undefined)[] = [];
  const mask = slots - 1;
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
      const slot = (hash ^ (hash >>> 15)) & mask;
      const known = kept[slot];
      if (known !== undefined && isText(known, bytes, start, end)) return known;
      const text = bytes.toString('latin1', start, end);
      kept[slot] = text;
      return text;
    },
    textAt(number, bytes, start, end) {
      const slot = number & mask;
      const known = numbered[slot];
      if (known !== undefined && isText(known, bytes, start, end)) return known;
      const text = bytes.toString('utf8', start, end);
      // Only of ASCII a character is a byte.
      numbered[slot] = text.length === end - start && text.length <= lengthMax ? text : undefined;
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
