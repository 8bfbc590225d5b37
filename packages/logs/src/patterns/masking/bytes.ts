/** Stands for a masked value in a masked line. No line holds it: a zero byte in the input counts as a blank. */
export const wild = 0;

/** What a byte is; a byte may be several of these. */
export const kind = {
  letter: 1,
  digit: 2,
  blank: 4,
  /** May be part of a name, number, path or host: letters, digits, `_ . - / \ @ + % ~ $` and all beyond ASCII. */
  atom: 8,
  hex: 16,
  slash: 32,
  colon: 64,
  /** A word that holds one of these is looked at closely; all other words stand in a template as they are. */
  notable: 128,
} as const;

/** The kinds of each byte. */
export const kinds: Uint8Array = makeKinds();

function makeKinds(): Uint8Array {
  const table = new Uint8Array(256);
  const add = (characters: string, bits: number): void => {
    for (const character of characters) table[character.charCodeAt(0)]! |= bits;
  };
  add('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', kind.letter | kind.atom);
  add('abcdefABCDEF', kind.hex);
  add('0123456789', kind.digit | kind.hex | kind.atom | kind.notable);
  add('\0\t\n\v\f\r ', kind.blank);
  add('_-+%~$', kind.atom);
  add('.@', kind.atom | kind.notable);
  add('/\\', kind.atom | kind.slash | kind.notable);
  add(':', kind.colon);
  add('\x1b', kind.notable);
  for (let byte = 0x80; byte < 256; byte++) table[byte]! |= kind.letter | kind.atom;
  return table;
}

/** Bytes that part the pieces of one name or number: `blk_123`, `10.0.0.1`, `2026/01/02`. */
export const separators: Uint8Array = marked('._-/\\@+%~$');

/** Bytes that make one value of the two masked ones beside it: `10.0.0.1:80`, `1,2,3`, `5/7`, `1920x1080`, `a##b`. */
export const joiners: Uint8Array = marked('._-/\\@+%~$:,x#*');

function marked(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/** The code of an ASCII character. */
export function byteOf(character: string): number {
  return character.charCodeAt(0);
}
