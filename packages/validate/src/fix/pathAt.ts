import type { DocumentPath, Range, SyntaxNode } from '@executioner/core';

/** The path of the value, or of the entry whose key is written exactly there; undefined when nothing is. */
export function pathAt(root: SyntaxNode, { start, end }: Range): DocumentPath | undefined {
  const isThere = (node: { readonly start: number; readonly end: number }) =>
    node.start === start.offset && node.end === end.offset;
  const search = (node: SyntaxNode, path: DocumentPath): DocumentPath | undefined => {
    if (isThere(node)) return path;
    if (node.kind !== 'map' && node.kind !== 'list') return undefined;
    const children =
      node.kind === 'map'
        ? node.entries.map((entry) => ({ ...entry, step: entry.key }))
        : node.items.map((item, step) => ({ ...item, keyNode: undefined, step }));
    for (const child of children) {
      if (child.start > start.offset || child.value.end < end.offset) continue;
      if (child.keyNode !== undefined && isThere(child.keyNode)) return [...path, child.step];
      const found = search(child.value, [...path, child.step]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(root, []);
}
