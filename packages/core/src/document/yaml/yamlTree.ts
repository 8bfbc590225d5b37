import {
  type Alias,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { setOwn } from '../ownKeys.ts';
import type { Problem } from '../problem.ts';
import type {
  AliasNode,
  ScalarNode,
  ScalarStyle,
  SyntaxEntry,
  SyntaxItem,
  SyntaxNode,
} from '../syntaxTree.ts';

export interface YamlTree {
  readonly root: SyntaxNode;
  /** Plain data; what aliases repeat is shared. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Whether plain data can be made of it. */
  readonly isUsable: boolean;
}

/**
 * The nodes of a document that the `yaml` package has parsed without an error. Also finds duplicate keys, and aliases
 * that have no anchor, contain themselves, or would multiply the document (the "billion laughs").
 */
export function buildYamlTree(text: string, document: Document.Parsed): YamlTree {
  const builder: Builder = { text, problems: [], nodeByAnchor: new Map(), written: 0 };
  const root = build(builder, document.contents, text.length);
  const allowed = Math.max(smallestExpansionLimit, expansionFactor * builder.written);
  if (builder.problems.length === 0 && root.size > allowed)
    builder.problems.push(expansion(root.node, builder.written));
  const isUsable = builder.problems.every((problem) => problem.code === 'E110');
  return { root: root.node, value: root.value, problems: builder.problems, isUsable };
}

/** Aliases may make a document at most this many times as large as it is written … */
const expansionFactor = 100;
/** … and always this large, in nodes. */
const smallestExpansionLimit = 100_000;

interface Builder {
  readonly text: string;
  readonly problems: Problem[];
  /** An anchored node is `open` while its own content is being built. */
  readonly nodeByAnchor: Map<string, Built | 'open'>;
  written: number;
}

interface Built {
  readonly node: SyntaxNode;
  readonly value: unknown;
  /** The number of nodes, with those that aliases repeat. */
  readonly size: number;
}

function build(builder: Builder, node: Node | null, offset: number): Built {
  builder.written++;
  const anchor = node !== null && 'anchor' in node ? node.anchor : undefined;
  if (anchor) builder.nodeByAnchor.set(anchor, 'open');
  const built = buildNode(builder, node, offset);
  if (anchor) builder.nodeByAnchor.set(anchor, built);
  return built;
}

function buildNode(builder: Builder, node: Node | null, offset: number): Built {
  if (isAlias(node)) return buildAlias(builder, node);
  if (isMap(node)) return buildMap(builder, node);
  if (isSeq(node)) return buildList(builder, node);
  if (isScalar(node)) return { node: scalarNode(builder.text, node), value: node.value, size: 1 };
  return { node: { kind: 'scalar', style: 'plain', start: offset, end: offset }, value: null, size: 1 };
}

function buildAlias({ nodeByAnchor, problems }: Builder, alias: Alias): Built {
  const [start, end] = rangeOf(alias);
  const target = nodeByAnchor.get(alias.source);
  if (target === undefined) problems.push(unknownAnchor(alias.source, start, end));
  if (target === 'open') problems.push(circularAlias(alias.source, start, end));
  const built = typeof target === 'object' ? target : undefined;
  const node: AliasNode = { kind: 'alias', start, end, target: built?.node };
  return { node, value: built?.value ?? null, size: built?.size ?? 1 };
}

function buildMap(builder: Builder, map: YAMLMap): Built {
  const [start, valueEnd] = rangeOf(map);
  const entries: SyntaxEntry[] = [];
  const entryByKey = new Map<string, SyntaxEntry>();
  const value: Record<string, unknown> = {};
  let size = 1;
  for (const pair of map.items) {
    const { entry, built } = buildEntry(builder, pair as Pair<Node, Node | null>);
    size += 1 + built.size;
    entries.push(entry);
    if (entry.merge) {
      mergeInto(value, built.value);
      continue;
    }
    reportDuplicate(builder, entryByKey.get(entry.key), entry);
    entryByKey.set(entry.key, entry);
    setOwn(value, entry.key, built.value);
  }
  const isFlow = map.flow === true;
  const end = isFlow ? valueEnd : (entries.at(-1)?.value.end ?? start);
  return { node: { kind: 'map', flow: isFlow, start, end, entries }, value, size };
}

function buildEntry(
  builder: Builder,
  pair: Pair<Node, Node | null>,
): { readonly entry: SyntaxEntry; readonly built: Built } {
  const key = pair.key as Scalar;
  const keyNode = scalarNode(builder.text, key);
  if (key.anchor) builder.nodeByAnchor.set(key.anchor, { node: keyNode, value: key.value, size: 1 });
  const colon = pair.srcToken?.sep?.find((token) => token.type === 'map-value-ind');
  const built = build(builder, pair.value, colon === undefined ? keyNode.end : colon.offset + 1);
  const merge = key.value === '<<' && key.type === 'PLAIN';
  if (merge) reportUselessMerge(builder, built.node);
  const start = firstOffset(pair.srcToken?.start, ['explicit-key-ind', 'anchor', 'tag']) ?? keyNode.start;
  const value = emptyValueBehindColon(built.node, colon?.offset);
  return { entry: { start, key: String(key.value), keyNode, value, merge }, built };
}

/** What a map has already is not replaced; of several sources the earlier counts. */
function mergeInto(map: Record<string, unknown>, source: unknown): void {
  if (typeof source !== 'object' || source === null) return;
  const sources = Array.isArray(source) ? (source as unknown[]) : [source];
  for (const lender of sources) {
    if (typeof lender !== 'object' || lender === null) continue;
    for (const [key, value] of Object.entries(lender)) if (!Object.hasOwn(map, key)) setOwn(map, key, value);
  }
}

/** A value that is left out has its place directly behind the colon, wherever comments and line breaks follow. */
function emptyValueBehindColon(value: SyntaxNode, colon: number | undefined): SyntaxNode {
  if (value.kind !== 'scalar' || value.start !== value.end || colon === undefined) return value;
  return { ...value, start: colon + 1, end: colon + 1 };
}

function buildList(builder: Builder, list: YAMLSeq): Built {
  const [start, valueEnd] = rangeOf(list);
  const isFlow = list.flow === true;
  const source = list.srcToken?.type === 'block-seq' ? list.srcToken.items : [];
  const dashes = source.flatMap((item) => firstOffset(item.start, ['seq-item-ind']) ?? []);
  const items: SyntaxItem[] = [];
  const values: unknown[] = [];
  let size = 1;
  list.items.forEach((item, index) => {
    const dash = dashes[index];
    const built = build(builder, item as Node | null, dash === undefined ? start : dash + 1);
    size += built.size;
    values.push(built.value);
    const { node } = built;
    const isLeftOut = node.kind === 'scalar' && node.start === node.end && dash !== undefined;
    const value = isLeftOut ? { ...node, start: dash + 1, end: dash + 1 } : node;
    items.push({ start: dash ?? value.start, value });
  });
  const end = isFlow ? valueEnd : (items.at(-1)?.value.end ?? start);
  return { node: { kind: 'list', flow: isFlow, start, end, items }, value: values, size };
}

const styleByType: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function scalarNode(text: string, scalar: Scalar): ScalarNode {
  const [start, end] = rangeOf(scalar);
  const style = styleByType[scalar.type ?? 'PLAIN'] ?? 'plain';
  const isBlock = style === 'literal' || style === 'folded';
  return {
    kind: 'scalar',
    style,
    start,
    end: isBlock ? start + text.slice(start, end).trimEnd().length : end,
  };
}

function rangeOf(node: Node): readonly [number, number] {
  return node.range ? [node.range[0], node.range[1]] : [0, 0];
}

function firstOffset(
  tokens: readonly CST.SourceToken[] | undefined,
  types: readonly CST.SourceToken['type'][],
): number | undefined {
  return tokens?.find((token) => types.includes(token.type))?.offset;
}

function reportDuplicate({ problems }: Builder, earlier: SyntaxEntry | undefined, later: SyntaxEntry): void {
  if (earlier === undefined) return;
  problems.push({
    code: 'E110',
    start: later.keyNode.start,
    end: later.keyNode.end,
    message: `the key ${JSON.stringify(later.key)} is given twice in the same map`,
    hint: 'remove one of the two',
    related: [{ start: earlier.keyNode.start, end: earlier.keyNode.end, message: 'given here before' }],
  });
}

function reportUselessMerge({ problems }: Builder, value: SyntaxNode): void {
  const target = value.kind === 'alias' ? value.target : value;
  const sources = target?.kind === 'list' ? target.items.map((item) => item.value) : [target];
  for (const source of sources) {
    const node = source?.kind === 'alias' ? source.target : source;
    if (node === undefined || node.kind === 'map') continue;
    problems.push({
      code: 'E114',
      start: value.start,
      end: value.end,
      message: 'a merge (<<) needs a map, or a list of maps',
      hint: 'name an anchor of a map, as in "<<: *defaults"',
    });
  }
}

function unknownAnchor(name: string, start: number, end: number): Problem {
  return {
    code: 'E114',
    start,
    end,
    message: `the alias "*${name}" has no anchor "&${name}" before it`,
    hint: `define the anchor above, or put the value in quotes if the asterisk is meant`,
  };
}

function circularAlias(name: string, start: number, end: number): Problem {
  return {
    code: 'E114',
    start,
    end,
    message: `the alias "*${name}" stands inside the value it repeats`,
    hint: 'move the alias out of that value',
  };
}

function expansion(root: SyntaxNode, written: number): Problem {
  return {
    code: 'E114',
    start: root.start,
    end: root.start,
    message: `aliases make more than ${expansionFactor} times as much of the ${written} values that are written here`,
    hint: 'use fewer aliases of aliases',
  };
}
