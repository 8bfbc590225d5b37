import type { FoundTokens } from '../masking/index.ts';
import type { Token } from './token.ts';

export const isValueFlag = 1;
export const isSpacedFlag = 2;

/** Tokens past this number are left out, as the masker does. */
export const maxTokens = 400;

/** The tokens of a line, without objects for them. */
export interface LineTokens extends FoundTokens {
  count: number;
}

/** Room for the tokens of any line. */
export function emptyLineTokens(): LineTokens {
  return {
    count: 0,
    starts: new Int32Array(maxTokens),
    ends: new Int32Array(maxTokens),
    flags: new Uint8Array(maxTokens),
    marks: new Uint8Array(maxTokens),
    hashes: new Int32Array(maxTokens),
    holdsMask: new Uint8Array(maxTokens),
  };
}

/** Puts tokens into `line`, with their numbers as hashes and without places. */
export function putTokens(tokens: readonly Token[], line: LineTokens): void {
  line.count = tokens.length;
  for (let i = 0; i < tokens.length; i++) {
    const { id, isValue, spaced, mark, holdsMask } = tokens[i]!;
    line.flags[i] = (isValue ? isValueFlag : 0) | (spaced ? isSpacedFlag : 0);
    line.marks[i] = mark;
    line.hashes[i] = id;
    line.holdsMask[i] = holdsMask ? 1 : 0;
  }
}

/** Puts one token of a line into another. */
export function copyToken(line: LineTokens, from: number, other: LineTokens, to: number): void {
  other.starts[to] = line.starts[from]!;
  other.ends[to] = line.ends[from]!;
  other.flags[to] = line.flags[from]!;
  other.marks[to] = line.marks[from]!;
  other.hashes[to] = line.hashes[from]!;
  other.holdsMask[to] = line.holdsMask[from]!;
}
