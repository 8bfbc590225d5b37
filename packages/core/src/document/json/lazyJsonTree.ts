import type { ListNode, MapNode, SyntaxEntry, SyntaxItem, SyntaxNode } from '../syntaxTree.ts';
import { endOfString } from './endOfString.ts';

/**
 * The tree of a text that `JSON.parse` accepts and in which no key is written twice: the same as `parseJsonTree` makes
 * of it, but what is inside an object or array is looked at when it is asked for. To find a place costs a walk over the
 * text for the first one, and next to nothing for the others; nothing is made of what lies beside the way.
 */
export function lazyJsonTree(text: string): SyntaxNode {
  const start = skipBlanks(text, text.charCodeAt(0) === byteOrderMark ? 1 : 0);
  return nodeAt(text, start);
}

const byteOrderMark = 0xfeff;
const [tab, lineFeed, carriageReturn, blank, quote, comma] = [9, 10, 13, 32, 34, 44];
const [openBracket, closeBracket, openBrace, closeBrace] = [91, 93, 123, 125];

function nodeAt(text: string, start: number): SyntaxNode {
  switch (text.charCodeAt(start)) {
    case openBrace:
      return new LazyMap(text, start, endOfBrackets(text, start));
    case openBracket:
      return new LazyList(text, start, endOfBrackets(text, start));
    case quote:
      return { kind: 'scalar', style: 'double', start, end: endOfString(text, start) };
    default:
      return { kind: 'scalar', style: 'plain', start, end: endOfWord(text, start) };
  }
}

class LazyMap implements MapNode {
  readonly kind = 'map';
  readonly flow = true;
  readonly start: number;
  readonly end: number;
  readonly #text: string;
  #entries: readonly SyntaxEntry[] | undefined;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.start = start;
    this.end = end;
  }

  get entries(): readonly SyntaxEntry[] {
    this.#entries ??= entriesIn(this.#text, this.start);
    return this.#entries;
  }
}

class LazyList implements ListNode {
  readonly kind = 'list';
  readonly flow = true;
  readonly start: number;
  readonly end: number;
  readonly #text: string;
  #items: readonly SyntaxItem[] | undefined;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.start = start;
    this.end = end;
  }

  get items(): readonly SyntaxItem[] {
    this.#items ??= itemsIn(this.#text, this.start);
    return this.#items;
  }
}

function entriesIn(text: string, open: number): SyntaxEntry[] {
  const entries: SyntaxEntry[] = [];
  for (let at = skipBlanks(text, open + 1); text.charCodeAt(at) !== closeBrace; at = skipComma(text, at)) {
    const end = endOfString(text, at);
    const key = JSON.parse(text.slice(at, end)) as string;
    const colon = skipBlanks(text, end);
    const value = nodeAt(text, skipBlanks(text, colon + 1));
    const keyNode = { kind: 'scalar', style: 'double', start: at, end } as const;
    entries.push({ start: at, key, keyNode, value, merge: false });
    at = value.end;
  }
  return entries;
}

function itemsIn(text: string, open: number): SyntaxItem[] {
  const items: SyntaxItem[] = [];
  for (let at = skipBlanks(text, open + 1); text.charCodeAt(at) !== closeBracket; at = skipComma(text, at)) {
    const value = nodeAt(text, at);
    items.push({ start: at, value });
    at = value.end;
  }
  return items;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

function skipComma(text: string, start: number): number {
  const at = skipBlanks(text, start);
  return text.charCodeAt(at) === comma ? skipBlanks(text, at + 1) : at;
}

function isBlank(code: number): boolean {
  return code === blank || code === lineFeed || code === carriageReturn || code === tab;
}

/** Behind the bracket that closes the one at `open`. */
function endOfBrackets(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at) - 1;
        break;
      case openBrace:
      case openBracket:
        depth++;
        break;
      case closeBrace:
      case closeBracket:
        depth--;
        if (depth === 0) return at + 1;
        break;
    }
  }
  return text.length;
}

function endOfWord(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isBlank(code) || code === comma || code === closeBracket || code === closeBrace) break;
  }
  return at;
}
