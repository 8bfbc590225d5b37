import type { ParsedDocument, SyntaxNode } from '../document/index.ts';

/** How a text is laid out, so that what is added looks like what is there. */
export interface Layout {
  readonly text: string;
  readonly isYaml: boolean;
  readonly newline: '\n' | '\r\n';
  /** The blanks of one level of indentation. */
  readonly unit: string;
  /** Whether a list that is the value of a key is indented more than the key (YAML). */
  readonly indentsLists: boolean;
  /** Whether strings that need quotes mostly stand in single ones (YAML). */
  readonly prefersSingleQuotes: boolean;
}

export function layoutOf(document: ParsedDocument): Layout {
  const { text } = document;
  const found: Findings = { unit: undefined, indentsLists: undefined, single: 0, double: 0 };
  inspect(text, document.tree(), undefined, found);
  return {
    text,
    isYaml: document.format === 'yaml',
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    unit: found.unit ?? '  ',
    indentsLists: found.indentsLists ?? true,
    prefersSingleQuotes: found.single > found.double,
  };
}

interface Findings {
  unit: string | undefined;
  indentsLists: boolean | undefined;
  single: number;
  double: number;
}

/** The first nested line that says something decides. */
function inspect(text: string, node: SyntaxNode, keyStart: number | undefined, found: Findings): void {
  if (node.kind === 'scalar') {
    if (node.style === 'single') found.single++;
    if (node.style === 'double') found.double++;
    return;
  }
  if (node.kind === 'alias') return;
  const children = node.kind === 'map' ? node.entries : node.items;
  const parentLine = keyStart ?? (node.flow ? node.start : undefined);
  const [first] = children;
  if (first !== undefined && parentLine !== undefined && isAloneBefore(text, first.start)) {
    const outer = indentationAt(text, parentLine);
    const inner = indentationAt(text, first.start);
    if (node.kind === 'list' && !node.flow)
      found.indentsLists ??= columnOf(text, first.start) > columnOf(text, parentLine);
    if (inner.length > outer.length && inner.startsWith(outer)) found.unit ??= inner.slice(outer.length);
  }
  for (const child of children) inspect(text, child.value, 'key' in child ? child.start : undefined, found);
}

export function lineStartOf(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset of the line break that ends the line, or the end of the text. */
export function lineEndOf(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** Behind the line break of the line. */
export function nextLineOf(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

export function columnOf(text: string, offset: number): number {
  const lineStart = lineStartOf(text, offset);
  return offset - lineStart - (text.charCodeAt(lineStart) === 0xfeff ? 1 : 0);
}

/** The blanks at the beginning of the line of `offset`. */
export function indentationAt(text: string, offset: number): string {
  const start = lineStartOf(text, offset);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, Math.min(end, offset));
}

/** Whether nothing but blanks stands before `offset` on its line. */
export function isAloneBefore(text: string, offset: number): boolean {
  return text.slice(lineStartOf(text, offset), offset).replace('\uFEFF', '').trim() === '';
}

/** Whether nothing but blanks stands behind `offset` on its line. */
export function isAloneBehind(text: string, offset: number): boolean {
  return text.slice(offset, lineEndOf(text, offset)).trim() === '';
}

export function hasLineBreak(text: string, start: number, end: number): boolean {
  const at = text.indexOf('\n', start);
  return at !== -1 && at < end;
}

/**
 * The beginning of the line of `offset`, or of the first of the comment lines directly above it; not before `floor`.
 */
export function commentBlockAbove({ text, isYaml }: Layout, offset: number, floor: number): number {
  let start = lineStartOf(text, offset);
  while (start > floor) {
    const above = lineStartOf(text, start - 1);
    const content = text.slice(above, start).trim();
    if (above < floor || !content.startsWith(isYaml ? '#' : '//')) break;
    start = above;
  }
  return start;
}
