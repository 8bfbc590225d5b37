import type { ScalarNode } from './syntaxTree.ts';

/**
 * Where each UTF-16 unit of a decoded string begins in the text, and where the last one ends: entry `i` is the offset
 * of unit `i`, so that part [start, end) of the string is written in [map[start], end of unit end - 1). A unit made by
 * a folded line break lies on that break.
 */
export interface StringMap {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * Maps `value`, which the scalar decodes to; time linear in its length. Undefined where the text does not seem to say
 * that value.
 */
export function mapString(text: string, node: ScalarNode, value: string): StringMap | undefined {
  return candidates(text, node).find((map) => agrees(text, map, node, value));
}

function candidates(text: string, node: ScalarNode): MutableMap[] {
  const { start, end, style } = node;
  if (style === 'plain') return [mapFlow(text, start, end, style)];
  if (style === 'single' || style === 'double') return [mapFlow(text, start + 1, end - 1, style)];
  return mapBlock(text, node);
}

function agrees(text: string, map: MutableMap, node: ScalarNode, value: string): boolean {
  // The line breaks that a block scalar keeps at its end lie behind the node.
  while (map.starts.length < value.length && value[map.starts.length] === '\n') add(map, node.end, node.end);
  if (map.starts.length < value.length) return false;
  for (let unit = 0; unit < value.length; unit++) {
    const start = map.starts[unit] ?? 0;
    const isVerbatim = map.ends[unit] === start + 1;
    if (isVerbatim && text[start] !== value[unit] && text[start] !== '\n') return false;
  }
  return true;
}

interface MutableMap {
  readonly starts: number[];
  readonly ends: number[];
}

function add(map: MutableMap, start: number, end: number, units = 1): void {
  for (let unit = 0; unit < units; unit++) {
    map.starts.push(start);
    map.ends.push(end);
  }
}

/** Plain and quoted scalars: escapes, doubled quotes, and line breaks folded together with the blanks around them. */
function mapFlow(text: string, start: number, end: number, style: 'plain' | 'single' | 'double'): MutableMap {
  const map: MutableMap = { starts: [], ends: [] };
  const lineBreak = /[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*/y;
  for (let at = start; at < end; ) {
    const character = text[at];
    if (character === ' ' || character === '\t' || character === '\n' || character === '\r') {
      lineBreak.lastIndex = at;
      const folded = lineBreak.exec(text)?.[0];
      if (folded !== undefined) {
        const breaks = folded.split('\n').length - 1;
        add(map, at, at + folded.length, Math.max(1, breaks - 1));
        at += folded.length;
        continue;
      }
    }
    const length = style === 'double' && character === '\\' ? escapeLength(text, at) : 1;
    if (style === 'single' && character === "'") {
      add(map, at, at + 2);
      at += 2;
    } else if (length > 1) {
      add(map, at, at + length, escapeUnits(text, at));
      at += length;
    } else {
      add(map, at, at + 1);
      at++;
    }
  }
  return map;
}

const hexDigitsByEscape: ReadonlyMap<string | undefined, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function escapeLength(text: string, at: number): number {
  const next = text[at + 1];
  if (next !== '\n' && next !== '\r') return 2 + (hexDigitsByEscape.get(next) ?? 0);
  const skipped = /\\\r?\n[ \t]*/y;
  skipped.lastIndex = at;
  return skipped.exec(text)?.[0].length ?? 2;
}

/** How many UTF-16 units an escape stands for: none for an escaped line break, two beyond the basic plane. */
function escapeUnits(text: string, at: number): number {
  const next = text[at + 1];
  if (next === '\n' || next === '\r') return 0;
  return next === 'U' && Number.parseInt(text.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1;
}

/**
 * Literal and folded block scalars: the indentation is left out, and lines are folded together. An explicit
 * indentation indicator counts from the parent, which is not known here: then every indentation is a candidate.
 */
function mapBlock(text: string, node: ScalarNode): MutableMap[] {
  const headerEnd = text.indexOf('\n', node.start);
  if (headerEnd === -1 || headerEnd >= node.end) return [{ starts: [], ends: [] }];
  const lines = blockLines(text, headerEnd + 1, node.end);
  const first = lines.find((line) => text.slice(line.start, line.end).trim() !== '');
  const indent = first === undefined ? 0 : /^ */.exec(text.slice(first.start, first.end))![0].length;
  const isExplicit = /^[|>][+-]?[1-9]/.test(text.slice(node.start, headerEnd));
  const indents = isExplicit
    ? Array.from({ length: Math.min(indent, 64) + 1 }, (_, width) => width)
    : [indent];
  return indents.map((width) => mapLines(text, lines, { indent: width, folds: node.style === 'folded' }));
}

function mapLines(
  text: string,
  lines: readonly BlockLine[],
  { indent, folds }: { readonly indent: number; readonly folds: boolean },
): MutableMap {
  const map: MutableMap = { starts: [], ends: [] };
  let breaks: { readonly start: number; end: number; count: number } | undefined;
  let wasText = false;
  for (const line of lines) {
    const contentStart = Math.min(line.start + indent, line.end);
    if (contentStart === line.end) {
      if (breaks === undefined) add(map, line.start, line.next);
      else breaks = { start: breaks.start, end: line.next, count: breaks.count + 1 };
      continue;
    }
    const isText = text[contentStart] !== ' ' && text[contentStart] !== '\t';
    if (breaks !== undefined) {
      const units = folds && wasText && isText ? Math.max(1, breaks.count - 1) : breaks.count;
      add(map, breaks.start, breaks.end, units);
    }
    for (let at = contentStart; at < line.end; at++) add(map, at, at + 1);
    breaks = { start: line.end, end: line.next, count: 1 };
    wasText = isText;
  }
  if (breaks !== undefined) add(map, breaks.start, breaks.end, breaks.count);
  return map;
}

interface BlockLine {
  readonly start: number;
  /** Before the line break. */
  readonly end: number;
  /** Behind the line break. */
  readonly next: number;
}

function blockLines(text: string, start: number, end: number): BlockLine[] {
  const lines: BlockLine[] = [];
  for (let at = start; at < end; ) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 || newline >= end ? end : newline + 1;
    const lineEnd = next === end && newline !== end - 1 ? end : next - 1;
    lines.push({ start: at, end: text[lineEnd - 1] === '\r' && lineEnd > at ? lineEnd - 1 : lineEnd, next });
    at = next;
  }
  return lines;
}
