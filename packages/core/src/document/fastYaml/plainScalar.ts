import {
  carriageReturn,
  closeBrace,
  closeBracket,
  colon,
  comma,
  dash,
  hash,
  isBlank,
  lineFeed,
  notSure,
  openBrace,
  openBracket,
  questionMark,
  type Reader,
  space,
  tab,
} from './reader.ts';

/** Indicators that cannot begin a plain scalar, besides "-", "?" and ":" before a blank. */
const forbiddenFirst: ReadonlySet<number> = new Set(
  [...'#,[]{}&*!|>\'"%@`'].map((character) => character.charCodeAt(0)),
);

/** The part of a plain scalar on one line, from the position on. */
export interface PlainLine {
  readonly start: number;
  readonly end: number;
  /** Whether it is a key: a colon and a blank follow. */
  readonly isKey: boolean;
}

/** Steps over a plain scalar on one line of a block; behind the colon when it is a key. */
export function readPlainLine(reader: Reader): PlainLine {
  const { text, position: start } = reader;
  checkFirst(text, start, false);
  return readPlainRest(reader);
}

/** As `readPlainLine`, but for a line that continues a scalar: there the first character may be any. */
export function readPlainRest(reader: Reader): PlainLine {
  const { text, length, position: start } = reader;
  let end = start;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code > colon) end = at + 1;
    else if (code === space) {
      if (text.charCodeAt(at + 1) === hash) return finish(reader, { start, end, isKey: false }, at);
    } else if (code === colon) {
      if (isBlank(text.charCodeAt(at + 1))) return finish(reader, { start, end, isKey: true }, at + 1);
      end = at + 1;
    } else if (code === lineFeed || code === carriageReturn || at >= length) {
      return finish(reader, { start, end, isKey: false }, at);
    } else if (code === tab) throw notSure;
    else end = at + 1;
  }
}

/** Steps over a plain scalar inside brackets, up to a colon that makes it a key, a comma, a bracket or the line's end. */
export function readFlowPlain(reader: Reader): PlainLine {
  const { text, length, position: start } = reader;
  checkFirst(text, start, true);
  let end = start;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === space) {
      if (text.charCodeAt(at + 1) === hash) return finish(reader, { start, end, isKey: false }, at);
    } else if (code === colon && endsFlowKey(text.charCodeAt(at + 1))) {
      return finish(reader, { start, end, isKey: true }, at);
    } else if (isFlowIndicator(code) || code === lineFeed || code === carriageReturn || at >= length) {
      return finish(reader, { start, end, isKey: false }, at);
    } else if (code === tab) throw notSure;
    else end = at + 1;
  }
}

function finish(reader: Reader, line: PlainLine, position: number): PlainLine {
  reader.position = position;
  return line;
}

function checkFirst(text: string, start: number, isFlow: boolean): void {
  const first = text.charCodeAt(start);
  if (forbiddenFirst.has(first) || first === tab) throw notSure;
  if (first !== dash && first !== questionMark && first !== colon) return;
  const second = text.charCodeAt(start + 1);
  if (isBlank(second) || (isFlow && isFlowIndicator(second))) throw notSure;
}

function endsFlowKey(code: number): boolean {
  return isBlank(code) || isFlowIndicator(code);
}

function isFlowIndicator(code: number): boolean {
  return (
    code === comma ||
    code === openBracket ||
    code === closeBracket ||
    code === openBrace ||
    code === closeBrace
  );
}
