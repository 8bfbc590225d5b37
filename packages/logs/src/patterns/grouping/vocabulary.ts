import { createByteTable, hashOf } from '../byteTable.ts';
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

/** A vocabulary without words. */
export function createVocabulary(): Vocabulary {
  const texts = createByteTable();
  let readFrom: Uint8Array = new Uint8Array(0);
  /** Four for each text: by flags. */
  const tokens: (Token | undefined)[] = [];

  function intern(bytes: Uint8Array, start: number, end: number): number {
    const known = texts.find(bytes, start, end);
    return known >= 0 ? known : texts.add(bytes, start, end);
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
    tokens: read,
    putHashes() {
      for (let i = 0; i < read.count; i++) {
        const [start, end] = [read.starts[i]!, read.ends[i]!];
        read.hashes[i] = hashOf(readFrom, start, end);
        read.holdsMask[i] = holdsMask(readFrom, start, end) ? 1 : 0;
      }
    },
    idAt({ starts, ends }, place) {
      return texts.find(readFrom, starts[place]!, ends[place]!);
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
    bytesOf: texts.bytesOf,
  };
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function holdsMask(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === wild) return true;
  return false;
}
