import type { MapNode, ScalarNode, ScalarStyle, SyntaxEntry, SyntaxItem, SyntaxNode } from '../syntaxTree.ts';

export const markKind = {
  plain: 0,
  single: 1,
  double: 2,
  literal: 3,
  folded: 4,
  blockMap: 5,
  flowMap: 6,
  blockList: 7,
  flowList: 8,
} as const;

export type MarkKind = (typeof markKind)[keyof typeof markKind];

/**
 * The places of all nodes, parents before children: kind, start, end, number of children. The value of a map entry
 * follows its key, an item of a block list follows the offset of its dash.
 */
export interface Marks {
  readonly numbers: number[];
  /** The keys of all maps, in the order of the numbers. */
  readonly keys: string[];
}

const styles: readonly ScalarStyle[] = ['plain', 'single', 'double', 'literal', 'folded'];

/** The syntax tree that the marks describe; linear in their number. */
export function treeOfMarks({ numbers, keys }: Marks): SyntaxNode {
  let next = 0;
  let nextKey = 0;
  return readNode();

  function take(): number {
    return numbers[next++] ?? 0;
  }

  function readNode(): SyntaxNode {
    const kind = take();
    const start = take();
    const end = take();
    const count = take();
    const style = styles[kind];
    if (style !== undefined) return { kind: 'scalar', style, start, end };
    if (kind === markKind.blockMap || kind === markKind.flowMap) {
      const map: MapNode = { kind: 'map', flow: kind === markKind.flowMap, start, end, entries: [] };
      for (let index = 0; index < count; index++) (map.entries as SyntaxEntry[]).push(readEntry());
      return map;
    }
    const items: SyntaxItem[] = [];
    for (let index = 0; index < count; index++) {
      const dash = kind === markKind.blockList ? take() : undefined;
      const value = readNode();
      items.push({ start: dash ?? value.start, value });
    }
    return { kind: 'list', flow: kind === markKind.flowList, start, end, items };
  }

  function readEntry(): SyntaxEntry {
    const keyNode = readNode() as ScalarNode;
    const key = keys[nextKey++] ?? '';
    return { start: keyNode.start, key, keyNode, value: readNode(), merge: false };
  }
}
