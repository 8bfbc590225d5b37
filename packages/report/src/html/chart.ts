import type { Tone } from '../look/index.ts';
import { type Html, html } from './escape.ts';

/** A value in a chart, from the left to the right in the order given. */
export interface ChartPoint {
  /** Undefined where something happened that has no value: it is shown on the ground line. */
  readonly value: number | undefined;
  readonly tone: Tone;
  /** Shown when it is pointed at. */
  readonly title: string;
}

/** A level line over the points `from` to `to`, both included. */
export interface ChartLevel {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly tone: Tone;
}

export interface SeriesChartOptions {
  readonly points: readonly ChartPoint[];
  readonly levels?: readonly ChartLevel[];
  /** How values are written at the axis. */
  readonly format: (value: number) => string;
  /** What stands below the first and the last point. */
  readonly ends: readonly [first: string, last: string];
  /** Read instead of the picture by those who cannot see it. */
  readonly description: string;
  /** Pixels; 160 unless given. */
  readonly height?: number;
}

const axisHeight = 20;
const top = 8;
/** Values in their order as dots over even distances, with level lines: SVG that takes the width it is given. */
export function seriesChart(options: SeriesChartOptions): Html {
  const { points, levels = [], format, ends, description } = options;
  const hasValues = points.some(({ value }) => value !== undefined);
  const height = hasValues ? (options.height ?? 160) : top + 12 + axisHeight;
  const shares = hasValues ? [1, 0.5, 0] : [0];
  const most = Math.max(1e-9, ...points.map(({ value }) => value ?? 0), ...levels.map(({ value }) => value));
  const ceiling = roundUp(most);
  const ground = height - axisHeight;
  const x = (place: number) => percent((place + 0.5) / Math.max(1, points.length));
  const y = (value: number) => Number((ground - (value / ceiling) * (ground - top)).toFixed(1));
  return html`<div class="chart"><div class="axis-labels" style="height:${height}px" aria-hidden="true">${[
    1, 0.5, 0,
  ].map(
    (share) =>
      html`<span style="top:${y(share * ceiling)}px">${hasValues ? format(share * ceiling) : ''}</span>`,
  )}</div>
<svg height="${height}" role="img" aria-label="${description}">
${shares.map((share) => html`<line class="grid" x1="0" x2="100%" y1="${y(share * ceiling)}" y2="${y(share * ceiling)}"/>`)}
${levels.map(
  ({ from, to, value, tone }) =>
    html`<line class="level level-${tone}" x1="${percent(from / points.length)}" x2="${percent((to + 1) / points.length)}" y1="${y(value)}" y2="${y(value)}"/>
`,
)}${points.map(({ value, tone, title }, place) =>
  value === undefined
    ? html`<rect class="dot-${tone}" x="${x(place)}" y="${ground - 9}" width="3" height="9" transform="translate(-1.5 0)"><title>${title}</title></rect>
`
    : html`<circle class="dot-${tone}" cx="${x(place)}" cy="${y(value)}" r="${points.length > 150 ? 2 : 3.2}"><title>${title}</title></circle>
`,
)}<text class="axis" x="0" y="${height - 5}">${ends[0]}</text><text class="axis" x="100%" y="${height - 5}" text-anchor="end">${ends[1]}</text>
</svg></div>`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`;
}

/** The next of 1, 2, 2.5, 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value * 0.9999) ?? 10) * power;
}
