import { type Cluster, groupBy, inOrder, joinClusters } from './cluster.ts';
import { isParameter, type KnownParameters } from './parameter.ts';
import { formHash, isSameForm, type Token, wildId, wildToken } from './token.ts';

/**
 * Joins clusters of one form that differ in one value only, where that value is a parameter; again and again, since lines
 * that differed in two values then differ in one. Linear in clusters × values for each round.
 */
export function mergeByValue(clusters: readonly Cluster[], known: KnownParameters): readonly Cluster[] {
  const merged: Cluster[] = [];
  const groups = groupBy(
    clusters,
    ({ tokens }) => formHash(tokens),
    (a, b) => a.hasLists === b.hasLists && isSameForm(a.tokens, b.tokens),
  );
  for (const group of groups) {
    if (group.length === 1) merged.push(group[0]!);
    else for (const cluster of mergeForm(group, known)) merged.push(cluster);
  }
  return merged.length === clusters.length ? clusters : inOrder(merged);
}

/** Clusters of one form; in the end one value that stands in several places counts as one difference. */
function mergeForm(clusters: readonly Cluster[], known: KnownParameters): readonly Cluster[] {
  const places = clusters[0]!.tokens.flatMap(({ isValue }, index) => (isValue ? [index] : []));
  const form: Form = { places, known, repeated: false };
  const rows = untilSame(
    clusters.map((cluster) => makeRow(cluster, places)),
    form,
  );
  const merged = rows.some(hasRepeated) ? untilSame(rows, { ...form, repeated: true }) : rows;
  return merged.map(({ cluster }) => cluster);
}

function untilSame(rows: readonly Row[], form: Form): readonly Row[] {
  let current = rows;
  for (let changed = true; changed; ) {
    changed = false;
    for (let column = 0; column < form.places.length; column++) {
      const next = mergeColumn(current, column, form);
      changed ||= next.length < current.length;
      current = next;
    }
  }
  return current;
}

/** Does a value stand in it twice? */
function hasRepeated({ ids }: Row): boolean {
  for (let i = 1; i < ids.length; i++) if (ids[i] !== wildId && ids.indexOf(ids[i]!) < i) return true;
  return false;
}

interface Row {
  readonly cluster: Cluster;
  /** A number for each value. */
  readonly ids: Int32Array;
  /** Two sums over all values, from which those of all but one are quickly told. */
  readonly sumA: number;
  readonly sumB: number;
}

interface Form {
  readonly places: readonly number[];
  readonly known: KnownParameters;
  readonly repeated: boolean;
}

function makeRow(cluster: Cluster, places: readonly number[]): Row {
  const ids = new Int32Array(places.length);
  let [sumA, sumB] = [0, 0];
  for (let i = 0; i < ids.length; i++) {
    ids[i] = cluster.tokens[places[i]!]!.id;
    sumA = (sumA + shareA(ids[i]!, i)) | 0;
    sumB = (sumB + shareB(ids[i]!, i)) | 0;
  }
  return { cluster, ids, sumA, sumB };
}

/** What a value in a place adds to the sums: hashes, so that different values hardly ever have equal sums. */
function shareA(id: number, place: number): number {
  const mixed = Math.imul((id + 1) ^ Math.imul(place + 1, 0x9e3779b1), 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
}

function shareB(id: number, place: number): number {
  const mixed = Math.imul((id + 1) ^ Math.imul(place + 1, 0x7feb352d), 0x27d4eb2f);
  return Math.imul(mixed ^ (mixed >>> 13), 0x165667b1);
}

function mergeColumn(rows: readonly Row[], column: number, form: Form): readonly Row[] {
  // Most rows are alone with their key: only of others there is an array.
  const groups = new Map<number, Row | Row[]>();
  for (const row of rows) {
    const key = keyWithout(row, column, form);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, row);
    else if (Array.isArray(group)) group.push(row);
    else groups.set(key, [group, row]);
  }
  if (groups.size === rows.length) return rows;
  const merged: Row[] = [];
  for (const group of groups.values()) {
    if (!Array.isArray(group)) merged.push(group);
    else if (
      group.every((row) => isEqualWithout(group[0]!, row, column, form)) &&
      isColumnParameter(group, column, form)
    )
      merged.push(joinRows(group, column, form));
    else merged.push(...group);
  }
  return merged;
}

/** A number for the values but that of the column; with `repeated` also but those equal to it. */
function keyWithout(row: Row, column: number, form: Form): number {
  const { ids } = row;
  let a = row.sumA - shareA(ids[column]!, column);
  let b = row.sumB - shareB(ids[column]!, column);
  if (isTied(row, column, form)) {
    for (let i = 0; i < ids.length; i++) {
      if (i === column || ids[i] !== ids[column]) continue;
      a += shareA(tiedId, i) - shareA(ids[i]!, i);
      b += shareB(tiedId, i) - shareB(ids[i]!, i);
    }
  }
  // A small integer, which maps are quickest with; equal ones are compared value by value.
  return (a ^ b) >> 1;
}

const tiedId = -2;

function isTied({ ids }: Row, column: number, { repeated }: Form): boolean {
  return repeated && ids[column] !== wildId;
}

/** Whether two rows with one key really agree. */
function isEqualWithout(a: Row, b: Row, column: number, form: Form): boolean {
  const [ownA, ownB] = [a.ids[column]!, b.ids[column]!];
  const [tiedA, tiedB] = [isTied(a, column, form), isTied(b, column, form)];
  for (let i = 0; i < a.ids.length; i++) {
    if (i === column) continue;
    const isOwn = tiedA && a.ids[i] === ownA;
    if (isOwn !== (tiedB && b.ids[i] === ownB)) return false;
    if (!isOwn && a.ids[i] !== b.ids[i]) return false;
  }
  return true;
}

function isColumnParameter(group: readonly Row[], column: number, { places, known }: Form): boolean {
  const [{ cluster }] = group as readonly [Row];
  const values = [...new Set(group.map((row) => row.cluster.tokens[places[column]!]!.text))];
  if (values.length === 1) return true;
  const words = places.filter((place, i) => i !== column && isWord(cluster.tokens[place]!)).length;
  const [secondBefore, before] = [places[column]! - 2, places[column]! - 1].map((at) => cluster.tokens[at]);
  return isParameter(values, { isFirst: column === 0, before, secondBefore, words }, known);
}

function isWord({ text }: Token): boolean {
  return /\p{L}/u.test(text);
}

function joinRows(group: readonly Row[], column: number, { places, repeated }: Form): Row {
  const [{ cluster }] = group as readonly [Row];
  const own = cluster.tokens[places[column]!]!.id;
  const tokens = cluster.tokens.map((token, index) => {
    const isMerged = index === places[column] || (repeated && token.isValue && token.id === own);
    return isMerged ? wildToken(token.spaced) : token;
  });
  return makeRow(
    joinClusters(
      group.map((row) => row.cluster),
      tokens,
    ),
    places,
  );
}
