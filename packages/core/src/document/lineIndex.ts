import type { Position, Range } from '../diagnostics/diagnostic.ts';

/** Turns offsets of one text into lines and columns. */
export interface LineIndex {
  positionAt(offset: number): Position;
  rangeOf(start: number, end: number): Range;
}

/**
 * Lines end with `\n` (a `\r` before it belongs to the line). The index is built at the first question, in time
 * linear in the text; each answer costs the logarithm of the number of lines. Offsets outside the text are
 * moved to its nearest end.
 */
export function createLineIndex(text: string): LineIndex {
  let lineStarts: readonly number[] | undefined;
  const positionAt = (offset: number): Position => {
    lineStarts ??= findLineStarts(text);
    const inside = Math.max(0, Math.min(offset, text.length));
    const line = lastAtOrBefore(lineStarts, inside);
    return { offset: inside, line: line + 1, column: inside - (lineStarts[line] ?? 0) + 1 };
  };
  return {
    positionAt,
    rangeOf: (start, end) => ({ start: positionAt(start), end: positionAt(Math.max(start, end)) }),
  };
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** The index of the last number in the ascending `numbers` that is not above `limit`. */
function lastAtOrBefore(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
