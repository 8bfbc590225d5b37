import { displayCells, displayWidth } from '@executioner/core';

export interface TextColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Shortened, with an ellipsis, when the table is wider than allowed; of several such columns the last gives first. */
  readonly elastic?: boolean;
}

export interface TextTableOptions {
  /** Columns of the terminal that the table may take; unlimited when absent. */
  readonly width?: number;
  /** Paints the titles; plain when absent. */
  readonly paintTitle?: (title: string) => string;
}

/** Lines of a table without borders: two blanks between columns, none at the ends. Cells may hold colours. */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  options: TextTableOptions = {},
): string[] {
  const { width = Number.POSITIVE_INFINITY, paintTitle = (title: string) => title } = options;
  const widths = columns.map(({ title }, index) =>
    rows.reduce((widest, row) => Math.max(widest, visibleWidth(row[index] ?? '')), visibleWidth(title)),
  );
  let excess = widths.reduce((sum, each) => sum + each + gap.length, -gap.length) - width;
  for (let index = columns.length - 1; index >= 0; index--) {
    const cut = columns[index]!.elastic === true ? Math.min(excess, widths[index]! - narrowest) : 0;
    if (cut <= 0) continue;
    widths[index] = widths[index]! - cut;
    excess -= cut;
  }
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => aligned(cells[index] ?? '', widths[index]!, align))
      .join(gap)
      .trimEnd();
  return [line(columns.map(({ title }) => paintTitle(title))), ...rows.map(line)];
}

const gap = '  ';
const narrowest = 8;
const ellipsis = '…';

/** A cell as wide as its column; a wider one ends with an ellipsis. */
function aligned(cell: string, width: number, align: TextColumn['align']): string {
  const own = visibleWidth(cell);
  if (own > width) return shortened(cell, width);
  const blanks = ' '.repeat(width - own);
  return align === 'right' ? blanks + cell : cell + blanks;
}

/** The beginning of a cell, without its colours, and an ellipsis. */
function shortened(cell: string, width: number): string {
  let text = '';
  let used = 0;
  for (const { text: character, width: own } of displayCells(cell.replaceAll(colour, ''))) {
    if (used + own > width - ellipsis.length) break;
    text += character;
    used += own;
  }
  return text + ellipsis + ' '.repeat(width - used - ellipsis.length);
}

/** Columns of a terminal that a text takes: wide characters take two, colours none. */
function visibleWidth(text: string): number {
  return displayWidth(text.replaceAll(colour, ''));
}

const colour = /\u001b\[[\d;]*m/g;
