import type { Position, Range } from './diagnostic.ts';

/** Turns offsets of one text into lines and columns, and back. */
export interface LineIndex {
  /** How many lines the text has; an empty text, and the place after a final line break, count as a line. */
  readonly lineCount: number;
  positionAt(offset: number): Position;
  rangeOf(start: number, end: number): Range;
  /** The offset of a line and column, both from 1. A column behind the end of its line means that end. */
  offsetAt(line: number, column: number): number;
}

/**
 * Lines end with LF, CRLF or a lone CR, as editors (the language server protocol) and YAML have it; the break belongs
 * to the line that it ends. U+2028, U+2029, U+0085, form feeds and vertical tabs are ordinary characters.
 *
 * The index is built at the first question, in time linear in the text; each answer costs the logarithm of the number
 * of lines. Offsets and lines outside the text are moved to its nearest end.
 */
export function createLineIndex(text: string): LineIndex {
  let known: Uint32Array | undefined;
  const lineStarts = (): Uint32Array => {
    known ??= findLineStarts(text);
    return known;
  };

  const positionAt = (offset: number): Position => {
    const starts = lineStarts();
    const inside = clamp(offset, 0, text.length);
    const line = lastAtOrBefore(starts, inside);
    return { offset: inside, line: line + 1, column: inside - starts[line]! + 1 };
  };
  const offsetAt = (line: number, column: number): number => {
    const starts = lineStarts();
    if (line < 1) return 0;
    if (line > starts.length) return text.length;
    const start = starts[line - 1]!;
    return clamp(start + column - 1, start, lineEnd(text, start));
  };

  return {
    get lineCount() {
      return lineStarts().length;
    },
    positionAt,
    rangeOf: (start, end) => ({ start: positionAt(start), end: positionAt(Math.max(start, end)) }),
    offsetAt,
  };
}

/** Where the line that holds `offset` begins. Costs the length of the line. */
export function lineStart(text: string, offset: number): number {
  const insideBreak = text[offset] === '\n' && text[offset - 1] === '\r';
  let start = insideBreak ? offset - 1 : offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

/** Where the line that holds `offset` ends, its line break not included. Costs the length of the line. */
export function lineEnd(text: string, offset: number): number {
  if (text[offset] === '\n' && text[offset - 1] === '\r') return offset - 1;
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

function findLineStarts(text: string): Uint32Array {
  let starts: Uint32Array = new Uint32Array(1024);
  let count = 1;
  const hasReturns = text.includes('\r');
  for (let index = nextBreak(text, 0, hasReturns); index !== -1; ) {
    const isCrLf = text[index] === '\r' && text[index + 1] === '\n';
    const next = index + (isCrLf ? 2 : 1);
    if (count === starts.length) starts = grown(starts);
    starts[count++] = next;
    index = nextBreak(text, next, hasReturns);
  }
  return starts.slice(0, count);
}

function grown(numbers: Uint32Array): Uint32Array {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

function nextBreak(text: string, from: number, hasReturns: boolean): number {
  if (!hasReturns) return text.indexOf('\n', from);
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || code === 13) return index;
  }
  return -1;
}

/** The index of the last number in the ascending `numbers` that is not above `limit`. */
function lastAtOrBefore(numbers: Uint32Array, limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numbers[middle]! <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
