import type { Cluster } from './cluster.ts';
import { mergeByNames } from './mergeByNames.ts';
import { mergeByValue } from './mergeByValue.ts';
import { mergeLists } from './mergeLists.ts';
import type { KnownParameters } from './parameter.ts';

/**
 * Groups masked lines (all different, in the order of their first occurrence) into kinds. What is masked already parts
 * values from words; here it is decided which of the remaining words are values too, by comparing lines with each other.
 * Clusters that come of it may be grouped further, with others. Members are only carried along.
 */
export function mergeClusters(clusters: readonly Cluster[]): readonly Cluster[] {
  const known: KnownParameters = new Map();
  let merged = mergeByValue(clusters, known);
  // What was learnt may tell values in forms that were looked at before it was.
  if (merged.length < clusters.length || known.size > 0) merged = mergeByValue(merged, known);
  const joined = mergeLists(mergeByNames(merged));
  return joined.length < merged.length ? mergeByValue(joined, known) : joined;
}
