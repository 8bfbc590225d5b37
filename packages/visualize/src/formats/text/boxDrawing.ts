import type { Palette } from '@executioner/core';
import { layout } from '../../layout/index.ts';
import type { Picture } from '../../picture/picture.ts';
import { assignChannels, type Net } from './channels.ts';
import { cellWidth, Grid } from './grid.ts';
import { jobLabel, type Label } from './words.ts';

/** Room for one channel, with an arrow: ` ─┬▶ `. */
const gapMargin = 3;

/** The graph drawn with box-drawing characters, from left to right; undefined if it does not fit in the columns. */
export function boxDrawing(
  picture: Picture,
  { colors, columns }: { readonly colors: Palette; readonly columns: number },
): string | undefined {
  const { jobs } = picture;
  if (jobs.length === 0) return '(no jobs)\n';
  const labels = jobs.map((job) => jobLabel(job, colors));
  const places = placeJobs(picture);
  const widths = layerWidths(labels, places.layerOf);
  if (widths.reduce((sum, width) => sum + width + gapMargin, 0) > columns) return undefined;
  const gaps = netsOf(picture, places);
  const channels = gaps.map(({ nets }) => assignChannels(nets));
  const starts: number[] = [];
  let column = 0;
  for (const [layer, width] of widths.entries()) {
    starts.push(column);
    column += width + (layer < widths.length - 1 ? gapMargin + Math.max(1, channels[layer]!.count) : 0);
  }
  if (column > columns) return undefined;
  const grid = new Grid(column + 1, places.rowCount);
  for (const [layer, { nets, passing }] of gaps.entries()) {
    const end = starts[layer]! + widths[layer]!;
    const nextStart = starts[layer + 1]!;
    for (const [k, net] of nets.entries()) {
      drawNet(grid, net, { end, nextStart, channel: channels[layer]!.channelOf[k]! });
    }
    for (const row of passing) grid.horizontal(row, starts[layer]!, end);
  }
  for (const [job, label] of labels.entries()) {
    const layer = places.layerOf[job]!;
    const row = places.rowOf[job]!;
    const width = cellWidth(label.plain);
    grid.text(row, starts[layer]!, label.painted, width);
    if (places.hasDependents[job] === 1) {
      grid.text(row, starts[layer]! + width, ' ', 1);
      grid.horizontal(row, starts[layer]! + width + 1, starts[layer]! + widths[layer]!);
    }
    if (places.hasDependencies[job] === 1) grid.text(row, starts[layer]! - 2, '▶ ', 2);
  }
  return `${grid.render()}\n`;
}

function drawNet(
  grid: Grid,
  { from, to }: Net,
  { end, nextStart, channel }: { readonly end: number; readonly nextStart: number; readonly channel: number },
): void {
  const turn = end + 1 + Math.max(0, channel);
  const isStraight = channel === -1;
  for (const row of from) grid.horizontal(row, end, isStraight ? nextStart : turn);
  if (isStraight) return;
  grid.vertical(turn, Math.min(...from, ...to), Math.max(...from, ...to));
  for (const row of to) grid.horizontal(row, turn, nextStart);
}

interface Places {
  readonly layerOf: Int32Array;
  readonly rowOf: Int32Array;
  readonly rowCount: number;
  readonly hasDependents: Uint8Array;
  readonly hasDependencies: Uint8Array;
  /** For each dependency its rows, one for each layer from its tail to its head. */
  readonly rows: readonly (readonly number[])[];
}

function placeJobs({ jobs, dependencies }: Picture): Places {
  const result = layout({
    edges: {
      nodeCount: jobs.length,
      tail: Int32Array.from(dependencies, ({ from }) => from),
      head: Int32Array.from(dependencies, ({ to }) => to),
    },
    along: new Float64Array(jobs.length).fill(1),
    across: new Float64Array(jobs.length).fill(1),
    gaps: { layer: 1, node: 0, edge: 1, lane: 1 },
    // Parts that are not connected stand below each other, so that layers line up.
    aspect: 1e-6,
  });
  const row = (across: number) => Math.round(across - 0.5);
  const hasDependents = new Uint8Array(jobs.length);
  const hasDependencies = new Uint8Array(jobs.length);
  for (const { from, to } of dependencies) {
    hasDependents[from] = 1;
    hasDependencies[to] = 1;
  }
  return {
    layerOf: result.layerOf,
    rowOf: Int32Array.from(result.nodeAcross, row),
    rowCount: Math.max(1, Math.ceil(result.acrossExtent)),
    hasDependents,
    hasDependencies,
    rows: result.routes.map((route) => rowsOf(route, row)),
  };
}

/** A route has its start, the two ends of each layer that it passes, and its end. */
function rowsOf(route: Float64Array, row: (across: number) => number): number[] {
  const rows = [row(route[1]!)];
  for (let at = 2; at < route.length - 2; at += 4) rows.push(row(route[at + 1]!));
  rows.push(row(route.at(-1)!));
  return rows;
}

function layerWidths(labels: readonly Label[], layerOf: Int32Array): number[] {
  const widths: number[] = [];
  for (const [job, label] of labels.entries()) {
    const layer = layerOf[job]!;
    widths[layer] = Math.max(widths[layer] ?? 0, cellWidth(label.plain) + 2);
  }
  return widths;
}

interface Gap {
  readonly nets: readonly Net[];
  /** Rows of edges that pass the layer before the gap. */
  readonly passing: ReadonlySet<number>;
}

/** What runs in the gap after each layer: rows that reach the same rows share a net. */
function netsOf({ dependencies }: Picture, { layerOf, rows }: Places): Gap[] {
  const layerCount = layerOf.reduce((most, layer) => Math.max(most, layer + 1), 0);
  const gaps = Array.from({ length: Math.max(0, layerCount - 1) }, () => ({
    nets: new Map<number, Set<number>>(),
    passing: new Set<number>(),
  }));
  for (const [k, { from }] of dependencies.entries()) {
    const own = rows[k]!;
    for (let step = 0; step < own.length - 1; step++) {
      const gap = gaps[layerOf[from]! + step]!;
      const targets = gap.nets.get(own[step]!) ?? new Set<number>();
      targets.add(own[step + 1]!);
      gap.nets.set(own[step]!, targets);
      if (step > 0) gap.passing.add(own[step]!);
    }
  }
  return gaps.map(({ nets, passing }) => ({
    nets: merged(nets),
    passing,
  }));
}

function merged(targets: ReadonlyMap<number, ReadonlySet<number>>): Net[] {
  const nets = new Map<string, { from: number[]; to: number[] }>();
  for (const [from, to] of targets) {
    const rows = [...to].sort((a, b) => a - b);
    const known = nets.get(rows.join());
    if (known === undefined) nets.set(rows.join(), { from: [from], to: rows });
    else known.from.push(from);
  }
  return [...nets.values()];
}
