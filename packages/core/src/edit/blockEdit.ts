import type {
  ListNode,
  MapNode,
  ScalarNode,
  SyntaxEntry,
  SyntaxItem,
  SyntaxNode,
} from '../document/index.ts';
import { columnOf, isAloneBefore, type Layout, lineEndOf, lineStartOf, nextLineOf } from './layout.ts';
import { renderYamlBlock, renderYamlScalar } from './render.ts';
import type { Splice } from './textEdit.ts';

type BlockNode = MapNode | ListNode;
type Child = SyntaxEntry | SyntaxItem;

export interface BlockStyle {
  /** Write strings of several lines in double quotes, where a block scalar does not come out right. */
  readonly avoidsBlockScalars: boolean;
  /** Blank lines behind a value belong to it (`|+`): go behind them, or take them away too. */
  readonly includesBlankLines: boolean;
  /** Comment lines behind what is removed might become part of the text above: align them with its neighbours. */
  readonly alignsComments: boolean;
}

/** Adds an entry (`key` given) or an item to a block map or list of YAML, before its child number `index`. */
export function insertBlockChild(
  layout: Layout,
  node: BlockNode,
  index: number,
  child: { readonly key?: string; readonly value: unknown },
  style: BlockStyle,
): Splice[] {
  const { text, newline } = layout;
  const children = childrenOf(node);
  const column = columnOf(text, node.start);
  const indentation = ' '.repeat(column);
  const rendered = renderChild(layout, child, column, style);
  const previous = children[index - 1];
  if (previous === undefined) {
    return [{ start: node.start, end: node.start, newText: rendered + newline + indentation }];
  }
  const end = endOfChild(layout, previous, style);
  return [{ start: end, end, newText: newline + indentation + rendered }];
}

/** Removes one of several children of a block map or list. */
export function removeBlockChild(
  layout: Layout,
  node: BlockNode,
  index: number,
  style: BlockStyle,
): Splice[] {
  const { text } = layout;
  const children = childrenOf(node);
  const child = children[index];
  const next = children[index + 1];
  if (child === undefined) return [];
  const lineEnd = endOfChild(layout, child, style);
  const aligned = style.alignsComments ? alignComments(text, lineEnd, columnOf(text, node.start)) : [];
  if (isAloneBefore(text, child.start)) return [wholeLines(text, child.start, lineEnd), ...aligned];
  if (next === undefined) return [{ start: child.start, end: lineEnd, newText: '' }, ...aligned];
  const isNextLine = nextLineOf(text, lineEnd) === lineStartOf(text, next.start);
  if (isNextLine) return [{ start: child.start, end: next.start, newText: '' }];
  const start =
    child.start - (/[ \t]*$/.exec(text.slice(lineStartOf(text, child.start), child.start))?.[0].length ?? 0);
  return [{ start, end: lineEnd, newText: '' }];
}

/** Moves the comment lines that follow to the left, as far as `column`. */
function alignComments(text: string, lineEnd: number, column: number): Splice[] {
  const splices: Splice[] = [];
  for (let line = nextLineOf(text, lineEnd); line < text.length; line = nextLineOf(text, line)) {
    const content = text.slice(line, lineEndOf(text, line)).trimStart();
    if (content !== '' && !content.startsWith('#')) break;
    const start = line + column;
    const end = lineEndOf(text, line) - content.length;
    if (content !== '' && end > start) splices.push({ start, end, newText: '' });
  }
  return splices;
}

/** Replaces the value of an entry or item of a block map or list. */
export function replaceBlockValue(layout: Layout, child: Child, value: unknown, style: BlockStyle): Splice[] {
  const old = child.value;
  if ('key' in child) return replaceEntryValue(layout, child, value, style);
  const isLeftOut = old.start === old.end;
  const column = isLeftOut ? columnOf(layout.text, child.start) + 2 : columnOf(layout.text, old.start);
  const rendered = renderValue(layout, { old, value, column, style });
  return [{ start: old.start, end: old.end, newText: isLeftOut ? ` ${rendered}` : rendered }];
}

