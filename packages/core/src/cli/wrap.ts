/** Breaks `text` into lines of at most `width` characters at blanks; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** A line of a two-column list. */
export interface ListRow {
  readonly left: string;
  readonly right: string;
}

/** The width of the left column that suits `rows`: the longest of it, but no more than leaves room for the right. */
export function leftWidth(rows: readonly ListRow[], width: number): number {
  const longest = Math.max(0, ...rows.map(({ left }) => left.length));
  return Math.min(longest, Math.max(14, Math.floor(width * 0.32)));
}

export interface TwoColumnsOptions {
  readonly width: number;
  readonly left: number;
  readonly paint: (left: string) => string;
}

/** Two columns, indented by two: the right one wraps, and starts a line below where the left is too long. */
export function twoColumns(
  rows: readonly ListRow[],
  { width, left: leftColumn, paint }: TwoColumnsOptions,
): string[] {
  const indent = ' '.repeat(leftColumn + 4);
  return rows.flatMap(({ left, right }) => {
    const [first = '', ...more] = wrap(right, Math.max(20, width - indent.length));
    const rest = more.map((line) => indent + line);
    if (left.length > leftColumn) return [`  ${paint(left)}`, indent + first, ...rest];
    return [`  ${paint(left)}${' '.repeat(leftColumn - left.length + 2)}${first}`.trimEnd(), ...rest];
  });
}
