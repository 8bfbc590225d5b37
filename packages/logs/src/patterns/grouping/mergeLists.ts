import { type Cluster, groupBy, inOrder, joinClusters } from './cluster.ts';
import { shortenLists } from './shortenLists.ts';
import type { Token } from './token.ts';

interface Shortened {
  readonly cluster: Cluster;
  readonly tokens: readonly Token[];
}

/** Joins clusters that differ only in how many items their lists have. */
export function mergeLists(clusters: readonly Cluster[]): readonly Cluster[] {
  const short = clusters.map((cluster) => ({ cluster, tokens: shortenLists(cluster.tokens) }));
  // Clusters without lists are all different.
  if (short.every(({ cluster, tokens }) => tokens === cluster.tokens && !cluster.hasLists)) return clusters;
  const merged = groupBy(short, hashOf, areSame).map((group) => {
    const [{ cluster, tokens }] = group as [Shortened];
    if (group.length === 1) return cluster;
    return {
      ...joinClusters(
        group.map((each) => each.cluster),
        tokens,
      ),
      hasLists: true,
    };
  });
  return inOrder(merged);
}

function hashOf({ tokens }: Shortened): number {
  let hash = tokens.length;
  for (let i = 0; i < tokens.length; i++) hash = Math.imul(hash ^ tokens[i]!.id, 0x9e3779b1) ^ (hash >>> 15);
  return hash;
}

function areSame(a: Shortened, b: Shortened): boolean {
  return a.tokens.length === b.tokens.length && a.tokens.every((token, i) => isEqual(token, b.tokens[i]!));
}

function isEqual(a: Token, b: Token): boolean {
  return a === b || (a.id === b.id && a.spaced === b.spaced);
}
