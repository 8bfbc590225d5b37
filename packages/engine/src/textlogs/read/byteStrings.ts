/** Turns bytes into strings, and gives the same string for the same bytes without decoding them again. */
export interface ByteStrings {
  /** The UTF-8 text of `bytes` from `start` to before `end`. */
  text(bytes: Buffer, start: number, end: number): string;
}

/**
 * A direct-mapped cache of decoded strings: ids that occur again and again cost a hash and a comparison and no memory.
 * `slots` (a power of two) bounds what it keeps; strings of more than `lengthMax` bytes are never kept.
 */
export function byteStrings(slots = 1 << 17, lengthMax = 256): ByteStrings {
  const keys: (Buffer | undefined)[] = new Array(slots);
  const values: string[] = new Array(slots);
  const mask = slots - 1;
  return {
    text(bytes, start, end) {
      const length = end - start;
      if (length > lengthMax) return bytes.toString('utf8', start, end);
      const slot = hash(bytes, start, end) & mask;
      const key = keys[slot];
      if (key !== undefined && same(key, bytes, start, length)) return values[slot]!;
      const text = bytes.toString('utf8', start, end);
      keys[slot] = Buffer.from(bytes.subarray(start, end));
      values[slot] = text;
      return text;
    },
  };
}

/** FNV-1a (Fowler, Noll and Vo 1991), 32 bits. */
function hash(bytes: Buffer, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let index = start; index < end; index++) value = Math.imul(value ^ bytes[index]!, 0x01000193);
  return value ^ (value >>> 15);
}

function same(key: Buffer, bytes: Buffer, start: number, length: number): boolean {
  if (key.length !== length) return false;
  for (let index = 0; index < length; index++) if (key[index] !== bytes[start + index]) return false;
  return true;
}
