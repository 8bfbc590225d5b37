/** Whether `length` bytes at both places are equal. Loads say that they may stand anywhere (1), which the JavaScript needs to know. */
export function isSame(a: usize, b: usize, length: i32): bool {
  const end = a + length;
  while (a + 8 <= end) {
    if (load<u64>(a, 0, 1) !== load<u64>(b, 0, 1)) return false;
    a += 8;
    b += 8;
  }
  while (a < end) {
    if (load<u8>(a) !== load<u8>(b)) return false;
    a += 1;
    b += 1;
  }
  return true;
}

/** Whether the letters of `text`, all ASCII, stand at `at`. */
export function stands(text: string, at: usize, end: usize): bool {
  const length = text.length;
  if (at + length > end) return false;
  for (let index = 0; index < length; index++) {
    if (<i32>load<u8>(at + index) !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** Where the next newline stands; there must be one before `end`. Sixteen bytes at a time, save in JavaScript. */
export function newlineFrom(at: usize, end: usize): usize {
  if (ASC_FEATURE_SIMD) {
    const newline = i8x16.splat(10);
    while (at < end) {
      const found = i8x16.bitmask(i8x16.eq(v128.load(at), newline));
      if (found !== 0) return at + ctz(found);
      at += 16;
    }
    return end;
  }
  while (load<u8>(at) !== 10) at += 1;
  return at;
}

export function isDigit(byte: u8): bool {
  return <u8>(byte - 0x30) < 10;
}

export function two(at: usize): i32 {
  return <i32>load<u8>(at) * 10 + <i32>load<u8>(at + 1) - 11 * 0x30;
}

/** A whole number; NaN when it is none. */
export function numberAt(at: usize, end: usize): f64 {
  let value: f64 = 0;
  if (at >= end) return NaN;
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (!isDigit(byte)) return NaN;
    value = value * 10 + <f64>(byte - 0x30);
  }
  return value;
}

/** A decimal number of seconds as milliseconds; NaN when it is none. */
export function secondsAt(at: usize, end: usize): f64 {
  let value: f64 = 0;
  let scale: f64 = 0;
  let digits = 0;
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (byte === 0x2e) {
      if (scale > 0) return NaN;
      scale = 1;
    } else if (isDigit(byte)) {
      value = value * 10 + <f64>(byte - 0x30);
      if (scale > 0) scale *= 10;
      digits += 1;
    } else return NaN;
  }
  return digits > 0 ? Math.floor((value * 1000) / Math.max(1, scale) + 0.5) : NaN;
}
