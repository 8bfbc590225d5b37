/** Published schemas let later versions add fields; in a test a field that is not known is a mistake. */
export function closedSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closedSchema);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closedSchema(value)]));
  return 'properties' in copy ? { ...copy, additionalProperties: false } : copy;
}
