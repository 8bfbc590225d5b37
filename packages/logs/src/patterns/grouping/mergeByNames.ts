import { type Cluster, groupBy, inOrder, joinClusters } from './cluster.ts';
import { type Token, wildText } from './token.ts';

/** From so many masked lines on that differ in names only. */
const enoughClusters = 4;
const enoughNames = 3;
const enoughWords = 2;

/**
 * Joins clusters that agree in all words and differ in several names at once: `Registering class a.B for class c.D`. Names
 * are values of several pieces or with a mask; in each place there must be several.
 */
export function mergeByNames(clusters: readonly Cluster[]): Cluster[] {
  const merged: Cluster[] = [];
  for (const group of groupBy(clusters, ({ tokens, hasLists }) => `${hasLists}${keyOf(tokens)}`)) {
    const [{ tokens }] = group as [Cluster];
    const varying = tokens.map((_, index) => new Set(group.map((each) => each.tokens[index]!.text)).size);
    const words = tokens.filter(
      ({ isValue, text }, i) => isValue && varying[i] === 1 && /\p{L}/u.test(text),
    ).length;
    const isOne =
      group.length >= enoughClusters &&
      words >= enoughWords &&
      varying.every((count) => count === 1 || count >= enoughNames);
    if (!isOne) merged.push(...group);
    else
      merged.push(
        joinClusters(
          group,
          tokens.map((token, i) => (varying[i] === 1 ? token : { ...token, text: wildText })),
        ),
      );
  }
  return inOrder(merged);
}

function keyOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ isValue, text, spaced }) => (spaced ? ' ' : '') + (isValue && isName(text) ? '\x01' : text))
    .join('\x02');
}

function isName(text: string): boolean {
  return text.includes(wildText) || /[\p{L}\d][._\-$/@\\][\p{L}\d]/u.test(text);
}
