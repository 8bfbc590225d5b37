import { addRow, type BitRows, emptyBitRows, hasBit, reuse, setBit, uniteRows } from './bitRows.ts';
import type { Dag } from './dag.ts';
import { levels } from './levels.ts';
import { dependenciesByPlace, rowsByJob } from './places.ts';
import { keepEdges, type Rows, transpose } from './rows.ts';

export interface TransitiveReduction {
  /** The same jobs with the fewest dependencies that give the same reachability. */
  readonly dag: Dag;
  /** Row `i`: the dependencies of job `i` that were left out, each implied by a longer path. */
  readonly redundant: Rows;
}

/**
 * The transitive reduction (Aho, Garey and Ullman 1972); of a DAG there is only one, and it is a subset of the edges.
 *
 * A dependency is redundant if a later dependency of the same job reaches it. What reaches what is kept in bit sets,
 * for 1,024 dependencies in question at a time and the last of the order first, so that kept edges alone carry the
 * bits of earlier ones; an edge between neighbouring levels is never in question. Cost: O(n · m′ / 32) word
 * operations at the worst, m′ being the edges kept, and 128 n bytes.
 */
export function transitiveReduction(dag: Dag): TransitiveReduction {
  const rows = dependenciesByPlace(dag);
  const isRedundant = redundantEdges(rows, edgesInQuestion(dag, rows));
  const dependencies = rowsByJob(
    keepEdges(rows, (_, k) => isRedundant[k] === 0),
    dag.order,
  );
  return {
    dag: {
      ...dag,
      dependencyCount: dependencies.values.length,
      dependencies,
      dependents: transpose(dependencies),
    },
    redundant: rowsByJob(
      keepEdges(rows, (_, k) => isRedundant[k] === 1),
      dag.order,
    ),
  };
}

/** 1 for the edges that jump over a level: only beside those there is room for a longer path. */
function edgesInQuestion(dag: Dag, { offsets, values }: Rows): Uint8Array {
  const { levelOf } = levels(dag);
  const levelAt = dag.order.map((job) => levelOf[job]!);
  const inQuestion = new Uint8Array(values.length);
  for (let place = 0; place < dag.jobCount; place++) {
    const end = offsets[place + 1]!;
    for (let k = offsets[place]!; k < end; k++) {
      if (levelAt[place]! - levelAt[values[k]!]! > 1) inQuestion[k] = 1;
    }
  }
  return inQuestion;
}

/** Columns in a block, as words: a row is two cache lines, and n rows are 128 n bytes. */
const wordsPerRow = 32;

/** The places `first` to `top`, whose edges in question come from places up to `last`. */
interface Block {
  readonly first: number;
  readonly top: number;
  readonly last: number;
}

interface Decisions {
  readonly rows: Rows;
  readonly inQuestion: Uint8Array;
  readonly isRedundant: Uint8Array;
  /** In each row, from here up all is decided. */
  readonly decidedFrom: Int32Array;
  /** The edges decided to be kept: at the end of each row, from `keptFrom` up. */
  readonly keptValues: Int32Array;
  readonly keptFrom: Int32Array;
  /** The column of a place in the bit rows of its block; −1 when nothing is asked about it. */
  readonly columnOf: Int32Array;
}

function redundantEdges(rows: Rows, inQuestion: Uint8Array): Uint8Array {
  const placeCount = rows.offsets.length - 1;
  const decisions: Decisions = {
    rows,
    inQuestion,
    isRedundant: new Uint8Array(rows.values.length),
    decidedFrom: rows.offsets.slice(1),
    keptValues: new Int32Array(rows.values.length),
    keptFrom: rows.offsets.slice(1),
    columnOf: new Int32Array(placeCount).fill(-1),
  };
  const blocks = layOutColumns(decisions);
  const memory = emptyBitRows(blocks.length === 0 ? 0 : placeCount, wordsPerRow);
  for (const block of blocks) decideBlock(decisions, block, reuse(memory, block.first, block.last + 1));
  return decisions.isRedundant;
}

/** Gives a column to each place asked about, from the last to the first, and cuts them into blocks. */
function layOutColumns({ rows: { offsets, values }, inQuestion, columnOf }: Decisions): Block[] {
  const placeCount = columnOf.length;
  const lastAsking = new Int32Array(placeCount).fill(-1);
  for (let place = 0; place < placeCount; place++) {
    const end = offsets[place + 1]!;
    for (let k = offsets[place]!; k < end; k++) if (inQuestion[k] === 1) lastAsking[values[k]!] = place;
  }
  const blocks: Block[] = [];
  let column = 0;
  let first = -1;
  let top = -1;
  let last = -1;
  for (let place = placeCount - 1; place >= 0; place--) {
    if (lastAsking[place] === -1) continue;
    if (column === 0) top = place;
    first = place;
    last = Math.max(last, lastAsking[place]!);
    columnOf[place] = column++;
    if (column < wordsPerRow * 32) continue;
    blocks.push({ first, top, last });
    column = 0;
    last = -1;
  }
  if (column > 0) blocks.push({ first, top, last });
  return blocks;
}

/** Decides all edges in question that lead into the block; those that lead to later places have been decided. */
function decideBlock(decisions: Decisions, { first, top, last }: Block, reached: BitRows): void {
  const { rows, inQuestion, isRedundant, decidedFrom, keptValues, keptFrom, columnOf } = decisions;
  for (let place = first; place <= last; place++) {
    const start = rows.offsets[place]!;
    let k = decidedFrom[place]!;
    let kept = keptFrom[place]!;
    for (; k > start && rows.values[k - 1]! > top; k--) keptValues[--kept] = rows.values[k - 1]!;
    uniteRows(reached, place, keptValues, kept, rows.offsets[place + 1]!);
    for (; k > start && rows.values[k - 1]! >= first; k--) {
      const dependency = rows.values[k - 1]!;
      if (inQuestion[k - 1] === 1 && hasBit(reached, place, columnOf[dependency]!)) {
        isRedundant[k - 1] = 1;
      } else {
        keptValues[--kept] = dependency;
        addRow(reached, place, dependency);
      }
    }
    decidedFrom[place] = k;
    keptFrom[place] = kept;
    if (place <= top && columnOf[place]! >= 0) setBit(reached, place, columnOf[place]!);
  }
}
