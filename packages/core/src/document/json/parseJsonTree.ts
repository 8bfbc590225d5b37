import type { ParseLimits } from '../document.ts';
import { setOwn } from '../ownKeys.ts';
import type { Problem } from '../problem.ts';
import type { Span, SyntaxEntry, SyntaxItem, SyntaxNode } from '../syntaxTree.ts';
import { closeBracket, isClosed, openBracket, readSeparator, startsValue } from './jsonBrackets.ts';
import {
  createReader,
  fail,
  maximumErrors,
  type Reader,
  reportDuplicate,
  reportStringProblem,
} from './jsonReader.ts';
import { tokenError, tokenKind } from './jsonTokens.ts';
import { describeToken, endOfSingleQuoted, hintForWord, jsonForWord } from './jsonWords.ts';

export interface JsonTree {
  /** The whole document, as far as it could be understood. */
  readonly root: SyntaxNode;
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Whether `value` is all that the text says: no problem is an error. */
  readonly isComplete: boolean;
}

/**
 * Reads JSON with comments and trailing commas, every value with its place. After an error it goes on where the
 * next entry or item begins, so that several independent errors are told at once. Bounded recursion; time linear in
 * the text.
 */
export function parseJsonTree(text: string, limits: Pick<ParseLimits, 'maximumDepth'>): JsonTree {
  const reader = createReader(text, limits.maximumDepth);
  const root = readValue(reader, 0);
  if (reader.tokens.kind !== tokenKind.end) {
    fail(reader, {
      code: 'E101',
      message: `expected the end of the file after the value, found ${describeToken(reader.tokens)}`,
      hint: 'a JSON file holds one value: remove what follows, or a closing brace too many before it',
    });
  }
  return {
    root: root.node,
    value: root.value,
    problems: reader.problems,
    isComplete: reader.errorCount === 0,
  };
}

interface Read {
  readonly node: SyntaxNode;
  readonly value: unknown;
}

function readValue(reader: Reader, depth: number): Read {
  const { tokens } = reader;
  const { kind, start, end } = tokens;
  if (kind === tokenKind.openBrace || kind === tokenKind.openBracket) {
    if (depth < reader.maximumDepth) {
      return kind === tokenKind.openBrace ? readMap(reader, depth) : readList(reader, depth);
    }
    fail(reader, {
      code: 'E108',
      message: `nested deeper than ${reader.maximumDepth} levels`,
      hint: 'a bracket may be missing above, or the file is damaged',
    });
    reader.errorCount = maximumErrors;
    tokens.skipTo(reader.text.length);
    return scalar(start, end, 'plain', null);
  }
  if (kind === tokenKind.string) {
    reportStringProblem(reader);
    const { value } = tokens;
    const stringEnd = tokens.end;
    tokens.advance();
    return scalar(start, stringEnd, 'double', value);
  }
  if (kind >= tokenKind.null && kind <= tokenKind.false) {
    tokens.advance();
    return scalar(start, end, 'plain', kind === tokenKind.null ? null : kind === tokenKind.true);
  }
  if (kind === tokenKind.number) return readNumber(reader);
  return readNoValue(reader);
}

function readNumber(reader: Reader): Read {
  const { tokens } = reader;
  const { start, end, value } = tokens;
  if (tokens.error !== tokenError.none) {
    fail(reader, { code: 'E101', message: `"${value}" is not a complete number` });
  }
  tokens.advance();
  return scalar(start, end, 'plain', Number(value));
}

/** Where a value should stand there is none: a wrong word is skipped, a bracket or comma is left to the caller. */
function readNoValue(reader: Reader): Read {
  const { tokens } = reader;
  const { start } = tokens;
  if (tokens.kind !== tokenKind.unknown) {
    if (tokens.kind === tokenKind.end && reader.open.length > 0) return scalar(start, start, 'plain', null);
    fail(reader, { code: 'E101', message: `expected a value, found ${describeToken(tokens)}` });
    return scalar(start, start, 'plain', null);
  }
  const quotedEnd = endOfSingleQuoted(reader.text, start);
  const word = reader.text.slice(start, quotedEnd ?? tokens.end);
  const newText = jsonForWord(word);
  fail(reader, {
    code: 'E101',
    end: start + word.length,
    ...(newText !== undefined && {
      fix: { start, end: start + word.length, newText, title: `Write ${newText}` },
    }),
    message: `expected a value, found ${JSON.stringify(word)}`,
    hint: hintForWord(word),
  });
  tokens.skipTo(start + word.length);
  return scalar(start, start + word.length, 'plain', null);
}

