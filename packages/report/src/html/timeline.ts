import { formatDuration } from '../format/index.ts';
import type { Tone } from '../look/index.ts';
import { type Html, html } from './escape.ts';

/** A bar of a timeline; `title` is shown when it is pointed at, `label` within it as far as there is room. */
export interface TimelineBar {
  readonly label: string;
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly tone: Tone;
}

export interface TimelineOptions {
  readonly lanes: readonly (readonly TimelineBar[])[];
  readonly durationMs: number;
  /** Read instead of the picture by those who cannot see it. */
  readonly description: string;
}

const laneHeight = 24;
const barHeight = 20;
const axisHeight = 22;
/** Bars narrower than this share of the width have no label. */
const labelledShare = 0.012;
/** Of a page as wide as most are; on a narrow one more of a label is cut off. */
const usualWidth = 1100;
const letterWidth = 6.6;
const labelPadding = 12;
const lettersMin = 5;

/** Bars in lanes over an axis of time, as SVG that takes the width it is given: places are percentages. */
export function timelineSvg({ lanes, durationMs, description }: TimelineOptions): Html {
  const spanMs = Math.max(1, durationMs);
  const height = lanes.length * laneHeight + axisHeight;
  return html`<div class="timeline">
<div class="lanes" aria-hidden="true">${lanes.map((_, index) => html`<span>${index + 1}</span>`)}</div>
<svg height="${height}" role="img" aria-label="${description}">
${timelineTicks(spanMs).map((tickMs) => tick(tickMs, spanMs, lanes.length * laneHeight))}
${lanes.map((bars, lane) => merged(bars, spanMs).map((bar) => svgBar(bar, lane, spanMs)))}
</svg>
</div>`;
}

function tick(tickMs: number, spanMs: number, bottom: number): Html {
  const x = percent(tickMs / spanMs);
  const anchor = tickMs === 0 ? 'start' : tickMs / spanMs > 0.95 ? 'end' : 'middle';
  return html`<line class="grid" x1="${x}" x2="${x}" y1="0" y2="${bottom + 4}"/><text class="axis" x="${x}" y="${bottom + 17}" text-anchor="${anchor}">${formatDuration(tickMs)}</text>
`;
}

function svgBar(bar: TimelineBar, lane: number, spanMs: number): Html {
  const share = (bar.endMs - bar.startMs) / spanMs;
  const y = lane * laneHeight + 1;
  const x = percent(bar.startMs / spanMs);
  if (share < labelledShare) {
    return html`<rect class="bar-${bar.tone}" x="${x}" y="${y}" height="${barHeight}" width="${share < 0.003 ? '2' : percent(share)}"><title>${bar.title}</title></rect>
`;
  }
  return html`<svg x="${x}" y="${y}" width="${percent(share)}" height="${barHeight}" style="overflow:hidden"><title>${bar.title}</title><rect class="bar-${bar.tone}" width="100%" height="100%" rx="3"/>${labelOf(bar, share)}</svg>
`;
}

/** As much of the label as there is room for, or none. */
function labelOf({ label }: TimelineBar, share: number): Html | undefined {
  const letters = [...label];
  const room = Math.floor((share * usualWidth - labelPadding) / letterWidth);
  if (letters.length > room && room < lettersMin) return undefined;
  const shown = letters.length <= room ? label : `${letters.slice(0, room - 1).join('')}…`;
  return html`<text x="6" y="14">${shown}</text>`;
}

/** Neighbours too narrow to be told apart become one bar, so that a page of 10,000 tries stays small. */
function merged(bars: readonly TimelineBar[], spanMs: number): TimelineBar[] {
  const hairMs = spanMs / 2000;
  const result: TimelineBar[] = [];
  let count = 1;
  for (const bar of bars) {
    const last = result.at(-1);
    const narrow =
      last !== undefined && bar.endMs - bar.startMs < hairMs && bar.startMs - last.endMs < hairMs;
    if (narrow && last.tone === bar.tone && bar.endMs - last.startMs < 4 * hairMs) {
      count += 1;
      result[result.length - 1] = {
        ...last,
        endMs: bar.endMs,
        title: `${count} tries from ${last.label} to ${bar.label}`,
      };
    } else {
      count = 1;
      result.push(bar);
    }
  }
  return result;
}

/** At most seven round points of time up to `spanMs`, 0 among them. */
export function timelineTicks(spanMs: number): number[] {
  const step =
    tickSteps.find((candidateMs) => spanMs / candidateMs <= 6) ??
    Math.ceil(spanMs / 6 / 86_400_000) * 86_400_000;
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step);
}

const tickSteps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000,
  600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
];

function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`;
}
