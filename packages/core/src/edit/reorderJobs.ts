import { findPlace, type ListNode, type ParsedDocument, type SyntaxItem } from '../document/index.ts';
import { childOf, withValue } from './dataEdit.ts';
import { behindChild } from './flowEdit.ts';
import { jobIds } from './jobEdits.ts';
import { commentBlockAbove, isAloneBefore, type Layout, layoutOf, lineEndOf } from './layout.ts';
import type { EditResult, Splice } from './textEdit.ts';
import { verified } from './verified.ts';

/**
 * Puts the jobs into the order of `ids`, which names each of them once. A job takes along the comment lines directly
 * above it and the comment behind it; blank lines and other comments stay where they are. Costs one reading of the
 * text.
 */
export function reorderJobs(document: ParsedDocument, ids: readonly string[]): EditResult {
  const present = jobIds(document);
  const order = ids.map((id) => present.indexOf(id));
  if (order.length !== present.length || new Set(order).size !== order.length || order.includes(-1)) {
    return { ok: false, reason: 'the new order must name every job of this file exactly once' };
  }
  const node = findPlace(document.tree(), ['jobs'])?.value;
  if (node?.kind !== 'list') return { ok: false, reason: '"jobs" is not a list that is written here' };
  const jobs = childOf(document.value, 'jobs') as readonly unknown[];
  const intended = withValue(
    document.value,
    ['jobs'],
    order.map((index) => jobs[index]),
  );
  const layout = layoutOf(document);
  // A comment that is indented more than the jobs could become part of the script above it: then all stay in place.
  return verified(
    document,
    intended,
    [true, false].map((movesComments) => () => permute(layout, node, order, movesComments)),
  );
}

function permute(layout: Layout, node: ListNode, order: readonly number[], movesComments: boolean): Splice[] {
  const ownLines = node.items.every((item) => isAloneBefore(layout.text, item.start));
  const parts = node.items.map((item, index) => {
    const floor = node.items[index - 1]?.value.end ?? 0;
    const start = ownLines && movesComments ? commentBlockAbove(layout, item.start, floor) : item.start;
    return node.flow ? flowParts(layout, node, item, start) : [blockPart(layout, item, start)];
  });
  return order.flatMap((from, to) => {
    const places = parts[to] ?? [];
    const sources = parts[from] ?? [];
    return places.map((place, index) => {
      const source = sources[index] ?? place;
      return { ...place, newText: layout.text.slice(source.start, source.end) };
    });
  });
}

interface Part {
  readonly start: number;
  readonly end: number;
}

/** A job in block style: its comment lines, its lines, and the comment behind it. */
function blockPart(layout: Layout, item: SyntaxItem, start: number): Part {
  return { start, end: lineEndOf(layout.text, item.value.end) };
}

/** A job in brackets: its comment lines and itself, and what follows on its line behind the comma. */
function flowParts(layout: Layout, node: ListNode, item: SyntaxItem, start: number): Part[] {
  const behind = behindChild(layout, node, item);
  const tailStart = behind.comma === undefined ? item.value.end : behind.comma + 1;
  return [
    { start, end: item.value.end },
    { start: tailStart, end: Math.max(tailStart, behind.end) },
  ];
}
