import type { DocumentPath } from './documentPath.ts';

/** How a scalar is written. Strings of JSON are `double`, its other scalars `plain`. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** Offsets of a half-open part of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A scalar; one that YAML leaves out (`key:`) is an empty span behind the colon. */
export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
}

export interface MapNode extends Span {
  readonly kind: 'map';
  /** Written with braces. */
  readonly flow: boolean;
  readonly entries: readonly SyntaxEntry[];
}

export interface ListNode extends Span {
  readonly kind: 'list';
  /** Written with brackets. */
  readonly flow: boolean;
  readonly items: readonly SyntaxItem[];
}

/** A YAML alias, with the node it stands for. */
export interface AliasNode extends Span {
  readonly kind: 'alias';
  readonly target: SyntaxNode | undefined;
}

export type SyntaxNode = ScalarNode | MapNode | ListNode | AliasNode;

export interface SyntaxEntry {
  /** Where the entry begins: its key, or the `?`, tag or anchor before it. */
  readonly start: number;
  readonly key: string;
  readonly keyNode: ScalarNode;
  readonly value: SyntaxNode;
  /** A YAML merge (`<<: *other`): its value lends its entries to the map. */
  readonly merge: boolean;
}

export interface SyntaxItem {
  /** Where the item begins: its dash in a block list, its value in a flow list. */
  readonly start: number;
  readonly value: SyntaxNode;
}

/** What is written at a path: the value and, when it stands in a map, its entry. */
export interface SyntaxPlace {
  readonly value: SyntaxNode;
  readonly entry?: SyntaxEntry;
}

/** Follows a path from `root` down, through aliases and merges; of duplicate keys the last counts. */
export function findPlace(root: SyntaxNode, path: DocumentPath): SyntaxPlace | undefined {
  let place: SyntaxPlace | undefined = { value: root };
  for (const step of path) {
    const parent: SyntaxNode | undefined = place && dereference(place.value);
    if (parent === undefined) return undefined;
    place = childOf(parent, step);
  }
  return place;
}

/** The node an alias stands for; any other node is itself. */
export function dereference(node: SyntaxNode): SyntaxNode | undefined {
  let current: SyntaxNode | undefined = node;
  while (current?.kind === 'alias') current = current.target;
  return current;
}

function childOf(parent: SyntaxNode, step: string | number): SyntaxPlace | undefined {
  if (parent.kind === 'list') return parent.items[Number(step)];
  if (parent.kind !== 'map') return undefined;
  const key = String(step);
  const entry = parent.entries.findLast((candidate) => candidate.key === key && !candidate.merge);
  if (entry !== undefined) return { value: entry.value, entry };
  for (const candidate of parent.entries) {
    const lent = candidate.merge ? mergedChild(candidate.value, key) : undefined;
    if (lent !== undefined) return lent;
  }
  return undefined;
}

function mergedChild(source: SyntaxNode, key: string): SyntaxPlace | undefined {
  const node = dereference(source);
  if (node?.kind === 'map') return childOf(node, key);
  if (node?.kind !== 'list') return undefined;
  for (const item of node.items) {
    const lent = mergedChild(item.value, key);
    if (lent !== undefined) return lent;
  }
  return undefined;
}
