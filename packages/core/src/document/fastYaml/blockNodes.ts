import { readBlockScalar } from './blockScalar.ts';
import { resolvePlain } from './coreSchema.ts';
import { readFlow } from './flowNodes.ts';
import { markKind } from './marks.ts';
import { beginCollection, endCollection, markKey, markNothing, markScalar, setEntry } from './nodes.ts';
import { type PlainLine, readPlainLine, readPlainRest } from './plainScalar.ts';
import { foldLines, readQuoted } from './quotedScalar.ts';
import {
  carriageReturn,
  colon,
  dash,
  descend,
  doubleQuote,
  greaterThan,
  hash,
  isBlank,
  lineFeed,
  notSure,
  openBrace,
  openBracket,
  pipe,
  type Reader,
  singleQuote,
  space,
  tab,
  toNextContent,
} from './reader.ts';

/**
 * Reads the list, map or scalar that begins at the position, in `column`, and goes on to the next content. Its lines
 * are indented more than `parentIndent`. A scalar behind a comment line is not read: the `yaml` package takes a comment
 * in the first column for the end of the scalar's indentation.
 */
export function readBlock(reader: Reader, column: number, parentIndent: number): unknown {
  descend(reader);
  const value = readBlockNode(reader, column, parentIndent);
  reader.depth--;
  return value;
}

function readBlockNode(reader: Reader, column: number, parentIndent: number): unknown {
  const { text, position: start, isAfterComment } = reader;
  const first = text.charCodeAt(start);
  if (first === dash && isBlank(text.charCodeAt(start + 1))) return readList(reader, column);
  if (first === openBracket || first === openBrace) {
    if (isAfterComment && parentIndent >= 0) throw notSure;
    return endLine(reader, readFlow(reader, parentIndent));
  }
  if (first === pipe || first === greaterThan) throw notSure;
  if (first === doubleQuote || first === singleQuote) {
    const { value, isMultiline } = readQuoted(reader, parentIndent);
    const end = reader.position;
    if (skipKeyColon(reader)) {
      if (isMultiline) throw notSure;
      return readMap(reader, column, { key: value, first, start, end });
    }
    if (isAfterComment) throw notSure;
    markScalar(reader, first, start, end);
    return endLine(reader, value);
  }
  const line = readPlainLine(reader);
  if (line.isKey) return readMap(reader, column, { key: text.slice(line.start, line.end), first, ...line });
  if (isAfterComment) throw notSure;
  return endLine(reader, readPlain(reader, line, parentIndent));
}

function endLine(reader: Reader, value: unknown): unknown {
  toNextContent(reader);
  return value;
}

interface Key {
  readonly key: string;
  /** Its first character. */
  readonly first: number;
  readonly start: number;
  readonly end: number;
}

/** The position is behind the colon of the first key. */
function readMap(reader: Reader, column: number, firstKey: Key): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  const mark = beginCollection(reader, markKind.blockMap, firstKey.start);
  let count = 0;
  for (let key = firstKey; ; key = readKey(reader)) {
    if (reader.position - key.start > 1000) throw notSure;
    markKey(reader, key.key, key.first, key.start, key.end);
    setEntry(map, key.key, readMapValue(reader, column));
    count++;
    if (reader.indent < column) break;
    if (reader.indent > column) throw notSure;
  }
  endCollection(reader, mark, count);
  return map;
}

function readKey(reader: Reader): Key {
  const { text, position: start } = reader;
  const first = text.charCodeAt(start);
  if (first === doubleQuote || first === singleQuote) {
    const { value, isMultiline } = readQuoted(reader, -1);
    const end = reader.position;
    if (isMultiline || !skipKeyColon(reader)) throw notSure;
    return { key: value, first, start, end };
  }
  const line = readPlainLine(reader);
  if (!line.isKey) throw notSure;
  return { key: text.slice(line.start, line.end), first, start: line.start, end: line.end };
}

/** Steps behind the colon that makes a key of the quoted scalar before it. */
function skipKeyColon(reader: Reader): boolean {
  const { text } = reader;
  let at = reader.position;
  while (text.charCodeAt(at) === space) at++;
  if (text.charCodeAt(at) !== colon || !isBlank(text.charCodeAt(at + 1))) return false;
  reader.position = at + 1;
  return true;
}

