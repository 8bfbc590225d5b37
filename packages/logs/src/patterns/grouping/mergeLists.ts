import { type Cluster, groupBy, inOrder, joinClusters } from './cluster.ts';
import { type Token, wildText } from './token.ts';

/** Tokens that an item of a list can have. */
const maxItem = 6;

/** Joins clusters that differ only in how many items their lists have. */
export function mergeLists(clusters: readonly Cluster[]): Cluster[] {
  const short = new Map(clusters.map((cluster) => [cluster, shortenLists(cluster.tokens)]));
  const merged: Cluster[] = [];
  for (const group of groupBy(clusters, (cluster) => keyOf(short.get(cluster)!))) {
    if (group.length === 1) merged.push(...group);
    else merged.push({ ...joinClusters(group, short.get(group[0]!)!), hasLists: true });
  }
  return inOrder(merged);
}

function keyOf(tokens: readonly Token[]): string {
  return tokens.map(({ text, spaced }) => (spaced ? ' ' : '') + text).join('\x02');
}

/** The tokens with each list (equal items of up to six tokens, side by side, that hold a masked value) cut to one item. */
export function shortenLists(tokens: readonly Token[]): readonly Token[] {
  let rest: readonly Token[] = tokens;
  for (let item = 1; item <= maxItem && item * 2 <= rest.length; item++) {
    const kept: Token[] = [];
    for (let i = 0; i < rest.length; ) {
      let items = 1;
      while (isRepeated(rest, i, item, items)) items += 1;
      const isList = items > 1 && rest.slice(i, i + item).some(({ text }) => text.includes(wildText));
      kept.push(...rest.slice(i, i + (isList ? item : 1)));
      i += isList ? items * item : 1;
    }
    rest = kept;
  }
  return rest;
}

function isRepeated(tokens: readonly Token[], start: number, item: number, items: number): boolean {
  if (start + (items + 1) * item > tokens.length) return false;
  for (let i = 0; i < item; i++) {
    const a = tokens[start + i]!;
    const b = tokens[start + items * item + i]!;
    if (a.text !== b.text || a.spaced !== b.spaced) return false;
  }
  return true;
}
