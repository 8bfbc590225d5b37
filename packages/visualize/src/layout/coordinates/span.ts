/** The least and the greatest coordinate of some nodes. */
export function spanOf(
  across: Float64Array,
  nodes: Int32Array,
): { readonly first: number; readonly last: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const node of nodes) {
    first = Math.min(first, across[node]!);
    last = Math.max(last, across[node]!);
  }
  return { first, last };
}
