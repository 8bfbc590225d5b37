import { backslash, doubleQuote, lineFeed, notSure, type Reader, singleQuote, space, tab } from './reader.ts';

export interface QuotedScalar {
  readonly value: string;
  readonly isMultiline: boolean;
}

/**
 * Reads the quoted scalar at the position and steps behind it. Lines after the first must be indented more than
 * `parentIndent`.
 */
export function readQuoted(reader: Reader, parentIndent: number): QuotedScalar {
  const { text, length, position: start } = reader;
  const quote = text.charCodeAt(start);
  let hasEscapes = false;
  let isMultiline = false;
  let at = start + 1;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      if (quote === doubleQuote || text.charCodeAt(at + 1) !== singleQuote) break;
      hasEscapes = true;
      at++;
    } else if (code === lineFeed) {
      checkIndentation(reader, at + 1, parentIndent);
      isMultiline = true;
    } else if (code === backslash && quote === doubleQuote) {
      hasEscapes = true;
      // An escaped line break must be seen as a line break too.
      if (text.charCodeAt(at + 1) === backslash || text.charCodeAt(at + 1) === doubleQuote) at++;
    } else if (at >= length) throw notSure;
  }
  reader.position = at + 1;
  const content = text.slice(start + 1, at);
  if (!hasEscapes && !isMultiline) return { value: content, isMultiline };
  if (quote === doubleQuote) return { value: decodeDouble(content), isMultiline };
  const folded = isMultiline ? foldLines(content.split(/\r?\n/)) : content;
  return { value: folded.replaceAll("''", "'"), isMultiline };
}

function checkIndentation({ text }: Reader, lineStart: number, parentIndent: number): void {
  if (parentIndent < 0) throw notSure;
  let at = lineStart;
  while (text.charCodeAt(at) === space) at++;
  const code = text.charCodeAt(at);
  if (code === tab) throw notSure;
  if (code !== lineFeed && code !== 13 && at - lineStart <= parentIndent) throw notSure;
}

/**
 * Joins the lines of a scalar: one line break becomes a blank, each further one stays. Blanks around the breaks go.
 * The lines are those between the quotes, or those of a plain scalar.
 */
export function foldLines(lines: readonly string[]): string {
  let result = trimEnd(lines[0] ?? '');
  let breaks = 0;
  for (let index = 1; index < lines.length; index++) {
    const isLast = index === lines.length - 1;
    const line = trimStart(isLast ? (lines[index] ?? '') : trimEnd(lines[index] ?? ''));
    breaks++;
    if (line === '' && !isLast) continue;
    result += breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
    result += line;
    breaks = 0;
  }
  return result;
}

function trimEnd(line: string): string {
  let end = line.length;
  while (end > 0 && isBlankAt(line, end - 1)) end--;
  return line.slice(0, end);
}

function trimStart(line: string): string {
  let start = 0;
  while (start < line.length && isBlankAt(line, start)) start++;
  return line.slice(start);
}

function isBlankAt(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  return code === space || code === tab;
}

const characterByEscape: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['\t', '\t'],
]);

const hexDigitsByEscape: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** Escapes, escaped line breaks, and line breaks with the blanks behind them. */
const notable = /\\(?:\r?\n[ \t]*|[xuU]|[^\r])|\r?\n[ \t\r\n]*/g;

function decodeDouble(content: string): string {
  let result = '';
  let done = 0;
  notable.lastIndex = 0;
  for (let found = notable.exec(content); found !== null; found = notable.exec(content)) {
    const [token] = found;
    const before = content.slice(done, found.index);
    done = notable.lastIndex;
    if (token[0] !== '\\') {
      result += trimEnd(before) + foldedBreak(token);
      continue;
    }
    result += before;
    const kind = token[1] ?? '';
    if (kind === '\n' || kind === '\r') continue;
    const digits = hexDigitsByEscape.get(kind);
    if (digits === undefined) {
      const character = characterByEscape.get(kind);
      if (character === undefined) throw notSure;
      result += character;
    } else {
      result += characterOfCode(content.slice(done, done + digits), digits);
      done += digits;
      notable.lastIndex = done;
    }
  }
  return result + content.slice(done);
}

function foldedBreak(token: string): string {
  const breaks = token.split('\n').length - 1;
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
}

function characterOfCode(hex: string, digits: number): string {
  if (hex.length !== digits || !/^[0-9a-fA-F]+$/.test(hex)) throw notSure;
  const code = Number.parseInt(hex, 16);
  if (code > 0x10ffff) throw notSure;
  return String.fromCodePoint(code);
}
