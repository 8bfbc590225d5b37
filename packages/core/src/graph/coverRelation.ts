import { type BitRows, bitRowStep, emptyBitRows, reuse, setBit, uniteRows } from './bitRows.ts';
import type { Dag } from './dag.ts';
import { dependenciesByPlace } from './places.ts';
import { type Rows, rowsFromPairs } from './rows.ts';

/**
 * Who depends on whom among some of the jobs, in the fewest edges: row `i` names the jobs that `jobs[i]` depends on,
 * directly or through other jobs, with none of `jobs` on any way between; as places in `jobs`, ascending. In the
 * terms of order theory, the cover relation of the order that the graph induces on `jobs`, which ascend.
 *
 * In bit sets, for 1,024 of the jobs at a time: those above each job, and those above one of them. Cost: O(m · k / 32)
 * word operations for k jobs, and 256 n bytes.
 */
export function coverRelation(dag: Dag, jobs: Int32Array): Rows {
  const indexAt = new Int32Array(dag.jobCount).fill(-1);
  jobs.forEach((job, index) => {
    indexAt[job] = index;
  });
  const chosen = dag.order.map((job) => indexAt[job]!);
  const columns = Int32Array.from(chosen.keys()).filter((place) => chosen[place]! >= 0);
  const dependencies = dependenciesByPlace(dag);
  const wordsPerRow = Math.min(32, Math.ceil(jobs.length / 32 / bitRowStep) * bitRowStep);
  const memory = {
    above: emptyBitRows(dag.jobCount, wordsPerRow),
    covered: emptyBitRows(dag.jobCount, wordsPerRow),
  };
  const pairs = { rows: [] as number[], values: [] as number[] };
  for (let first = 0; first < columns.length; first += wordsPerRow * 32) {
    const block = columns.subarray(first, first + wordsPerRow * 32);
    findCovers(dependencies, chosen, block, memory, (place, column) => {
      pairs.rows.push(chosen[place]!);
      pairs.values.push(chosen[block[column]!]!);
    });
  }
  return rowsFromPairs(jobs.length, pairs);
}

interface Sets {
  /** The chosen jobs that a job is or depends on. */
  readonly above: BitRows;
  /** Those of them that another chosen one of them depends on. */
  readonly covered: BitRows;
}

/** Reports each chosen place with each column that covers it. `chosen[place]` is −1 for a job that is not chosen. */
function findCovers(
  { offsets, values }: Rows,
  chosen: Int32Array,
  columns: Int32Array,
  memory: Sets,
  report: (place: number, column: number) => void,
): void {
  const firstPlace = columns[0]!;
  const above = reuse(memory.above, firstPlace, chosen.length);
  const covered = reuse(memory.covered, firstPlace, chosen.length);
  let column = 0;
  for (let place = firstPlace; place < chosen.length; place++) {
    const end = offsets[place + 1]!;
    let start = end;
    while (start > offsets[place]! && values[start - 1]! >= firstPlace) start--;
    uniteRows(above, place, values, start, end);
    uniteRows(covered, place, values, start, end);
    if (chosen[place] === -1) continue;
    cover(above, covered, place, report);
    if (columns[column] === place) setBit(above, place, column++);
  }
}

/** Reports what is above `place` and not covered yet; from here down all of it is. */
function cover(
  above: BitRows,
  covered: BitRows,
  place: number,
  report: (place: number, column: number) => void,
): void {
  if (above.isUsed[place] === 0) return;
  const start = (place - above.firstPlace) * above.wordsPerRow;
  for (let word = 0; word < above.wordsPerRow; word++) {
    let bits = above.bits[start + word]! & ~covered.bits[start + word]!;
    while (bits !== 0) {
      report(place, word * 32 + 31 - Math.clz32(bits & -bits));
      bits &= bits - 1;
    }
    covered.bits[start + word] = above.bits[start + word]!;
  }
  covered.isUsed[place] = 1;
}
