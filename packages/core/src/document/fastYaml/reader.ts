import type { Marks } from './marks.ts';

/** Thrown, and caught in one place, wherever a text leaves the subset that is read here. */
export const notSure: unique symbol = Symbol('not sure');

/** The state of one reading. Positions are offsets in `text`. */
export interface Reader {
  readonly text: string;
  readonly length: number;
  position: number;
  /** Where the current line begins. */
  lineStart: number;
  /** Behind `toNextContent`: the column of the next content, or -1 at the end of the text. */
  indent: number;
  /** Behind `toNextContent`: whether comment lines were passed. */
  isAfterComment: boolean;
  depth: number;
  /** Where the last value ended. */
  lastEnd: number;
  /** Records the places of all nodes when it is there. */
  readonly marks: Marks | undefined;
}

export const tab = 9;
export const lineFeed = 10;
export const carriageReturn = 13;
export const space = 32;
export const doubleQuote = 34;
export const hash = 35;
export const singleQuote = 39;
export const comma = 44;
export const dash = 45;
export const dot = 46;
export const colon = 58;
export const greaterThan = 62;
export const questionMark = 63;
export const openBracket = 91;
export const backslash = 92;
export const closeBracket = 93;
export const openBrace = 123;
export const pipe = 124;
export const closeBrace = 125;

/** Deeper texts are left to the `yaml` package, where the limits of nesting are checked. */
const maximumDepth = 100;

export function descend(reader: Reader): void {
  if (++reader.depth > maximumDepth) throw notSure;
}

/** Whether a character (NaN behind the end of the text) separates tokens. */
export function isBlank(code: number): boolean {
  return code === space || code === lineFeed || code === carriageReturn || code === tab || Number.isNaN(code);
}

/**
 * From behind a value, over the rest of its line and over blank and comment lines, to the next content. The rest of
 * the line may hold a comment only; documents other than the first are not read.
 */
export function toNextContent(reader: Reader): void {
  const { text, length } = reader;
  let at = reader.position;
  reader.isAfterComment = false;
  while (text.charCodeAt(at) === space) at++;
  if (text.charCodeAt(at) === hash) {
    if (at === reader.position && at !== reader.lineStart) throw notSure;
    at = lineEnd(reader, at);
  }
  while (at < length) {
    if (text.charCodeAt(at) === carriageReturn) at++;
    if (text.charCodeAt(at) !== lineFeed) throw notSure;
    const start = ++at;
    let code = text.charCodeAt(at);
    while (code === space) code = text.charCodeAt(++at);
    if (code === hash) {
      reader.isAfterComment = true;
      at = lineEnd(reader, at);
    } else if (code !== lineFeed && code !== carriageReturn && at < length) {
      enterLine(reader, start, at);
      return;
    }
  }
  reader.position = length;
  reader.indent = -1;
}

/** Makes `at` the position, the first content of the line that begins at `start`. */
export function enterLine(reader: Reader, start: number, at: number): void {
  if (reader.text.charCodeAt(at) === tab || isDocumentMarker(reader, at, start)) throw notSure;
  reader.lineStart = start;
  reader.indent = at - start;
  reader.position = at;
}

/** A line that begins with three dashes or dots. */
export function isDocumentMarker({ text }: Reader, at: number, lineStart: number): boolean {
  const code = text.charCodeAt(at);
  if (at !== lineStart || (code !== dash && code !== dot)) return false;
  return (
    text.charCodeAt(at + 1) === code && text.charCodeAt(at + 2) === code && isBlank(text.charCodeAt(at + 3))
  );
}

/** The offset of the line break that ends the line of `at`, or the end of the text. */
export function lineEnd({ text, length }: Reader, at: number): number {
  const end = text.indexOf('\n', at);
  if (end === -1) return length;
  return end > at && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
}
