import type { Range } from './diagnostic.ts';
import { type DisplayCell, displayCells } from './displayCells.ts';
import { maskSecrets } from './maskSecrets.ts';
import { lineEnd, lineStart } from './textPosition.ts';

export interface FrameOptions {
  /** Columns for the text of a line: a longer one is cut around what is marked. */
  readonly width: number;
  readonly secretNames: readonly string[];
}

/** A line of a frame before it is given its gutter and colours. */
export type FrameLine =
  | { readonly kind: 'source'; readonly lineNumber: number; readonly text: string }
  | { readonly kind: 'mark'; readonly indent: number; readonly length: number }
  | { readonly kind: 'gap' };

/**
 * The lines of `text` that `range` touches, with marks below: one line, or the first and the last of several. Control
 * characters show as pictures, secret values as asterisks, tabs as spaces, and marks stand below what they mark
 * also where characters are wide. Costs the length of the lines shown, whatever the length of the text.
 */
export function codeFrame(text: string, range: Range, options: FrameOptions): FrameLine[] {
  const start = Math.min(range.start.offset, text.length);
  const end = Math.max(start, Math.min(range.end.offset, text.length));
  const firstEnd = lineEnd(text, start);
  if (end <= firstEnd || range.end.line <= range.start.line) {
    return markedLine(text, range.start.line, start, Math.min(end, firstEnd), options);
  }

  const lastStart = lineStart(text, end);
  const isEmptyAtEnd = text.slice(lastStart, end).trim() === '';
  const first = markedLine(text, range.start.line, start, firstEnd, options);
  if (isEmptyAtEnd && range.end.line === range.start.line + 1) return first;
  const gap: FrameLine[] = range.end.line > range.start.line + 1 ? [{ kind: 'gap' }] : [];
  if (isEmptyAtEnd) return [...first, ...gap];
  const indent = /^[ \t]*/.exec(text.slice(lastStart, end))![0].length;
  return [...first, ...gap, ...markedLine(text, range.end.line, lastStart + indent, end, options)];
}

function markedLine(
  text: string,
  lineNumber: number,
  start: number,
  end: number,
  options: FrameOptions,
): FrameLine[] {
  const excerpt = excerptAround(text, start, options);
  const cells = displayCells(excerpt.text);
  const totalWidth = widthOf(cells);
  const markStart = columnOf(cells, start - excerpt.offset, totalWidth);
  const markEnd = Math.max(markStart + 1, columnOf(cells, end - excerpt.offset, totalWidth));
  const window = chooseWindow(totalWidth, markStart, markEnd, options.width);
  const shown = cut(cells, {
    ...window,
    isCutBefore: excerpt.isCutBefore || window.from > 0,
    isCutAfter: excerpt.isCutAfter || window.to < totalWidth,
  });
  return [
    { kind: 'source', lineNumber, text: shown.trimEnd() },
    {
      kind: 'mark',
      indent: markStart - window.from,
      length: Math.max(1, Math.min(markEnd, window.to) - markStart),
    },
  ];
}

interface Excerpt {
  readonly text: string;
  /** Where the excerpt begins in the whole text. */
  readonly offset: number;
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

/** What is looked at of a line of megabytes: enough around the mark to recognize the key of a secret value. */
const excerptReach = 16 * 1024;

/** The line around `start` with secrets masked, or as much of it as can be of interest. */
function excerptAround(text: string, start: number, { width, secretNames }: FrameOptions): Excerpt {
  const wideStart = Math.max(0, start - excerptReach);
  const near = text.slice(wideStart, start + excerptReach);
  const from = lineStart(near, start - wideStart);
  const to = lineEnd(near, start - wideStart);
  const masked = maskSecrets(near.slice(from, to), secretNames);
  const markAt = start - wideStart - from;

  // Twice the columns on either side: combining characters take none.
  const cutFrom = characterBoundary(masked, Math.max(0, markAt - 2 * width));
  const cutTo = characterBoundary(masked, Math.min(masked.length, markAt + 4 * width));
  return {
    text: masked.slice(cutFrom, cutTo),
    offset: wideStart + from + cutFrom,
    isCutBefore: cutFrom > 0 || (from === 0 && wideStart > 0 && !isBreak(text[wideStart - 1])),
    isCutAfter: cutTo < masked.length || (to === near.length && wideStart + to < text.length),
  };
}

/** `index`, or the one before where it would part a surrogate pair. */
function characterBoundary(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index - 1 : index;
}

function isBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

function widthOf(cells: readonly DisplayCell[]): number {
  return cells.reduce((width, cell) => width + cell.width, 0);
}

/** The column where the character at `offset` begins; the end of the line for what lies behind it. */
function columnOf(cells: readonly DisplayCell[], offset: number, totalWidth: number): number {
  let column = 0;
  for (const [index, cell] of cells.entries()) {
    const next = cells[index + 1];
    if (next === undefined ? offset <= cell.offset : offset < next.offset) return column;
    column += cell.width;
  }
  return totalWidth;
}

/** The columns shown, [from, to): the mark in the middle, or the beginning of a mark that does not fit. */
function chooseWindow(
  totalWidth: number,
  markStart: number,
  markEnd: number,
  width: number,
): { from: number; to: number } {
  if (totalWidth <= width) return { from: 0, to: width };
  const lead = Math.max(Math.floor((width - (markEnd - markStart)) / 2), Math.floor(width / 8));
  const from = Math.max(0, Math.min(markStart - lead, totalWidth - width));
  return { from, to: from + width };
}

interface Cut {
  readonly from: number;
  readonly to: number;
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

/** The columns [from, to) as text; an end that was cut is an ellipsis, a character cut in two is spaces. */
function cut(cells: readonly DisplayCell[], { from, to, isCutBefore, isCutAfter }: Cut): string {
  const first = from + (isCutBefore ? 1 : 0);
  const last = to - (isCutAfter ? 1 : 0);
  let shown = '';
  let column = 0;
  for (const cell of cells) {
    const end = column + cell.width;
    if (column >= first && end <= last) shown += cell.text;
    else shown += ' '.repeat(Math.max(0, Math.min(end, last) - Math.max(column, first)));
    column = end;
  }
  return `${isCutBefore ? '…' : ''}${shown}${isCutAfter ? '…' : ''}`;
}
