import { copyToken, emptyLineTokens, type LineTokens, maxTokens, putTokens } from './lineTokens.ts';
import type { Token } from './token.ts';

/** Tokens that an item of a list can have. */
const maxItem = 6;

const places = new Int32Array(maxTokens);
const scratch = emptyLineTokens();

/**
 * The tokens with each list (equal items of up to six tokens, side by side, that hold a masked value) cut to one item; the same
 * array if there is none.
 */
export function shortenLists(tokens: readonly Token[]): readonly Token[] {
  putTokens(tokens, scratch);
  const count = placesWithoutLists(scratch);
  return count === tokens.length ? tokens : Array.from(places.subarray(0, count), (place) => tokens[place]!);
}

/** The same of the tokens of a line, put into `short`. Is anything left out? */
export function shortenListsInto(line: LineTokens, short: LineTokens): boolean {
  const count = placesWithoutLists(line);
  if (count === line.count) return false;
  short.count = count;
  for (let i = 0; i < count; i++) copyToken(line, places[i]!, short, i);
  return true;
}

/** Puts the places of tokens that stay into `places`, and returns their number. */
function placesWithoutLists(line: LineTokens): number {
  let count = line.count;
  for (let i = 0; i < count; i++) places[i] = i;
  for (let item = 1; item <= maxItem && item * 2 <= count; item++) count = shortenItems(line, count, item);
  return count;
}

/** Lists of items of so many tokens. */
function shortenItems(line: LineTokens, count: number, item: number): number {
  let kept = 0;
  for (let i = 0; i < count; ) {
    let items = 1;
    while (isRepeated(line, count, i, item, items)) items += 1;
    const isList = items > 1 && isMaskIn(line, i, i + item);
    const end = i + (isList ? item : 1);
    for (let at = i; at < end; at++) places[kept++] = places[at]!;
    i += isList ? items * item : 1;
  }
  return kept;
}

function isRepeated(
  { hashes, flags }: LineTokens,
  count: number,
  start: number,
  item: number,
  items: number,
): boolean {
  if (start + (items + 1) * item > count) return false;
  for (let i = start; i < start + item; i++) {
    const a = places[i]!;
    const b = places[i + items * item]!;
    if (hashes[a] !== hashes[b] || flags[a] !== flags[b]) return false;
  }
  return true;
}

function isMaskIn({ holdsMask }: LineTokens, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (holdsMask[places[i]!] === 1) return true;
  return false;
}
