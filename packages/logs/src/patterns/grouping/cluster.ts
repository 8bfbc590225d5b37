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

/**
 * Clusters that are the same in some respect, in the order of the first of each: `hashOf` gives equal numbers for them, and `isSame`
 * tells them from others with the same number. Linear, but for clusters that have a number in common and are not the same.
 */
export function groupBy<T>(
  items: readonly T[],
  hashOf: (item: T) => number,
  isSame: (a: T, b: T) => boolean,
): T[][] {
  const byHash = new Map<number, T[][]>();
  const groups: T[][] = [];
  for (const item of items) {
    const hash = hashOf(item);
    const alike = byHash.get(hash);
    const group = alike?.find(([first]) => isSame(first!, item));
    if (group !== undefined) {
      group.push(item);
      continue;
    }
    const fresh = [item];
    groups.push(fresh);
    if (alike === undefined) byHash.set(hash, [fresh]);
    else alike.push(fresh);
  }
  return groups;
}
