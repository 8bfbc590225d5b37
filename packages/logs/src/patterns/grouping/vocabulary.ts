import { wild } from '../masking/index.ts';
import { findTokens } from './findTokens.ts';
import { emptyLineTokens, isSpacedFlag, isValueFlag, type LineTokens } from './lineTokens.ts';
import { makeToken, type Token, wildText, wildToken } from './token.ts';

/** The texts that tokens have, each with a number, so that tokens are compared by numbers. */
export interface Vocabulary {
  /** The tokens of a masked line; new texts are added. */
  tokenize(masked: Uint8Array, start: number, end: number): Token[];
  /** The tokens of a masked line, until the next call of any vocabulary: nothing is added and no objects are made. */
  read(masked: Uint8Array, start: number, end: number): MaskedLine;
  /** The tokens of this vocabulary that equal those of another. */
  adopt(tokens: readonly Token[], from: Vocabulary): Token[];
  /** The bytes of a text. */
  bytesOf(id: number): Uint8Array;
}

/** A masked line whose words are looked up only when they are asked for. */
export interface MaskedLine {
  /** Without hashes and masks until `putHashes`. */
  readonly tokens: LineTokens;
  putHashes(): void;
  /** The number of the text of one of its tokens, which may have been shortened; -1 if the vocabulary does not have it. */
  idAt(tokens: LineTokens, place: number): number;
}

/** One for all vocabularies, valid until the next line. */
const read = emptyLineTokens();

/** A vocabulary without words: open addressing over an arena of bytes. */
export function createVocabulary(): Vocabulary {
  let readFrom: Uint8Array = new Uint8Array(0);
  let slots = new Int32Array(128);
  let hashes = new Int32Array(64);
  let starts = new Int32Array(65);
  let arena = new Uint8Array(512);
  /** Four for each text: by flags. */
  const tokens: (Token | undefined)[] = [];
  let size = 0;
  let lastHash = 0;
  let lastSlot = 0;

  function find(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const id = slots[slot]! - 1;
      if (hashes[id] === hash && isText(id, bytes, start, end)) return id;
    }
    lastHash = hash;
    lastSlot = slot;
    return -1;
  }

  function isText(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = starts[id]!;
    if (starts[id + 1]! - at !== end - start) return false;
    for (let i = start; i < end; i++) if (arena[at++] !== bytes[i]) return false;
    return true;
  }

  function intern(bytes: Uint8Array, start: number, end: number): number {
    const known = find(bytes, start, end);
    if (known >= 0) return known;
    if (size * 2 >= slots.length) {
      grow();
      find(bytes, start, end);
    }
    const at = starts[size]!;
    if (at + end - start > arena.length) arena = larger(arena, Math.max(arena.length * 2, at + end - start));
    for (let i = start; i < end; i++) arena[at + i - start] = bytes[i]!;
    hashes[size] = lastHash;
    slots[lastSlot] = size + 1;
    starts[size + 1] = at + end - start;
    return size++;
  }

  function grow(): void {
    slots = new Int32Array(slots.length * 2);
    hashes = larger(hashes, hashes.length * 2);
    starts = larger(starts, hashes.length + 1);
    const mask = slots.length - 1;
    for (let id = 0; id < size; id++) {
      let slot = (hashes[id]! ^ (hashes[id]! >>> 13)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
  }

  function tokenOf(id: number, flags: number): Token {
    const place = id * 4 + flags;
    const known = tokens[place];
    if (known !== undefined) return known;
    while (tokens.length <= place) tokens.push(undefined);
    const text = tokens[id * 4 + (flags ^ isSpacedFlag)]?.text ?? utf8.decode(bytesOf(id));
    const token = makeToken(id, text, (flags & isValueFlag) !== 0, (flags & isSpacedFlag) !== 0);
    tokens[place] = token;
    return token;
  }

  function bytesOf(id: number): Uint8Array {
    return arena.subarray(starts[id]!, starts[id + 1]!);
  }

  const line: MaskedLine = {
    tokens: read,
    putHashes() {
      for (let i = 0; i < read.count; i++) {
        const [start, end] = [read.starts[i]!, read.ends[i]!];
        read.hashes[i] = hashOf(readFrom, start, end);
        read.holdsMask[i] = holdsMask(readFrom, start, end) ? 1 : 0;
      }
    },
    idAt({ starts, ends }, place) {
      return find(readFrom, starts[place]!, ends[place]!);
    },
  };

  // Their numbers are known: `wildId` and `emptyId`.
  for (const text of [wildText, '']) intern(Buffer.from(text), 0, text.length);
  tokens.push(undefined, wildToken(false), undefined, wildToken(true));

  return {
    tokenize(masked, start, end) {
      findTokens(masked, start, end, read);
      const made: Token[] = new Array(read.count);
      for (let i = 0; i < read.count; i++)
        made[i] = tokenOf(intern(masked, read.starts[i]!, read.ends[i]!), read.flags[i]!);
      return made;
    },
    read(masked, start, end) {
      findTokens(masked, start, end, read);
      readFrom = masked;
      return line;
    },
    adopt(others, from) {
      return others.map(({ id, isValue, spaced }) => {
        // Not by its text, which does not tell bytes that are no UTF-8.
        const bytes = from.bytesOf(id);
        return tokenOf(
          intern(bytes, 0, bytes.length),
          (isValue ? isValueFlag : 0) | (spaced ? isSpacedFlag : 0),
        );
      });
    },
    bytesOf,
  };
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function larger<T extends Int32Array | Uint8Array>(array: T, length: number): T {
  const copy = new (array.constructor as new (length: number) => T)(length);
  copy.set(array);
  return copy;
}

/** FNV-1a (Fowler, Noll, Vo 1991) with a final mix, since open addressing uses the low bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) | 0;
}

function holdsMask(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === wild) return true;
  return false;
}
