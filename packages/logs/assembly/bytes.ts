/** Stands for a masked value in a masked line. No line holds it: a zero byte in the input counts as a blank. */
export const wild: u8 = 0;

// What a byte is; a byte may be several of these.
export const letter: u32 = 1;
export const digit: u32 = 2;
export const blank: u32 = 4;
/** May be part of a name, number, path or host: letters, digits, `_ . - / \ @ + % ~ $` and all beyond ASCII. */
export const atom: u32 = 8;
export const hex: u32 = 16;
export const slash: u32 = 32;
export const colon: u32 = 64;
/** A word that holds one of these is looked at closely; all other words stand in a template as they are. */
export const notable: u32 = 128;
/** Parts the pieces of one name or number: `blk_123`, `10.0.0.1`, `2026/01/02`. */
export const separator: u32 = 256;
/** Makes one value of the two masked ones beside it: `10.0.0.1:80`, `1,2,3`, `5/7`, `1920x1080`, `a##b`. */
export const joiner: u32 = 512;
/** Ends a path. */
export const pathStop: u32 = 1024;

const kindsAt: usize = memory.data(512, 16);

add('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', letter | atom);
add('abcdefABCDEF', hex);
add('0123456789', digit | hex | atom | notable);
add('\0\t\n\v\f\r ', blank);
add('_-+%~$', atom);
add('.@', atom | notable);
add('/\\', atom | slash | notable);
add(':', colon);
add('\x1b', notable);
add('._-/\\@+%~$', separator);
add('._-/\\@+%~$:,x#*', joiner);
add('"\'<>;|\x1b', pathStop);
for (let byte: u32 = 0x80; byte < 256; byte++) addTo(byte, letter | atom);

function add(characters: string, bits: u32): void {
  for (let index = 0; index < characters.length; index++) addTo(characters.charCodeAt(index), bits);
}

function addTo(byte: u32, bits: u32): void {
  const at = kindsAt + (byte << 1);
  store<u16>(at, <u16>(load<u16>(at) | bits));
}

/** The kinds of a byte. */
export function kindsOf(byte: u32): u32 {
  return load<u16>(kindsAt + (byte << 1));
}

/** The kinds of the byte at a place. */
export function kindsAtPlace(at: usize): u32 {
  return kindsOf(load<u8>(at));
}

export function isLetterOrDigit(at: usize): bool {
  return (kindsAtPlace(at) & (letter | digit)) !== 0;
}
