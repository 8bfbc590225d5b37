import { type Cluster, groupBy, inOrder, joinClusters } from './cluster.ts';
import { type Token, wildText, wildToken } from './token.ts';

/** From so many masked lines on that differ in names only. */
const enoughClusters = 4;
const enoughNames = 3;
const enoughWords = 2;

/**
 * Joins clusters that agree in all words and differ in several names at once: `Registering class a.B for class c.D`. Names
 * are values of several pieces or with a mask; in each place there must be several.
 */
export function mergeByNames(clusters: readonly Cluster[]): readonly Cluster[] {
  const areNames = new Map<Token, boolean>();
  const isName = (token: Token): boolean => {
    let known = areNames.get(token);
    if (known === undefined) {
      known = token.isValue && looksLikeName(token.text);
      areNames.set(token, known);
    }
    return known;
  };
  const merged: Cluster[] = [];
  const groups = groupBy(
    clusters,
    ({ tokens }) => hashOf(tokens, isName),
    (a, b) => a.hasLists === b.hasLists && areSame(a.tokens, b.tokens, isName),
  );
  if (groups.length === clusters.length) return clusters;
  for (const group of groups) {
    if (group.length < enoughClusters) merged.push(...group);
    else merged.push(...joinNames(group));
  }
  return inOrder(merged);
}

function joinNames(group: readonly Cluster[]): readonly Cluster[] {
  const [{ tokens }] = group as readonly [Cluster];
  const varying = tokens.map((_, index) => new Set(group.map((each) => each.tokens[index]!.id)).size);
  const words = tokens.filter(
    ({ isValue, text }, i) => isValue && varying[i] === 1 && /\p{L}/u.test(text),
  ).length;
  if (words < enoughWords || varying.some((count) => count > 1 && count < enoughNames)) return group;
  return [
    joinClusters(
      group,
      tokens.map((token, i) => (varying[i] === 1 ? token : wildToken(token.spaced))),
    ),
  ];
}

function hashOf(tokens: readonly Token[], isName: (token: Token) => boolean): number {
  let hash = tokens.length;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    hash = Math.imul(hash ^ (isName(token) ? -1 : token.id), 0x9e3779b1) ^ (hash >>> 15);
  }
  return hash;
}

function areSame(a: readonly Token[], b: readonly Token[], isName: (token: Token) => boolean): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i]!, b[i]!];
    if (one.spaced !== other.spaced || isName(one) !== isName(other)) return false;
    if (one.id !== other.id && !isName(one)) return false;
  }
  return true;
}

function looksLikeName(text: string): boolean {
  return text.includes(wildText) || /[\p{L}\d][._\-$/@\\][\p{L}\d]/u.test(text);
}
