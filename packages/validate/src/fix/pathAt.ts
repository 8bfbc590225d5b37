import type { DocumentPath, SyntaxNode } from '@executioner/core';

/** The path of the smallest value or entry whose text holds the place; undefined outside of everything. */
export function pathAt(root: SyntaxNode, offset: number): DocumentPath | undefined {
  const path: (string | number)[] = [];
  let node = root;
  if (offset < node.start || offset > node.end) return undefined;
  for (;;) {
    const step = stepTo(node, offset);
    if (step === undefined) return path;
    path.push(step.key);
    node = step.value;
  }
}

function stepTo(
  node: SyntaxNode,
  offset: number,
): { readonly key: string | number; readonly value: SyntaxNode } | undefined {
  if (node.kind === 'map') {
    const entry = node.entries.find(
      ({ start, value }) => start <= offset && offset < Math.max(value.end, start + 1),
    );
    return entry && { key: entry.key, value: entry.value };
  }
  if (node.kind === 'list') {
    const index = node.items.findIndex(
      ({ start, value }) => start <= offset && offset < Math.max(value.end, start + 1),
    );
    return index === -1 ? undefined : { key: index, value: node.items[index]!.value };
  }
  return undefined;
}
