import type { ListNode, MapNode, SyntaxEntry, SyntaxItem, SyntaxNode } from '../syntaxTree.ts';
import { endOfString } from './endOfString.ts';

/**
 * The tree of a text that `JSON.parse` accepts and in which no key is written twice: the same as `parseJsonTree` makes
 * of it, but what is inside an object or array is looked at when it is asked for, and so is where it ends. To find a place
 * costs a walk over the text for the first one, and next to nothing for the others; nothing is made of what lies beside
 * the way, but for the items of a list at the top: one of them is what is nearly always asked for.
 */
export function lazyJsonTree(text: string): SyntaxNode {
  const start = skipBlanks(text, text.charCodeAt(0) === byteOrderMark ? 1 : 0);
  return text.charCodeAt(start) === openBrace ? new LazyMap(text, start, true) : nodeAt(text, start);
}

const byteOrderMark = 0xfeff;
const [tab, lineFeed, carriageReturn, blank, quote, comma] = [9, 10, 13, 32, 34, 44];
const [openBracket, closeBracket, openBrace, closeBrace] = [91, 93, 123, 125];

function nodeAt(text: string, start: number): SyntaxNode {
  switch (text.charCodeAt(start)) {
    case openBrace:
      return new LazyMap(text, start);
    case openBracket:
      return new LazyList(text, start);
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
  readonly #text: string;
  readonly #isTop: boolean;
  #end = -1;
  #entries: readonly SyntaxEntry[] | undefined;

  constructor(text: string, start: number, isTop = false) {
    this.#text = text;
    this.start = start;
    this.#isTop = isTop;
  }

  get end(): number {
    if (this.#end === -1) this.#end = endOfBrackets(this.#text, this.start);
    return this.#end;
  }

  get entries(): readonly SyntaxEntry[] {
    this.#entries ??= entriesIn(this.#text, this.start, this.#isTop);
    return this.#entries;
  }
}

class LazyList implements ListNode {
  readonly kind = 'list';
  readonly flow = true;
  readonly start: number;
  readonly #text: string;
  #end = -1;
  #items: readonly SyntaxItem[] | undefined;

  constructor(text: string, start: number) {
    this.#text = text;
    this.start = start;
  }

  get end(): number {
    if (this.#end === -1) this.#end = endOfBrackets(this.#text, this.start);
    return this.#end;
  }

  get items(): readonly SyntaxItem[] {
    if (this.#items === undefined) {
      const { items, end } = itemsIn(this.#text, this.start);
      this.#items = items;
      this.#end = end;
    }
    return this.#items;
  }
}

function entriesIn(text: string, open: number, isTop: boolean): SyntaxEntry[] {
  const entries: SyntaxEntry[] = [];
  for (let at = skipBlanks(text, open + 1); text.charCodeAt(at) !== closeBrace; at = skipComma(text, at)) {
    const end = endOfString(text, at);
    const key = JSON.parse(text.slice(at, end)) as string;
    const colon = skipBlanks(text, end);
    const value = nodeAt(text, skipBlanks(text, colon + 1));
    const keyNode = { kind: 'scalar', style: 'double', start: at, end } as const;
    entries.push({ start: at, key, keyNode, value, merge: false });
    // Found on the way through the items, where the list ends need not be sought.
    if (isTop && value.kind === 'list') void value.items;
    at = value.end;
  }
  return entries;
}

function itemsIn(text: string, open: number): { readonly items: SyntaxItem[]; readonly end: number } {
  const items: SyntaxItem[] = [];
  let at = skipBlanks(text, open + 1);
  for (; text.charCodeAt(at) !== closeBracket; at = skipComma(text, at)) {
    const value = nodeAt(text, at);
    items.push({ start: at, value });
    at = value.end;
  }
  return { items, end: at + 1 };
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
