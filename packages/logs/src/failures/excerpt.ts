/** A line of a job's log that may tell why it failed. */
export interface ExcerptLine {
  readonly text: string;
  /** Whether it looks like the trouble itself. */
  readonly matters: boolean;
  /** How many lines were left out before it. */
  readonly skipped: number;
}

export interface ExcerptOptions {
  /** Default: 8. */
  readonly linesMax?: number;
  /** Longer lines are cut. Default: 300 characters. */
  readonly lengthMax?: number;
}

const troubleWords =
  /\b(\w*(error|exception)s?|fatal|fail(ed|ure|s)?|panic|traceback|denied|refused|cannot|can't|could not|unable to|not found|no such|undefined|invalid|missing|abort(ed)?|killed|timed? ?out|out of memory|segmentation fault|ORA-\d+|SP2-\d+|E[A-Z]{4,}|unexpected|unknown)\b/i;
const harmlessWords = /\b(0|no|without) (errors?|failures?|exceptions?)\b|\berrors?[:=] ?0\b/i;
/** A line of a stack trace, which is told by the line above or below it. */
const traceLine = /^\s+(at |File "|\.\.\. \d+ more)|^\s{4,}\S/;

/** What a terminal takes for colours. */
const colours = /\x1b\[[0-9;]*m/g;

/** Whether a line of output tells of trouble. */
export function tellsOfTrouble(line: string): boolean {
  return troubleWords.test(line) && !harmlessWords.test(line);
}

/**
 * Of the output of a failed try the few lines that matter, in their order: the first and the last that tell of trouble
 * with a neighbour each, then the last lines of all. Linear in the lines.
 */
export function excerptOf(printed: readonly string[], options: ExcerptOptions = {}): ExcerptLine[] {
  if (printed.length === 0) return [];
  const { linesMax = 8, lengthMax = 300 } = options;
  const output = printed.map((line) => line.replace(colours, ''));
  const trouble: number[] = [];
  output.forEach((line, index) => {
    if (line.trim() !== '' && tellsOfTrouble(line) && !traceLine.test(line)) trouble.push(index);
  });
  const chosen = new Set<number>();
  const texts = new Set<string>();
  const choose = (index: number) => {
    const line = output[index]?.trim() ?? '';
    if (chosen.size >= linesMax || line === '' || texts.has(line)) return;
    chosen.add(index);
    texts.add(line);
  };
  const first = trouble[0];
  const last = trouble.at(-1);
  if (last !== undefined) choose(last);
  if (first !== undefined) choose(first);
  choose(output.findLastIndex((line) => line.trim() !== ''));
  for (const index of trouble.slice(-3).reverse()) choose(index);
  for (const index of trouble.slice(0, 2)) choose(index);
  if (last !== undefined) [last + 1, last - 1].forEach(choose);
  for (let index = output.length - 1; index >= output.length - 3; index--) choose(index);
  const isTrouble = new Set(trouble);
  let previous = -1;
  return withSingleGaps(
    [...chosen].sort((a, b) => a - b),
    output,
    texts,
  ).map((index) => {
    const skipped = index - previous - 1;
    previous = index;
    const line = output[index]!;
    const text = line.length > lengthMax ? `${line.slice(0, lengthMax)}…` : line;
    return { text, matters: isTrouble.has(index), skipped };
  });
}

/** To say that one line was left out takes as much room as the line, unless it repeats another. */
function withSingleGaps(
  indexes: readonly number[],
  output: readonly string[],
  texts: ReadonlySet<string>,
): number[] {
  return indexes.flatMap((index, place) => {
    const isSingle = index - (indexes[place - 1] ?? -1) === 2;
    return isSingle && !texts.has(output[index - 1]!.trim()) ? [index - 1, index] : [index];
  });
}
