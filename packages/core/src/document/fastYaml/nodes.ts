import { type MarkKind, markKind } from './marks.ts';
import { doubleQuote, notSure, type Reader, singleQuote } from './reader.ts';

/** Adds an entry; a key that is there already, merges maps or names the prototype is left to the `yaml` package. */
export function setEntry(map: Record<string, unknown>, key: string, value: unknown): void {
  if (map[key] !== undefined && (key === '__proto__' || Object.hasOwn(map, key))) throw notSure;
  if (key === '<<') throw notSure;
  map[key] = value;
}

/** Notes where a collection begins; the answer is for `endCollection`. */
export function beginCollection({ marks }: Reader, kind: MarkKind, start: number): number {
  if (marks === undefined) return 0;
  return marks.numbers.push(kind, start, 0, 0);
}

/** The collection ends where its last value ended. */
export function endCollection({ marks, lastEnd }: Reader, mark: number, count: number): void {
  if (marks === undefined) return;
  marks.numbers[mark - 2] = lastEnd;
  marks.numbers[mark - 1] = count;
}

/** Notes a plain or quoted scalar, by its first character. */
export function markScalar(reader: Reader, first: number, start: number, end: number): void {
  reader.lastEnd = end;
  reader.marks?.numbers.push(styleOf(first), start, end, 0);
}

/** Notes a value that is left out. */
export function markNothing(reader: Reader, at: number): null {
  reader.lastEnd = at;
  reader.marks?.numbers.push(markKind.plain, at, at, 0);
  return null;
}

export function markKey({ marks }: Reader, key: string, first: number, start: number, end: number): void {
  if (marks === undefined) return;
  marks.keys.push(key);
  marks.numbers.push(styleOf(first), start, end, 0);
}

function styleOf(first: number): MarkKind {
  if (first === doubleQuote) return markKind.double;
  return first === singleQuote ? markKind.single : markKind.plain;
}
