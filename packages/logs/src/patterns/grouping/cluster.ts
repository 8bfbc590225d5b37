import type { Token } from './token.ts';

/** Masked lines that are taken to be of one kind. */
export interface Cluster {
  /** A value that differs among them is `wildText`. */
  readonly tokens: readonly Token[];
  /** Numbers of the masked lines, ascending. */
  readonly members: readonly number[];
  /** Lists were shortened to one item, so that lines with lists of any length are of this kind. */
  readonly hasLists: boolean;
}

/** One cluster of several, with these tokens. */
export function joinClusters(clusters: readonly Cluster[], tokens: readonly Token[]): Cluster {
  const members = clusters.flatMap((cluster) => cluster.members).sort((a, b) => a - b);
  return { tokens, members, hasLists: clusters.some(({ hasLists }) => hasLists) };
}

/** In the order of their first masked line. */
export function inOrder(clusters: readonly Cluster[]): Cluster[] {
  return [...clusters].sort((a, b) => a.members[0]! - b.members[0]!);
}

/** Clusters with the same key, in the order of the first of each. */
export function groupBy(clusters: readonly Cluster[], keyOf: (cluster: Cluster) => string): Cluster[][] {
  const groups = new Map<string, Cluster[]>();
  for (const cluster of clusters) {
    const key = keyOf(cluster);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cluster]);
    else group.push(cluster);
  }
  return [...groups.values()];
}
