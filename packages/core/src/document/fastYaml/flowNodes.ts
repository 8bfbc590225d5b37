import { resolvePlain } from './coreSchema.ts';
import { markKind } from './marks.ts';
import { beginCollection, endCollection, markKey, markScalar, setEntry } from './nodes.ts';
import { readFlowPlain } from './plainScalar.ts';
import { readQuoted } from './quotedScalar.ts';
import {
  carriageReturn,
  closeBrace,
  closeBracket,
  colon,
  comma,
  descend,
  doubleQuote,
  hash,
  isBlank,
  isDocumentMarker,
  lineEnd,
  lineFeed,
  notSure,
  openBrace,
  openBracket,
  type Reader,
  singleQuote,
  space,
  tab,
} from './reader.ts';

/** Reads the list or map in brackets at the position and steps behind it; it may span lines. */
export function readFlow(reader: Reader, parentIndent: number): unknown {
  return readCollection(reader, { parentIndent, level: 1 });
}

interface Surroundings {
  /** Lines inside the brackets are indented more than this. */
  readonly parentIndent: number;
  /** How many brackets are open. */
  readonly level: number;
}

function readCollection(reader: Reader, around: Surroundings): unknown {
  descend(reader);
  const isMap = reader.text.charCodeAt(reader.position) === openBrace;
  const value = isMap ? readMap(reader, around) : readList(reader, around);
  reader.depth--;
  return value;
}

function readList(reader: Reader, around: Surroundings): unknown[] {
  const { text } = reader;
  const list: unknown[] = [];
  const mark = beginCollection(reader, markKind.flowList, reader.position++);
  skipBlanks(reader, around);
  while (text.charCodeAt(reader.position) !== closeBracket) {
    list.push(readValue(reader, around));
    skipBlanks(reader, around);
    skipComma(reader, around, closeBracket);
  }
  reader.lastEnd = ++reader.position;
  endCollection(reader, mark, list.length);
  return list;
}

function readMap(reader: Reader, around: Surroundings): Record<string, unknown> {
  const { text } = reader;
  const map: Record<string, unknown> = {};
  let count = 0;
  const mark = beginCollection(reader, markKind.flowMap, reader.position++);
  skipBlanks(reader, around);
  while (text.charCodeAt(reader.position) !== closeBrace) {
    const key = readKey(reader, around);
    skipBlanks(reader, around);
    setEntry(map, key, readValue(reader, around));
    count++;
    skipBlanks(reader, around);
    skipComma(reader, around, closeBrace);
  }
  reader.lastEnd = ++reader.position;
  endCollection(reader, mark, count);
  return map;
}

/** The comma before the next item; before the closing bracket there may be none. */
function skipComma(reader: Reader, around: Surroundings, closer: number): void {
  const code = reader.text.charCodeAt(reader.position);
  if (code === closer) return;
  if (code !== comma) throw notSure;
  reader.position++;
  skipBlanks(reader, around);
}

function readKey(reader: Reader, { parentIndent }: Surroundings): string {
  const { text, position: start } = reader;
  const first = text.charCodeAt(start);
  let key: string;
  if (first === doubleQuote || first === singleQuote) {
    const { value, isMultiline } = readQuoted(reader, parentIndent);
    if (isMultiline) throw notSure;
    key = value;
    markKey(reader, key, first, start, reader.position);
  } else {
    const line = readFlowPlain(reader);
    key = text.slice(line.start, line.end);
    markKey(reader, key, first, line.start, line.end);
  }
  const end = reader.position;
  while (text.charCodeAt(reader.position) === space) reader.position++;
  const isAdjacent = reader.position === end && (first === doubleQuote || first === singleQuote);
  if (text.charCodeAt(reader.position) !== colon || reader.position - start > 1000) throw notSure;
  reader.position++;
  if (!isAdjacent && !isBlank(text.charCodeAt(reader.position))) throw notSure;
  return key;
}

function readValue(reader: Reader, { parentIndent, level }: Surroundings): unknown {
  const { text, position: start } = reader;
  const first = text.charCodeAt(start);
  if (first === openBracket || first === openBrace)
    return readCollection(reader, { parentIndent, level: level + 1 });
  if (first === doubleQuote || first === singleQuote) {
    const { value } = readQuoted(reader, parentIndent);
    markScalar(reader, first, start, reader.position);
    return value;
  }
  const line = readFlowPlain(reader);
  if (line.isKey) throw notSure;
  markScalar(reader, first, line.start, line.end);
  return resolvePlain(text.slice(line.start, line.end));
}

/** Over blanks, line breaks and comments, to the next token inside the brackets. */
function skipBlanks(reader: Reader, { parentIndent, level }: Surroundings): void {
  const { text, length } = reader;
  const from = reader.position;
  let at = from;
  let lineStart = -1;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed) lineStart = at + 1;
    else if (code === hash) {
      if (at === from) throw notSure;
      at = lineEnd(reader, at) - 1;
    } else if (code !== space && code !== carriageReturn) break;
  }
  if (at >= length || text.charCodeAt(at) === tab) throw notSure;
  reader.position = at;
  if (lineStart === -1) return;
  reader.lineStart = lineStart;
  const code = text.charCodeAt(at);
  const isLastBracket = level === 1 && (code === closeBracket || code === closeBrace);
  const least = isLastBracket ? parentIndent : parentIndent + 1;
  if (at - lineStart < least || isDocumentMarker(reader, at, lineStart)) throw notSure;
}
