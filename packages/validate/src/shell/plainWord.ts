import type { Part } from './part.ts';
import { type ShellWord, TextWord, type WordPiece } from './word.ts';

/** 1 for the characters that mean themselves wherever they stand in a word. */
const plain = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+,-=^') {
  plain[character.charCodeAt(0)] = 1;
}
/** 1 for the characters that end a word. */
const ends = new Uint8Array(128);
for (const character of ' \t\n;&|<>)') ends[character.charCodeAt(0)] = 1;
/** 1 for the characters of a variable's name. */
const inName = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_') {
  inName[character.charCodeAt(0)] = 1;
}
const [doubleQuote, dollar, singleQuote, asterisk, questionMark, openBrace, closeBrace, equals] = [
  34, 36, 39, 42, 63, 123, 125, 61,
];
const [backslash, backtick, openParenthesis] = [92, 96, 40];
/** Words of characters that mean something inside longer ones. */
const whole = new Set(['[', ']', '!', '!=']);
/** 1 for the characters that they begin with. */
const beginsWhole = new Uint8Array(128);
for (const word of whole) beginsWhole[word.charCodeAt(0)] = 1;

const none: readonly never[] = [];

/** How a word is written: without any quoting, as one `'…'` on one line, as `"$NAME"`, or otherwise. */
export type WordForm = 'bare' | 'quoted' | 'variable' | 'mixed';

/** A variable in a word, at its half-open range. */
export interface WordVariable extends Part {
  readonly name: string;
  /** `${NAME}` rather than `$NAME`. */
  readonly isBraced: boolean;
}

/** Reads words of plain characters, quotations, variables and the patterns `*` and `?`. Everything else it leaves to a parser. */
export class PlainWordReader {
  /** Behind the last word that was read. */
  end = 0;
  form: WordForm = 'bare';
  /** The variables of the last word, in order. */
  variables: readonly WordVariable[] = none;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The word that begins at `start`; undefined when there is none, or one that needs the parser. */
  read(start: number): ShellWord | undefined {
    const text = this.#text;
    let at = start;
    while (plain[codeAt(text, at)] === 1) at++;
    this.form = 'bare';
    this.variables = none;
    if (at === text.length || ends[codeAt(text, at)] === 1) {
      return at === start ? undefined : this.#bare(start, at);
    }
    if (at === start && beginsWhole[codeAt(text, at)] === 1) {
      const end = endOfWord(text, start);
      if (whole.has(text.slice(start, end))) return this.#bare(start, end);
    }
    return this.#readPieces(start, at);
  }

  #bare(start: number, end: number): ShellWord {
    this.end = end;
    return new TextWord({ start, end }, this.#text.slice(start, end));
  }

  #readPieces(start: number, plainEnd: number): ShellWord | undefined {
    const text = this.#text;
    const pieces: WordPiece[] = plainEnd > start ? [text.slice(start, plainEnd)] : [];
    let at = plainEnd;
    while (at < text.length && ends[codeAt(text, at)] !== 1) {
      const first = at;
      at = this.#readPiece(first, pieces);
      if (at === -1) return undefined;
      if (first === start) this.form = this.#formOf(start, at);
      else this.form = 'mixed';
    }
    this.end = at;
    const isText = pieces.every((piece) => typeof piece === 'string');
    return isText ? new TextWord({ start, end: at }, pieces.join('')) : { start, end: at, pieces };
  }

  /** The form of a word that ends with its first piece. */
  #formOf(start: number, end: number): WordForm {
    if (codeAt(this.#text, start) === singleQuote) {
      return this.#text.slice(start, end).includes('\n') ? 'mixed' : 'quoted';
    }
    const [variable] = this.variables;
    const isVariable = variable !== undefined && variable.start === start + 1 && variable.end === end - 1;
    return isVariable && !variable.isBraced ? 'variable' : 'mixed';
  }

  /** The end of the piece at `at`; -1: it needs the parser. */
  #readPiece(at: number, pieces: WordPiece[]): number {
    const text = this.#text;
    switch (codeAt(text, at)) {
      case singleQuote: {
        const close = text.indexOf("'", at + 1);
        if (close === -1) return -1;
        pieces.push(text.slice(at + 1, close));
        return close + 1;
      }
      case doubleQuote:
        return this.#readQuotation(at, pieces);
      case dollar:
        return this.#readVariable(at, pieces);
      case asterisk:
      case questionMark:
        pieces.push(null);
        return endOfRun(text, at);
      default: {
        let end = at;
        while (plain[codeAt(text, end)] === 1) end++;
        if (end === at) return -1;
        pieces.push(text.slice(at, end));
        return end;
      }
    }
  }

  /** `"…"` with nothing in it but text and variables. */
  #readQuotation(open: number, pieces: WordPiece[]): number {
    const text = this.#text;
    let at = open + 1;
    let literal = at;
    if (codeAt(text, at) === doubleQuote) pieces.push('');
    for (; ; at++) {
      const character = codeAt(text, at);
      if (character === 0 || character === backslash || character === backtick) return -1;
      if (character !== doubleQuote && character !== dollar) continue;
      if (at > literal) pieces.push(text.slice(literal, at));
      if (character === doubleQuote) return at + 1;
      literal = this.#readVariable(at, pieces);
      if (literal === -1) return -1;
      at = literal - 1;
    }
  }

  /** `$NAME` or `${NAME}` */
  #readVariable(at: number, pieces: WordPiece[]): number {
    const text = this.#text;
    const isBraced = codeAt(text, at + 1) === openBrace;
    const start = isBraced ? at + 2 : at + 1;
    if (inName[codeAt(text, start)] !== 1 || isDigit(codeAt(text, start))) return -1;
    let end = start + 1;
    while (inName[codeAt(text, end)] === 1) end++;
    if (isBraced && codeAt(text, end) !== closeBrace) return -1;
    const name = text.slice(start, end);
    if (isBraced) end++;
    pieces.push({ variable: name });
    const variable = { name, start: at, end, isBraced };
    if (this.variables === none) this.variables = [variable];
    else (this.variables as WordVariable[]).push(variable);
    return end;
  }
}

/**
 * The character at `at`; 0 at the end of the text. There `charCodeAt` says NaN: to ask a table about that takes longer than
 * to read the rest of the word.
 */
export function codeAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0;
}

export function isDigit(character: number): boolean {
  return character >= 48 && character <= 57;
}

/** The place of the `=` of `NAME=value` that begins at `start`; -1: there is none. */
export function endOfName(text: string, start: number): number {
  let at = start;
  if (isDigit(codeAt(text, at))) return -1;
  while (inName[codeAt(text, at)] === 1) at++;
  return at > start && codeAt(text, at) === equals ? at : -1;
}

/** Several asterisks in a row are one. */
function endOfRun(text: string, start: number): number {
  let end = start + 1;
  while (codeAt(text, start) === asterisk && codeAt(text, end) === asterisk) end++;
  return end;
}

/** The end of what begins at `start` and holds no blank and no operator. */
export function endOfWord(text: string, start: number): number {
  let end = start;
  for (; end < text.length; end++) {
    const character = codeAt(text, end);
    if (ends[character] === 1 || character === openParenthesis) break;
  }
  return end;
}
