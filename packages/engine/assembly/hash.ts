/** MurmurHash3 for 32 bits (Appleby 2011), as in `src/textlogs/read/hash.ts`. */
export function hashOf(start: usize, end: usize): i32 {
  let hash: i32 = 0;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash ^= mixed(load<i32>(at, 0, 1));
    hash = rotl<i32>(hash, 13) * 5 + <i32>0xe6546b64;
  }
  let rest: i32 = 0;
  for (; at < end; at++) rest = (rest << 8) | load<u8>(at);
  hash ^= mixed(rest) ^ <i32>(end - start);
  hash = (hash ^ (hash >>> 16)) * <i32>0x85ebca6b;
  hash = (hash ^ (hash >>> 13)) * <i32>0xc2b2ae35;
  return hash ^ (hash >>> 16);
}

function mixed(word: i32): i32 {
  return rotl<i32>(word * <i32>0xcc9e2d51, 15) * 0x1b873593;
}
