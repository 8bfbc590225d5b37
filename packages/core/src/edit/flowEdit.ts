import type { ListNode, MapNode, SyntaxEntry, SyntaxItem } from '../document/index.ts';
import {
  hasLineBreak,
  indentationAt,
  isAloneBefore,
  type Layout,
  lineEndOf,
  lineStartOf,
  nextLineOf,
} from './layout.ts';
import { renderJson, renderJsonInline, renderYamlInline } from './render.ts';
import type { Splice } from './textEdit.ts';

type FlowNode = MapNode | ListNode;

/** Adds an entry (`key` given) or an item to a map or list in brackets, before its child number `index`. */
export function insertFlowChild(
  layout: Layout,
  node: FlowNode,
  index: number,
  child: { readonly key?: string; readonly value: unknown },
): Splice[] {
  const { text } = layout;
  const children = childrenOf(node);
  const [first] = children;
  if (first === undefined) return insertFirstChild(layout, node, child);
  const isMultiline = hasLineBreak(text, node.start, first.start);
  const indentation = isMultiline ? indentationAt(text, first.start) : undefined;
  const rendered = renderChild(layout, node, child, indentation);
  const previous = children[index - 1];
  if (previous === undefined) {
    const gap = isMultiline ? layout.newline + indentation : ' ';
    return [{ start: first.start, end: first.start, newText: `${rendered},${gap}` }];
  }
  const behind = behindChild(layout, node, previous);
  const gap = behind.endsLine && indentation !== undefined ? layout.newline + indentation : ' ';
  const isLast = index === children.length;
  if (behind.comma !== undefined) {
    return [
      {
        start: behind.end,
        end: behind.end,
        newText: `${gap}${rendered}${isLast && !isMultiline ? '' : ','}`,
      },
    ];
  }
  const { end } = previous.value;
  return [
    { start: end, end, newText: ',' },
    { start: behind.end, end: behind.end, newText: gap + rendered },
  ];
}

/** Into empty brackets; comments that stand in them stay. */
function insertFirstChild(
  layout: Layout,
  node: FlowNode,
  child: { readonly key?: string; readonly value: unknown },
): Splice[] {
  const { text, newline, unit } = layout;
  const inner = { start: node.start + 1, end: node.end - 1 };
  const isBlank = text.slice(inner.start, inner.end).trim() === '';
  const outer = indentationAt(text, node.start);
  const isMultiline = !layout.isYaml && hasLineBreak(text, 0, text.length);
  if (!isMultiline || !isBlank) {
    const rendered = renderChild(layout, node, child, undefined);
    return [
      {
        start: inner.start,
        end: isBlank ? inner.end : inner.start,
        newText: isBlank ? rendered : `${rendered} `,
      },
    ];
  }
  const indentation = outer + unit;
  const rendered = renderChild(layout, node, child, indentation);
  return [{ ...inner, newText: newline + indentation + rendered + newline + outer }];
}

/** Removes a child of a map or list in brackets, with its comma. */
export function removeFlowChild(layout: Layout, node: FlowNode, index: number): Splice[] {
  const { text } = layout;
  const children = childrenOf(node);
  const child = children[index];
  if (child === undefined) return [];
  const previous = children[index - 1];
  const next = children[index + 1];
  const behind = behindChild(layout, node, child);
  const { comma } = behind;
  const splices: Splice[] = [];
  if (next === undefined && comma === undefined && previous !== undefined) {
    const before = behindChild(layout, node, previous).comma;
    // On one line the blanks between the comma and the child go too: `[a, b]` becomes `[a]`.
    if (before !== undefined && skipBlanks(text, before + 1) === child.start) {
      return [{ start: before, end: child.value.end, newText: '' }];
    }
    if (before !== undefined) splices.push({ start: before, end: before + 1, newText: '' });
  }
  if (isAloneBefore(text, child.start) && behind.endsLine && behind.end < node.end) {
    splices.push({ start: lineStartOf(text, child.start), end: nextLineOf(text, behind.end), newText: '' });
    return splices;
  }
  const end = comma === undefined ? child.value.end : comma + 1;
  splices.push({ start: child.start, end: next === undefined ? end : skipBlanks(text, end), newText: '' });
  return splices;
}

/** The blanks before the next child on the same line. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

export function childrenOf(node: FlowNode): readonly (SyntaxEntry | SyntaxItem)[] {
  return node.kind === 'map' ? node.entries : node.items;
}

export interface BehindChild {
  /** The offset of the comma, when there is one. */
  readonly comma?: number;
  /** Behind the comma, and behind the comment that ends the line. */
  readonly end: number;
  /** Whether nothing but blanks or a comment follows on the line. */
  readonly endsLine: boolean;
}

/** What follows a child of a map or list in brackets. */
export function behindChild(layout: Layout, node: FlowNode, child: SyntaxEntry | SyntaxItem): BehindChild {
  const { text } = layout;
  const comma = findComma(layout, child.value.end, node.end);
  const behind = comma === undefined ? child.value.end : comma + 1;
  const lineEnd = lineEndOf(text, behind);
  const rest = text.slice(behind, lineEnd).trim();
  const isComment = layout.isYaml ? rest.startsWith('#') : /^(?:\/\/|\/\*(?:(?!\*\/).)*\*\/$)/.test(rest);
  const endsLine = lineEnd < node.end && (isComment || rest === '');
  return { ...(comma !== undefined && { comma }), end: endsLine && isComment ? lineEnd : behind, endsLine };
}

/** The first comma from `start` on, over blanks and comments. */
function findComma({ text, isYaml }: Layout, start: number, end: number): number | undefined {
  const trivia = isYaml ? /(?:\s|#[^\n]*)+/y : /(?:\s|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)+/y;
  trivia.lastIndex = start;
  trivia.test(text);
  const at = trivia.lastIndex === 0 ? start : trivia.lastIndex;
  return at < end && text[at] === ',' ? at : undefined;
}

function renderChild(
  layout: Layout,
  node: FlowNode,
  child: { readonly key?: string; readonly value: unknown },
  indentation: string | undefined,
): string {
  const { key, value } = child;
  if (!isJsonLike(layout, node)) {
    if (key === undefined) return renderYamlInline(value);
    const written = renderYamlInline(Object.fromEntries([[key, value]]));
    return written.slice(1, -1).trim();
  }
  const written =
    indentation === undefined ? renderJsonInline(value) : renderJson(value, layout, indentation);
  return key === undefined ? written : `${JSON.stringify(key)}: ${written}`;
}

/** In YAML, brackets may hold JSON: what is added there is written as its neighbours are. */
function isJsonLike(layout: Layout, node: FlowNode): boolean {
  if (!layout.isYaml) return true;
  const [first] = childrenOf(node);
  if (first === undefined) return false;
  return layout.text[first.start] === '"' || layout.text[first.start] === '{';
}
