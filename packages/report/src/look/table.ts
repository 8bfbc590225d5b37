import CliTable from 'cli-table3';

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
  const widths = columns.map((column, index) =>
    columnWidth(
      column,
      rows.map((row) => row[index] ?? ''),
    ),
  );
  let excess = widths.reduce((sum, each) => sum + each + gap.length, -gap.length) - width;
  for (let index = columns.length - 1; index >= 0; index--) {
    const cut = columns[index]!.elastic === true ? Math.min(excess, widths[index]! - narrowest) : 0;
    if (cut <= 0) continue;
    widths[index] = widths[index]! - cut;
    excess -= cut;
  }
  return render(columns, rows, widths, paintTitle).map((line) => line.trimEnd());
}

const gap = '  ';
const narrowest = 8;

const borders = ['top', 'bottom', 'left', 'right', 'mid', 'left-mid', 'mid-mid', 'right-mid'].concat(
  ['top', 'bottom'].flatMap((side) => ['mid', 'left', 'right'].map((place) => `${side}-${place}`)),
);

function render(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  widths: number[],
  paintTitle: (title: string) => string,
): string[] {
  const table = new CliTable({
    head: columns.map(({ title }) => paintTitle(title)),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: widths,
    chars: { ...Object.fromEntries(borders.map((place) => [place, ''])), middle: gap },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().split('\n');
}

/** Terminal columns that the widest cell takes: wide characters take two, colours none. The title is plain ASCII. */
function columnWidth({ title }: TextColumn, cells: readonly string[]): number {
  const [head = ''] = render(
    [{ title }],
    cells.map((cell) => [cell]),
    [],
    (text) => text,
  );
  return head.length;
}