function replaceEntryValue(layout: Layout, entry: SyntaxEntry, value: unknown, style: BlockStyle): Splice[] {
  const { text, newline } = layout;
  const old = entry.value;
  const keyColumn = columnOf(text, entry.start);
  const behindColon = text.indexOf(':', entry.keyNode.end) + 1;
  const isBelow = lineStartOf(text, old.start) > behindColon;
  if (isBlockCollection(value)) {
    const column = keyColumn + (Array.isArray(value) && !layout.indentsLists ? 0 : layout.unit.length);
    const body = ' '.repeat(column) + renderYamlBlock(value, layout, { column, ...style });
    if (isBelow) return [{ start: lineStartOf(text, old.start), end: old.end, newText: body }];
    const lineEnd = lineEndOf(text, old.end);
    return [
      { start: behindColon, end: old.end, newText: '' },
      { start: lineEnd, end: lineEnd, newText: newline + body },
    ];
  }
  const rendered = renderValue(layout, { old, value, column: keyColumn, style });
  if (isBelow && old.kind !== 'scalar') {
    const lines = wholeLines(text, old.start, lineEndOf(text, old.end));
    return [{ start: behindColon, end: behindColon, newText: ` ${rendered}` }, lines];
  }
  return [{ start: old.start, end: old.end, newText: old.start === old.end ? ` ${rendered}` : rendered }];
}

interface Replacement {
  readonly old: SyntaxNode;
  readonly value: unknown;
  readonly column: number;
  readonly style: BlockStyle;
}

function renderValue(layout: Layout, { old, value, column, style }: Replacement): string {
  if (isBlockCollection(value)) return renderYamlBlock(value, layout, { column, ...style });
  if (typeof value !== 'string' || !value.includes('\n')) return renderYamlScalar(value, quotesOf(old));
  if (style.avoidsBlockScalars) return JSON.stringify(value);
  return renderYamlBlock({ k: value }, layout, { column, ...style }).slice('k: '.length);
}

function renderChild(
  layout: Layout,
  { key, value }: { readonly key?: string; readonly value: unknown },
  column: number,
  style: BlockStyle,
): string {
  if (key !== undefined)
    return renderYamlBlock(Object.fromEntries([[key, value]]), layout, { column, ...style });
  return `- ${renderValue(layout, { old: nothing, value, column: column + 2, style })}`;
}

const nothing: ScalarNode = { kind: 'scalar', style: 'plain', start: 0, end: 0 };

function quotesOf(old: SyntaxNode): 'single' | 'double' | undefined {
  if (old.kind !== 'scalar') return undefined;
  return old.style === 'single' || old.style === 'double' ? old.style : undefined;
}

function isBlockCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** The end of the line on which a child ends. */
function endOfChild({ text }: Layout, child: Child, style: BlockStyle): number {
  let end = lineEndOf(text, Math.max(child.value.end, child.start));
  if (!style.includesBlankLines) return end;
  for (let next = nextLineOf(text, end); next < text.length; next = nextLineOf(text, next)) {
    const nextEnd = lineEndOf(text, next);
    if (text.slice(next, nextEnd).trim() !== '') break;
    end = nextEnd;
  }
  return end;
}

/** Lines from that of `start` to the end of line `lineEnd`, with one line break: the one behind, else the one before. */
function wholeLines(text: string, start: number, lineEnd: number): Splice {
  const lineStart = lineStartOf(text, start);
  if (lineEnd < text.length || lineStart === 0)
    return { start: lineStart, end: nextLineOf(text, lineEnd), newText: '' };
  return { start: lineStart - (text[lineStart - 2] === '\r' ? 2 : 1), end: lineEnd, newText: '' };
}

function childrenOf(node: BlockNode): readonly Child[] {
  return node.kind === 'map' ? node.entries : node.items;
}
