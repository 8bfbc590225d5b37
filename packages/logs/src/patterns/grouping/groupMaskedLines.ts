import type { Cluster } from './cluster.ts';
import { mergeByNames } from './mergeByNames.ts';
import { mergeByValue } from './mergeByValue.ts';
import { mergeLists } from './mergeLists.ts';
import type { KnownParameters } from './parameter.ts';
import { tokenize } from './token.ts';

/**
 * Groups masked lines (all different, in the order of their first occurrence) into kinds. What is masked already parts
 * values from words; here it is decided which of the remaining words are values too, by comparing lines with each other.
 */
export function groupMaskedLines(maskedLines: readonly string[]): Cluster[] {
  return mergeClusters(
    maskedLines.map((line, index) => ({ tokens: tokenize(line), members: [index], hasLists: false })),
  );
}

/** Groups clusters further. Members are numbers of masked lines and are only carried along. */
export function mergeClusters(clusters: readonly Cluster[]): Cluster[] {
  const known: KnownParameters = new Map();
  // Twice, since the first time may find parameters that tell the second time what words are values.
  let merged = mergeByValue(mergeByValue(clusters, known), known);
  merged = mergeLists(mergeByNames(merged));
  return mergeByValue(merged, known);
}