function readMap(reader: Reader, depth: number): Read {
  const { tokens } = reader;
  const { start } = tokens;
  const entries: SyntaxEntry[] = [];
  const entryByKey = new Map<string, SyntaxEntry>();
  const value: Record<string, unknown> = {};
  openBracket(reader, '{');
  for (let comma: Span | undefined; !isClosed(reader, '{', comma); comma = readSeparator(reader, '}')) {
    const key = readKey(reader);
    if (key === undefined) continue;
    readColon(reader);
    const read = readValue(reader, depth + 1);
    const entry = {
      start: key.node.start,
      key: key.name,
      keyNode: key.node,
      value: read.node,
      merge: false,
    };
    reportDuplicate(reader, entryByKey.get(key.name), entry);
    entryByKey.set(key.name, entry);
    entries.push(entry);
    setOwn(value, key.name, read.value);
  }
  return { node: { kind: 'map', flow: true, start, end: closeBracket(reader), entries }, value };
}

function readList(reader: Reader, depth: number): Read {
  const { start } = reader.tokens;
  const items: SyntaxItem[] = [];
  const value: unknown[] = [];
  openBracket(reader, '[');
  for (let comma: Span | undefined; !isClosed(reader, '[', comma); comma = readSeparator(reader, ']')) {
    const read = readValue(reader, depth + 1);
    items.push({ start: read.node.start, value: read.node });
    value.push(read.value);
  }
  return { node: { kind: 'list', flow: true, start, end: closeBracket(reader), items }, value };
}

interface Key {
  readonly name: string;
  readonly node: Extract<SyntaxNode, { kind: 'scalar' }>;
}

/** A key, or undefined after something else was reported and stepped over. */
function readKey(reader: Reader): Key | undefined {
  const { tokens } = reader;
  const { kind, start, end, value } = tokens;
  if (kind === tokenKind.string) {
    reportStringProblem(reader);
    const stringEnd = tokens.end;
    tokens.advance();
    return { name: value, node: { kind: 'scalar', style: 'double', start, end: stringEnd } };
  }
  if (kind === tokenKind.unknown || (kind >= tokenKind.null && kind <= tokenKind.number)) {
    const quotedEnd = endOfSingleQuoted(reader.text, start);
    const name = quotedEnd === undefined ? value : reader.text.slice(start + 1, quotedEnd - 1);
    const keyEnd = quotedEnd ?? end;
    fail(reader, {
      code: 'E101',
      end: keyEnd,
      message: `expected a key in double quotes, found ${reader.text.slice(start, keyEnd)}`,
      hint: `write ${JSON.stringify(name)}`,
      fix: { start, end: keyEnd, newText: JSON.stringify(name), title: 'Put the key in double quotes' },
    });
    tokens.skipTo(keyEnd);
    return { name, node: { kind: 'scalar', style: 'plain', start, end: keyEnd } };
  }
  fail(reader, { code: 'E101', message: `expected a key in double quotes, found ${describeToken(tokens)}` });
  if (startsValue(kind)) readValue(reader, reader.open.length);
  else if (kind !== tokenKind.comma) tokens.advance();
  return undefined;
}

function readColon(reader: Reader): void {
  const { tokens } = reader;
  if (tokens.kind === tokenKind.colon) {
    tokens.advance();
    return;
  }
  const isEqualSign = tokens.kind === tokenKind.unknown && tokens.value.startsWith('=');
  const at = tokens.previousEnd;
  fail(reader, {
    code: 'E106',
    start: isEqualSign ? tokens.start : at,
    end: isEqualSign ? tokens.start + 1 : at,
    message: 'expected a colon between the key and its value',
    hint: isEqualSign ? 'write ":" for "="' : 'add a colon here',
  });
  if (isEqualSign) tokens.skipTo(tokens.start + 1);
}

function scalar(start: number, end: number, style: 'plain' | 'double', value: unknown): Read {
  return { node: { kind: 'scalar', style, start, end }, value };
}
