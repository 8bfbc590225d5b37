import { createByteTable } from '../byteTable.ts';
import type { Masker } from '../masking/index.ts';
import { isSpacedFlag, isValueFlag, type LineTokens } from './lineTokens.ts';
import { makeToken, type Token, wildText, wildToken } from './token.ts';

/** The texts that tokens have, each with a number, so that tokens are compared by numbers. */
export interface Vocabulary {
  /** The tokens of a masked line; new texts are added. */
  tokenize(start: number, end: number): Token[];
  /** The same of a masked line that was kept. */
  tokenizeKept(masked: Uint8Array): Token[];
  /** The tokens of a masked line, until the next call of any vocabulary: nothing is added and no objects are made. */
  read(start: number, end: number): MaskedLine;
  /** The tokens of this vocabulary that equal those of another. */
  adopt(tokens: readonly Token[], from: Vocabulary): Token[];
  /** The bytes of a text. */
  bytesOf(id: number): Uint8Array;
  hashOf(id: number): number;
}

/** A masked line whose words are looked up only when they are asked for. */
export interface MaskedLine {
  /** Without hashes and masks until `putHashes`. */
  readonly tokens: LineTokens;
  /** As `formHash` makes it of other tokens. */
  readonly formHash: number;
  putHashes(): void;
  /** The number of the text of one of its tokens, which may have been shortened; -1 if the vocabulary does not have it. */
  idAt(tokens: LineTokens, place: number): number;
}

/** A vocabulary without words, for lines of this masker: places are those of its memory. */
export function createVocabulary(masker: Masker): Vocabulary {
  const { bytes } = masker;
  const texts = createByteTable();
  /** Four for each text: by flags. */
  const tokens: (Token | undefined)[] = [];
  const found: LineTokens = { ...masker.tokens, count: 0 };

  function intern(text: Uint8Array, start: number, end: number, hash: number): number {
    const known = texts.find(text, start, end, hash);
    return known >= 0 ? known : texts.add(text, start, end);
  }

  function tokenOf(id: number, flags: number): Token {
    const place = id * 4 + flags;
    const known = tokens[place];
    if (known !== undefined) return known;
    while (tokens.length <= place) tokens.push(undefined);
    const text = tokens[id * 4 + (flags ^ isSpacedFlag)]?.text ?? utf8.decode(texts.bytesOf(id));
    const token = makeToken(id, text, (flags & isValueFlag) !== 0, (flags & isSpacedFlag) !== 0);
    tokens[place] = token;
    return token;
  }

  const line: MaskedLine = {
    tokens: found,
    get formHash() {
      return masker.formHash;
    },
    putHashes: () => masker.hashTokens(),
    idAt({ starts, ends }, place) {
      const start = starts[place]!;
      const end = ends[place]!;
      return texts.find(bytes, start, end, masker.hashOf(start, end));
    },
  };

  // Their numbers are known: `wildId` and `emptyId`.
  intern(Buffer.from(wildText), 0, wildText.length, masker.wildHash);
  intern(Buffer.from(''), 0, 0, masker.emptyHash);
  tokens.push(undefined, wildToken(false), undefined, wildToken(true));

  function tokenize(start: number, end: number): Token[] {
    const count = masker.findTokens(start, end);
    masker.hashTokens();
    const { starts, ends, flags, hashes } = found;
    const made: Token[] = new Array(count);
    for (let i = 0; i < count; i++)
      made[i] = tokenOf(intern(bytes, starts[i]!, ends[i]!, hashes[i]!), flags[i]!);
    return made;
  }

  return {
    tokenize,
    tokenizeKept(masked) {
      const start = masker.putKept(masked);
      return tokenize(start, start + masked.length);
    },
    read(start, end) {
      found.count = masker.findTokens(start, end);
      return line;
    },
    adopt(others, from) {
      return others.map(({ id, isValue, spaced }) => {
        // Not by its text, which does not tell bytes that are no UTF-8.
        const text = from.bytesOf(id);
        return tokenOf(
          intern(text, 0, text.length, from.hashOf(id)),
          (isValue ? isValueFlag : 0) | (spaced ? isSpacedFlag : 0),
        );
      });
    },
    bytesOf: texts.bytesOf,
    hashOf: texts.hashOf,
  };
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
