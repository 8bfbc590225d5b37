import { type DocumentPath, findPlace, type ParsedDocument } from '../document/index.ts';
import { removeBlockChild, replaceBlockValue } from './blockEdit.ts';
import { childOf, withoutValue } from './dataEdit.ts';
import { removeFlowChild } from './flowEdit.ts';
import { layoutOf } from './layout.ts';
import { describe } from './setValue.ts';
import type { EditResult } from './textEdit.ts';
import { blockStyles, verified } from './verified.ts';

/**
 * Removes the entry or item at `path`, with its comma or its lines and the comment behind it on the same line. Comment
 * lines above it stay. The last entry leaves an empty map or list. Costs one or two readings of the text.
 */
export function removeValue(document: ParsedDocument, path: DocumentPath): EditResult {
  const step = path.at(-1);
  const isThere = path.reduce<unknown>((value, key) => childOf(value, key), document.value) !== undefined;
  if (step === undefined || !isThere) return { ok: false, reason: `nothing is written at ${describe(path)}` };
  const layout = layoutOf(document);
  const place = findPlace(document.tree(), path.slice(0, -1));
  const node = place?.value;
  if (place === undefined || node === undefined || !('flow' in node)) return elsewhere(path);
  const children = node.kind === 'map' ? node.entries : node.items;
  const index =
    node.kind === 'list'
      ? Number(step)
      : node.entries.findLastIndex((entry) => entry.key === String(step) && !entry.merge);
  if (index === -1) return elsewhere(path);
  const intended = withoutValue(document.value, path);
  if (node.flow) return verified(document, intended, [() => removeFlowChild(layout, node, index)]);
  if (children.length > 1) {
    return verified(
      document,
      intended,
      blockStyles.map((style) => () => removeBlockChild(layout, node, index, style)),
    );
  }
  const empty = node.kind === 'map' ? {} : [];
  const holder = place.entry ?? itemAt(document, path.slice(0, -1));
  const { start, end } = node;
  return verified(document, intended, [
    ...(holder === undefined
      ? [() => [{ start, end, newText: JSON.stringify(empty) }]]
      : blockStyles.map((style) => () => replaceBlockValue(layout, holder, empty, style))),
  ]);
}

/** The item of a block list at `path`. */
function itemAt(document: ParsedDocument, path: DocumentPath) {
  const parent = findPlace(document.tree(), path.slice(0, -1))?.value;
  return path.length > 0 && parent?.kind === 'list' ? parent.items[Number(path.at(-1))] : undefined;
}

function elsewhere(path: DocumentPath): EditResult {
  return {
    ok: false,
    reason: `${describe(path)} is written elsewhere (an alias or a merge): remove it there`,
  };
}
