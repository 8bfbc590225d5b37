/**
 * The candidate a person most likely meant by `name`: one that differs in letter case only, else the one with
 * the smallest Damerau–Levenshtein distance (optimal string alignment; Damerau 1964, Wagner and Fischer 1974),
 * the first among equals. At most a third of the name may be wrong; undefined when nothing is that near.
 *
 * Costs O(k·length) per candidate of similar length, k being the distance still worth finding: about 20 ms
 * for 100,000 ids. A candidate equal to `name` is returned as it is.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let limit = distanceLimit(wanted);
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    if (other === wanted) return candidate;
    if (limit === 0 || Math.abs(other.length - wanted.length) > limit) continue;
    const distance = boundedDistance(wanted, other, limit);
    if (distance <= limit) {
      best = candidate;
      limit = distance - 1;
    }
  }
  return best;
}

/** One mistake in a short name, a third of a longer one, never more than five. */
function distanceLimit(name: string): number {
  if (name.length < 2) return 0;
  return Math.min(5, Math.max(1, Math.floor(name.length / 3)));
}

/** The distance of `a` and `b`, or some number above `limit` as soon as it is known to be above. */
function boundedDistance(a: string, b: string, limit: number): number {
  const [start, endA, endB] = differingMiddle(a, b);
  const width = endB - start;
  const tooFar = limit + 1;
  let beforePrevious = new Uint16Array(width + 1);
  let previous = Uint16Array.from({ length: width + 1 }, (_, column) => column);
  let current = new Uint16Array(width + 1);

  for (let row = 1; row <= endA - start; row++) {
    const from = Math.max(1, row - limit);
    const to = Math.min(width, row + limit);
    current.fill(tooFar);
    if (row <= limit) current[0] = row;
    let rowMinimum = current[0]!;
    const codeA = a.charCodeAt(start + row - 1);
    for (let column = from; column <= to; column++) {
      const codeB = b.charCodeAt(start + column - 1);
      let cost = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + (codeA === codeB ? 0 : 1),
      );
      if (
        row > 1 &&
        column > 1 &&
        codeA === b.charCodeAt(start + column - 2) &&
        codeB === a.charCodeAt(start + row - 2)
      ) {
        cost = Math.min(cost, beforePrevious[column - 2]! + 1);
      }
      current[column] = cost;
      if (cost < rowMinimum) rowMinimum = cost;
    }
    if (rowMinimum > limit) return tooFar;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return previous[width]!;
}

/** Without the common prefix and suffix: where the two differ, and the ends of the differing parts. */
function differingMiddle(a: string, b: string): [start: number, endA: number, endB: number] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  return [start, endA, endB];
}
