/** Where a line is, and the time it gives, as it is written there. */
export interface Place {
  /** The number of its source. */
  readonly source: number;
  readonly line: number;
  /** Empty if it gives none. */
  readonly time: string;
}

/** Of two places the one whose line was written first; the first one where the lines do not tell. */
export function earlier(a: Place, b: Place): Place {
  return orderOf(a, b) > 0 ? b : a;
}

/** Of two places the one whose line was written last; the one that is read last where the lines do not tell. */
export function later(a: Place, b: Place): Place {
  const order = orderOf(a, b);
  const isBefore = order < 0 || (order === 0 && (a.source - b.source || a.line - b.line) < 0);
  return isBefore ? b : a;
}

/** By their times, where both are dates as ISO 8601 writes them, which sort as texts, and of different sources. */
function orderOf(a: Place, b: Place): number {
  if (a.source === b.source || !isoDate.test(a.time) || !isoDate.test(b.time)) return 0;
  const [one, other] = [sortable(a.time), sortable(b.time)];
  return one < other ? -1 : one > other ? 1 : 0;
}

const isoDate = /^\d{4}-\d\d-\d\d[ T]\d\d:/;

function sortable(time: string): string {
  return time.replace('T', ' ').replace(',', '.');
}
