/**
 * The candidate a person most likely meant by `name`: one that differs in letter case only, else the one with
 * the smallest Damerau–Levenshtein distance (optimal string alignment; Damerau 1964, Wagner and Fischer 1974),
 * the first among equals. At most a third of the name, and four characters, may be wrong; undefined when
 * nothing is that near. A candidate equal to `name` is returned as it is.
 *
 * Costs O(length) for a candidate that cannot be near, O(length · distance) for one that may be.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  const mayBeNear = characterFilter(wanted);
  const rows = new DistanceRows();
  let best: string | undefined;
  let limit = distanceLimit(wanted);
  for (const candidate of candidates) {
    if (candidate === name) return candidate;
    const other = candidate.toLowerCase();
    if (other === wanted && limit >= 0) {
      best = candidate;
      limit = -1;
    }
    if (limit < 1 || !mayBeNear(other, limit)) continue;
    const distance = boundedDistance(wanted, other, limit, rows);
    if (distance <= limit) {
      best = candidate;
      limit = distance - 1;
    }
  }
  return best;
}

/** A third of the name, one mistake at least; a single letter is never near another. */
function distanceLimit(name: string): number {
  if (name.length < 2) return 0;
  return Math.min(4, Math.max(1, Math.floor(name.length / 3)));
}

/**
 * A quick test that no name within `limit` edits of `wanted` fails: an edit adds or takes away one character
 * at most, so that the characters the two do not share bound the distance from below.
 */
function characterFilter(wanted: string): (other: string, limit: number) => boolean {
  const available = new Int16Array(128);
  for (let index = 0; index < wanted.length; index++) available[wanted.charCodeAt(index) & 127]! += 1;
  const left = new Int16Array(128);
  return (other, limit) => {
    if (Math.abs(other.length - wanted.length) > limit) return false;
    left.set(available);
    let surplus = 0;
    for (let index = 0; index < other.length; index++) {
      const slot = other.charCodeAt(index) & 127;
      left[slot]! -= 1;
      if (left[slot]! < 0) surplus += 1;
    }
    return Math.max(surplus, surplus + wanted.length - other.length) <= limit;
  };
}

/** Three rows of the distance table, reused from one candidate to the next. */
class DistanceRows {
  beforePrevious = new Uint16Array(64);
  previous = new Uint16Array(64);
  current = new Uint16Array(64);

  reserve(width: number): void {
    if (this.current.length >= width) return;
    this.beforePrevious = new Uint16Array(2 * width);
    this.previous = new Uint16Array(2 * width);
    this.current = new Uint16Array(2 * width);
  }
}

/** The distance of `a` and `b`, or some number above `limit` as soon as it is known to be above. */
function boundedDistance(a: string, b: string, limit: number, rows: DistanceRows): number {
  const { start, endA, endB } = differingMiddle(a, b);
  const height = endA - start;
  const width = endB - start;
  const tooFar = limit + 1;
  rows.reserve(width + 1);
  let { beforePrevious, previous, current } = rows;
  for (let column = 0; column <= width; column++) previous[column] = Math.min(column, tooFar);

  for (let row = 1; row <= height; row++) {
    current.fill(tooFar, 0, width + 1);
    if (row <= limit) current[0] = row;
    let rowMinimum = current[0]!;
    const codeA = a.charCodeAt(start + row - 1);
    const lastColumn = Math.min(width, row + limit);
    for (let column = Math.max(1, row - limit); column <= lastColumn; column++) {
      const codeB = b.charCodeAt(start + column - 1);
      const replaced = previous[column - 1]! + (codeA === codeB ? 0 : 1);
      let distance = Math.min(previous[column]! + 1, current[column - 1]! + 1, replaced);
      const swapped =
        row > 1 &&
        column > 1 &&
        codeA === b.charCodeAt(start + column - 2) &&
        codeB === a.charCodeAt(start + row - 2);
      if (swapped) distance = Math.min(distance, beforePrevious[column - 2]! + 1);
      current[column] = distance;
      if (distance < rowMinimum) rowMinimum = distance;
    }
    if (rowMinimum > limit) return tooFar;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return previous[width]!;
}

/** Where `a` and `b` differ: without their common beginning and end. */
function differingMiddle(a: string, b: string): { start: number; endA: number; endB: number } {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  return { start, endA, endB };
}
