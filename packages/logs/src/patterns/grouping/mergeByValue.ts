import { type Cluster, groupBy, inOrder, joinClusters } from './cluster.ts';
import { isParameter, type KnownParameters } from './parameter.ts';
import { formOf, type Token, wildText } from './token.ts';

/**
 * Joins clusters of one form that differ in one value only, where that value is a parameter; again and again, since lines
 * that differed in two values then differ in one. Linear in clusters × values for each round.
 */
export function mergeByValue(clusters: readonly Cluster[], known: KnownParameters): Cluster[] {
  const merged: Cluster[] = [];
  for (const group of groupBy(clusters, ({ tokens, hasLists }) => `${hasLists}${formOf(tokens)}`)) {
    merged.push(...(group.length === 1 ? group : mergeForm(mergeForm(group, known, false), known, true)));
  }
  return inOrder(merged);
}

/** Clusters of one form. With `repeated`, one value that stands in several places counts as one difference. */
function mergeForm(
  clusters: readonly Cluster[],
  known: KnownParameters,
  repeated: boolean,
): readonly Cluster[] {
  const places = clusters[0]!.tokens.flatMap(({ isValue }, index) => (isValue ? [index] : []));
  const ids = new Map<string, number>();
  const idOf = (text: string): number => {
    const id = ids.get(text) ?? ids.size;
    ids.set(text, id);
    return id;
  };
  let rows = clusters.map((cluster) => makeRow(cluster, places, idOf));
  for (let changed = true; changed; ) {
    changed = false;
    for (let column = 0; column < places.length; column++) {
      const next = mergeColumn(rows, column, { places, known, repeated, idOf });
      changed ||= next.length < rows.length;
      rows = next;
    }
  }
  return rows.map(({ cluster }) => cluster);
}

interface Row {
  readonly cluster: Cluster;
  /** A number for each value. */
  readonly ids: Int32Array;
}

interface Form {
  readonly places: readonly number[];
  readonly known: KnownParameters;
  readonly repeated: boolean;
  idOf(text: string): number;
}

function makeRow(cluster: Cluster, places: readonly number[], idOf: (text: string) => number): Row {
  return { cluster, ids: Int32Array.from(places, (place) => idOf(cluster.tokens[place]!.text)) };
}

function mergeColumn(rows: readonly Row[], column: number, form: Form): Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyWithout(row, column, form);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  if (groups.size === rows.length) return [...rows];
  const merged: Row[] = [];
  for (const group of groups.values()) {
    if (group.length > 1 && isColumnParameter(group, column, form))
      merged.push(joinRows(group, column, form));
    else merged.push(...group);
  }
  return merged;
}

/** The values but that of the column, as text; with `repeated` also but those equal to it. */
function keyWithout({ cluster, ids }: Row, column: number, { places, repeated }: Form): string {
  const own = ids[column]!;
  const isTied = repeated && cluster.tokens[places[column]!]!.text !== wildText;
  let key = '';
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    key += i === column || (isTied && id === own) ? '*' : String.fromCharCode((id & 0x7fff) + 64, id >> 15);
  }
  return key;
}

function isColumnParameter(group: readonly Row[], column: number, { places, known }: Form): boolean {
  const [{ cluster }] = group as readonly [Row];
  const values = [...new Set(group.map((row) => row.cluster.tokens[places[column]!]!.text))];
  if (values.length === 1) return true;
  const words = places.filter((place, i) => i !== column && isWord(cluster.tokens[place]!)).length;
  const before = cluster.tokens[places[column]! - 1];
  return isParameter(values, { isFirst: column === 0, before, words }, known);
}

function isWord({ text }: Token): boolean {
  return /\p{L}/u.test(text);
}

function joinRows(group: readonly Row[], column: number, { places, repeated, idOf }: Form): Row {
  const [{ cluster }] = group as readonly [Row];
  const own = cluster.tokens[places[column]!]!.text;
  const tokens = cluster.tokens.map((token, index) => {
    const isMerged = index === places[column] || (repeated && token.isValue && token.text === own);
    return isMerged ? { ...token, text: wildText } : token;
  });
  return makeRow(
    joinClusters(
      group.map((row) => row.cluster),
      tokens,
    ),
    places,
    idOf,
  );
}