/** From behind the colon to the next content behind the value. A list may stand in the column of the key. */
function readMapValue(reader: Reader, column: number): unknown {
  const { text, position: behindColon } = reader;
  if (!skipToValue(reader)) {
    if (reader.indent > column) return readBlock(reader, reader.indent, column);
    const isList = reader.indent === column && text.charCodeAt(reader.position) === dash;
    if (isList && isBlank(text.charCodeAt(reader.position + 1))) return readBlock(reader, column, column);
    return markNothing(reader, behindColon);
  }
  return readInlineValue(reader, column);
}

/** The position is at the first dash. */
function readList(reader: Reader, column: number): unknown[] {
  const { text } = reader;
  const list: unknown[] = [];
  const mark = beginCollection(reader, markKind.blockList, reader.position);
  for (;;) {
    const dashAt = reader.position;
    reader.marks?.numbers.push(dashAt);
    reader.position++;
    list.push(readItem(reader, column, dashAt));
    if (reader.indent !== column) break;
    if (text.charCodeAt(reader.position) !== dash || !isBlank(text.charCodeAt(reader.position + 1))) break;
  }
  if (reader.indent > column) throw notSure;
  endCollection(reader, mark, list.length);
  return list;
}

function readItem(reader: Reader, column: number, dashAt: number): unknown {
  if (!skipToValue(reader)) {
    return reader.indent > column
      ? readBlock(reader, reader.indent, column)
      : markNothing(reader, dashAt + 1);
  }
  const first = reader.text.charCodeAt(reader.position);
  if (first === pipe || first === greaterThan) return readBlockScalar(reader, column);
  return readBlock(reader, column + reader.position - dashAt, column);
}

/** To a value on the same line; when there is none, to the next content and false. */
function skipToValue(reader: Reader): boolean {
  const { text, length } = reader;
  let at = reader.position;
  while (text.charCodeAt(at) === space) at++;
  const code = text.charCodeAt(at);
  if (code === lineFeed || code === carriageReturn || code === hash || at >= length) {
    toNextContent(reader);
    return false;
  }
  reader.isAfterComment = false;
  reader.position = at;
  return true;
}

/** A value on the line of its key. */
function readInlineValue(reader: Reader, column: number): unknown {
  const { text, position: start } = reader;
  const first = text.charCodeAt(start);
  if (first === pipe || first === greaterThan) return readBlockScalar(reader, column);
  if (first === openBracket || first === openBrace) return endLine(reader, readFlow(reader, column));
  if (first === doubleQuote || first === singleQuote) {
    const { value } = readQuoted(reader, column);
    markScalar(reader, first, start, reader.position);
    return endLine(reader, value);
  }
  const line = readPlainLine(reader);
  if (line.isKey) throw notSure;
  return endLine(reader, readPlain(reader, line, column));
}

/** The plain scalar whose first line has been read, with the lines that continue it. */
function readPlain(reader: Reader, firstLine: PlainLine, parentIndent: number): unknown {
  const { text } = reader;
  const { start } = firstLine;
  let { end } = firstLine;
  let lines: string[] | undefined;
  for (
    let at = nextPlainLine(reader, parentIndent);
    at !== undefined;
    at = nextPlainLine(reader, parentIndent)
  ) {
    lines ??= [text.slice(start, end)];
    for (let blank = 0; blank < at.blankLines; blank++) lines.push('');
    reader.position = at.position;
    const line = readPlainRest(reader);
    if (line.isKey) throw notSure;
    lines.push(text.slice(line.start, line.end));
    end = line.end;
  }
  markScalar(reader, 0, start, end);
  return lines === undefined ? resolvePlain(text.slice(start, end)) : resolvePlain(foldLines(lines));
}

/** Where the next line continues the plain scalar that ends its line here, if it does. */
function nextPlainLine(
  { text, length, position }: Reader,
  parentIndent: number,
): { readonly position: number; readonly blankLines: number } | undefined {
  let at = position;
  for (let blankLines = 0; ; blankLines++) {
    if (text.charCodeAt(at) === carriageReturn) at++;
    if (text.charCodeAt(at) !== lineFeed) return undefined;
    const lineStart = ++at;
    while (text.charCodeAt(at) === space) at++;
    const code = text.charCodeAt(at);
    if (code === lineFeed || code === carriageReturn) continue;
    if (code === hash || at >= length || at - lineStart <= parentIndent) return undefined;
    if (code === tab || parentIndent < 0) throw notSure;
    return { position: at, blankLines };
  }
}
