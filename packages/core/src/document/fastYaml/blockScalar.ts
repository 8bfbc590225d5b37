import { markKind } from './marks.ts';
import {
  carriageReturn,
  greaterThan,
  hash,
  lineEnd,
  lineFeed,
  notSure,
  type Reader,
  space,
  tab,
  toNextContent,
} from './reader.ts';

type Chomping = 'clip' | 'strip' | 'keep';

/**
 * Reads the literal or folded scalar at the position and goes on to the next content. Its text is indented more than
 * `parentIndent`; an explicit indentation indicator is not read here.
 */
export function readBlockScalar(reader: Reader, parentIndent: number): string {
  const { position: start, text } = reader;
  const isFolded = text.charCodeAt(start) === greaterThan;
  const chomping = readHeader(reader);
  const headerEnd = reader.position;
  const indent = contentIndent(reader, parentIndent);
  const value = indent === undefined ? '' : readContent(reader, { indent, isFolded, chomping });
  const end = start + text.slice(start, Math.max(headerEnd, reader.position)).trimEnd().length;
  reader.marks?.numbers.push(isFolded ? markKind.folded : markKind.literal, start, end, 0);
  reader.lastEnd = end;
  toNextContent(reader);
  return value;
}

/** Steps to the end of the header line. */
function readHeader(reader: Reader): Chomping {
  const { text, length } = reader;
  let at = reader.position + 1;
  const sign = text[at];
  if (sign === '+' || sign === '-') at++;
  const behindIndicators = at;
  while (text.charCodeAt(at) === space) at++;
  const code = text.charCodeAt(at);
  if (code === hash && at > behindIndicators) at = lineEnd(reader, at);
  else if (code !== lineFeed && code !== carriageReturn && at < length) throw notSure;
  reader.position = at;
  return sign === '+' ? 'keep' : sign === '-' ? 'strip' : 'clip';
}

/** The indentation of the first line with text; undefined when there is no text. */
function contentIndent(reader: Reader, parentIndent: number): number | undefined {
  const { text, length } = reader;
  if (parentIndent < 0) throw notSure;
  let blankLines = 0;
  let widestBlank = 0;
  for (let at = nextLine(reader, reader.position); at < length; at = nextLine(reader, at)) {
    const lineStart = at;
    while (text.charCodeAt(at) === space) at++;
    const indent = at - lineStart;
    const code = text.charCodeAt(at);
    if (code === tab || at >= length) throw notSure;
    if (code !== lineFeed && code !== carriageReturn) {
      if (indent > parentIndent && widestBlank <= indent) return indent;
      if (indent > parentIndent || blankLines > 0) throw notSure;
      return undefined;
    }
    blankLines++;
    widestBlank = Math.max(widestBlank, indent);
  }
  if (blankLines > 0) throw notSure;
  return undefined;
}

interface Content {
  readonly indent: number;
  readonly isFolded: boolean;
  readonly chomping: Chomping;
}

/** Reads the lines of the text and steps to the end of the last that is not blank. */
function readContent(reader: Reader, { indent, isFolded, chomping }: Content): string {
  const { text, length } = reader;
  let value = '';
  let breaks = 0;
  let isFirst = true;
  let wasText = false;
  for (
    let lineStart = nextLine(reader, reader.position);
    lineStart < length;
    lineStart = nextLine(reader, lineStart)
  ) {
    const start = skipIndent(text, lineStart, indent);
    const end = lineEnd(reader, start);
    if (end === start) {
      if (end >= length && start > lineStart) throw notSure;
      if (chomping === 'keep' && start > lineStart) throw notSure;
      breaks++;
      continue;
    }
    if (start - lineStart < indent) {
      if (text.charCodeAt(start) === tab) throw notSure;
      break;
    }
    const first = text.charCodeAt(start);
    const isText = first !== space && first !== tab;
    const line = text.slice(start, end);
    if (!isText && line.trim() === '') throw notSure;
    if (isFirst) value = '\n'.repeat(breaks);
    else value += isFolded && wasText && isText ? foldedBreaks(breaks) : '\n'.repeat(breaks);
    value += line;
    breaks = end < length ? 1 : 0;
    isFirst = false;
    wasText = isText;
    reader.position = end;
    lineStart = end;
  }
  if (chomping === 'strip') return value;
  return value + (chomping === 'keep' ? '\n'.repeat(Math.max(1, breaks)) : '\n');
}

function foldedBreaks(breaks: number): string {
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
}

/** Behind at most `indent` blanks. */
function skipIndent(text: string, lineStart: number, indent: number): number {
  let at = lineStart;
  while (at - lineStart < indent && text.charCodeAt(at) === space) at++;
  return at;
}

/** The beginning of the next line, or the end of the text. */
function nextLine({ text, length }: Reader, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? length : end + 1;
}
