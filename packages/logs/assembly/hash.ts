/** The two halves of the hash of the text that was hashed last. */
export let low: i32 = 0;
export let high: i32 = 0;

/**
 * Hashes a text into 64 bits: two lanes of MurmurHash3 (Appleby 2011) with different constants. Of a million different texts two have
 * the same hash with a chance of one in 37 million.
 */
export function hashText(start: usize, end: usize): void {
  let a: i32 = 0;
  let b: i32 = 0x3c6ef372;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = load<i32>(at, 0, 1);
    a = rotl<i32>(a ^ mixedLow(word), 13) * 5 + <i32>0xe6546b64;
    b = rotl<i32>(b ^ mixedHigh(word), 15) * 5 + 0x561ccd1b;
  }
  let rest: i32 = 0;
  for (; at < end; at++) rest = (rest << 8) | load<u8>(at);
  const length = <i32>(end - start);
  low = finished(a ^ mixedLow(rest) ^ length);
  high = finished(b ^ mixedHigh(rest) ^ length);
}

function mixedLow(word: i32): i32 {
  return rotl<i32>(word * <i32>0xcc9e2d51, 15) * 0x1b873593;
}

function mixedHigh(word: i32): i32 {
  return rotl<i32>(word * 0x239b961b, 16) * <i32>0xab0e9789;
}

function finished(state: i32): i32 {
  let hash = (state ^ (state >>> 16)) * <i32>0x85ebca6b;
  hash = (hash ^ (hash >>> 13)) * <i32>0xc2b2ae35;
  return hash ^ (hash >>> 16);
}
