import {
  type DocumentPath,
  dereference,
  findPlace,
  type ParsedDocument,
  type SyntaxNode,
} from '../document/index.ts';
import { type BlockStyle, insertBlockChild, replaceBlockValue } from './blockEdit.ts';
import { childOf, isSameData, withItem, withValue } from './dataEdit.ts';
import { insertFlowChild } from './flowEdit.ts';
import { hasLineBreak, indentationAt, type Layout, layoutOf } from './layout.ts';
import { renderJson, renderJsonInline, renderYamlInline, renderYamlScalar } from './render.ts';
import type { EditResult } from './textEdit.ts';
import { blockStyles, verified } from './verified.ts';

/**
 * Sets the value at `path`: replaces it, adds a missing key at the end of its map, or an item behind the last one of
 * its list (index = length). Maps that are missing on the way are made. Everything else in the text stays as it is;
 * comments inside a replaced value go with it. Costs one or two readings of the text.
 */
export function setValue(document: ParsedDocument, path: DocumentPath, value: unknown): EditResult {
  const depth = existingDepth(document.value, path);
  if (depth === path.length && isSameData(valueAt(document.value, path), value))
    return { ok: true, edits: [] };
  const step = path[depth];
  const parent = valueAt(document.value, path.slice(0, depth));
  if (step === undefined) return propose(document, { path, value });
  const missing = path.slice(depth + 1);
  const added = missing.length === 0 ? value : withValue(undefined, missing, value);
  if (Array.isArray(parent) && (typeof step !== 'number' || step !== parent.length)) {
    return {
      ok: false,
      reason: `there is no item ${JSON.stringify(step)} in the list at ${describe(path.slice(0, depth))}`,
    };
  }
  if (typeof parent === 'object' && parent !== null) {
    return propose(document, { path: path.slice(0, depth), key: step, value: added });
  }
  if (parent !== null)
    return { ok: false, reason: `${describe(path.slice(0, depth))} is neither a map nor a list` };
  return propose(document, { path: path.slice(0, depth), value: withValue(undefined, [step], added) });
}

/** Adds an item before number `index` of the list at `path`; `index` may be its length. */
export function insertItem(
  document: ParsedDocument,
  path: DocumentPath,
  index: number,
  value: unknown,
): EditResult {
  const list = valueAt(document.value, path);
  if (!Array.isArray(list)) return { ok: false, reason: `${describe(path)} is not a list` };
  const intended = withValue(document.value, path, withItem(list, index, value));
  return proposeChild(document, { path, value, index }, intended);
}

interface Change {
  readonly path: DocumentPath;
  /** The key or index that is added at `path`; without one the value at `path` is replaced. */
  readonly key?: string | number;
  readonly value: unknown;
  /** Where a child is added; at the end when absent. */
  readonly index?: number;
}

function propose(document: ParsedDocument, change: Change): EditResult {
  const { path, key, value } = change;
  const intended = withValue(document.value, key === undefined ? path : [...path, key], value);
  return key === undefined
    ? proposeReplacement(document, change, intended)
    : proposeChild(document, change, intended);
}

function proposeReplacement(
  document: ParsedDocument,
  { path, value }: Change,
  intended: unknown,
): EditResult {
  const layout = layoutOf(document);
  const place = findPlace(document.tree(), path);
  if (place === undefined) return { ok: false, reason: `nothing is written at ${describe(path)}` };
  const parent = path.length === 0 ? undefined : findPlace(document.tree(), path.slice(0, -1))?.value;
  const child = parent === undefined ? undefined : childPlace(parent, path.at(-1));
  const isInBlock = parent !== undefined && 'flow' in parent && !parent.flow;
  if (child !== undefined && isInBlock) {
    return verified(
      document,
      intended,
      blockStyles.map((style) => () => replaceBlockValue(layout, child, value, style)),
    );
  }
  const { start, end } = place.value;
  return verified(document, intended, [
    () => [{ start, end, newText: renderInFlow(layout, place.value, value) }],
  ]);
}

function proposeChild(document: ParsedDocument, change: Change, intended: unknown): EditResult {
  const layout = layoutOf(document);
  const { path, key, value } = change;
  const node = findPlace(document.tree(), path)?.value;
  const target = node && dereference(node);
  if (target === undefined || target !== node || !('flow' in target)) {
    return {
      ok: false,
      reason: `${describe(path)} is written elsewhere (an alias or a merge): change it there`,
    };
  }
  const children = target.kind === 'map' ? target.entries : target.items;
  const index = change.index ?? children.length;
  const child = { ...(target.kind === 'map' && { key: String(key) }), value };
  const becomesBlock = layout.isYaml && target.flow && children.length === 0;
  if (becomesBlock) {
    const whole = target.kind === 'map' ? { [String(key)]: value } : [value];
    const asBlock = proposeReplacement(document, { path, value: whole }, intended);
    if (asBlock.ok) return asBlock;
  }
  const proposals = target.flow
    ? [() => insertFlowChild(layout, target, index, child)]
    : blockStyles.map((style: BlockStyle) => () => insertBlockChild(layout, target, index, child, style));
  return verified(document, intended, proposals);
}

function renderInFlow(layout: Layout, old: SyntaxNode, value: unknown): string {
  const { text, isYaml } = layout;
  if (isYaml) {
    const quotes =
      old.kind === 'scalar' && (old.style === 'single' || old.style === 'double') ? old.style : undefined;
    const isJson = text[old.start] === '{' && /^\{\s*"/.test(text.slice(old.start, old.start + 200));
    if (isJson) return renderJsonInline(value);
    return typeof value === 'object' && value !== null
      ? renderYamlInline(value)
      : renderYamlScalar(value, quotes);
  }
  const isInline =
    !hasLineBreak(text, 0, text.length) || (old.kind !== 'scalar' && isWrittenInline(text, old));
  return isInline ? renderJsonInline(value) : renderJson(value, layout, indentationAt(text, old.start));
}

function isWrittenInline(text: string, node: SyntaxNode): boolean {
  const isEmpty =
    ('entries' in node && node.entries.length === 0) || ('items' in node && node.items.length === 0);
  return !isEmpty && !hasLineBreak(text, node.start, node.end);
}

function childPlace(parent: SyntaxNode, step: string | number | undefined) {
  if (parent.kind === 'list') return parent.items[Number(step)];
  if (parent.kind === 'map')
    return parent.entries.findLast((entry) => entry.key === String(step) && !entry.merge);
  return undefined;
}

/** How many steps of the path lead to values that are there. */
function existingDepth(root: unknown, path: DocumentPath): number {
  let value = root;
  let depth = 0;
  for (const step of path) {
    value = childOf(value, step);
    if (value === undefined) break;
    depth++;
  }
  return depth;
}

function valueAt(root: unknown, path: DocumentPath): unknown {
  return path.reduce<unknown>((value, step) => childOf(value, step), root);
}

export function describe(path: DocumentPath): string {
  return path.length === 0 ? 'the top of the file' : JSON.stringify(path.join('.'));
}
