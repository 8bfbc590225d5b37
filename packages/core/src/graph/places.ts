import type { Dag } from './dag.ts';
import { type Rows, transpose } from './rows.ts';

/**
 * The dependencies by topological place: row `p` names the places, all smaller than `p` and ascending, of the
 * dependencies of job `order[p]`. Cost: O(n + m).
 */
export function dependenciesByPlace({ jobCount, order, dependencies }: Dag): Rows {
  const place = new Int32Array(jobCount);
  for (let p = 0; p < jobCount; p++) place[order[p]!] = p;
  return sorted(renumbered(dependencies, order, place));
}

/** The way back: rows over places as rows over job numbers, ascending. Cost: O(n + m). */
export function rowsByJob(rowsByPlace: Rows, order: Int32Array): Rows {
  const place = new Int32Array(order.length);
  for (let p = 0; p < order.length; p++) place[order[p]!] = p;
  return sorted(renumbered(rowsByPlace, place, order));
}

/** Row `i` of the result is row `oldRow[i]`, each value `v` of it replaced by `newValue[v]`. */
function renumbered({ offsets, values }: Rows, oldRow: Int32Array, newValue: Int32Array): Rows {
  const rows = { offsets: new Int32Array(offsets.length), values: new Int32Array(values.length) };
  let count = 0;
  oldRow.forEach((old, row) => {
    const end = offsets[old + 1]!;
    for (let k = offsets[old]!; k < end; k++) rows.values[count++] = newValue[values[k]!]!;
    rows.offsets[row + 1] = count;
  });
  return rows;
}

function sorted(rows: Rows): Rows {
  return transpose(transpose(rows));
}
