import { countOf, formatDuration, timelineTicks, visibleText } from '@executioner/report';
import type { Picture, PictureAttempt, PictureBar } from '../picture/picture.ts';
import { barTitle } from '../picture/runPicture.ts';
import { header } from './header.ts';
import { round } from './jobBox.ts';
import { legend } from './legend.ts';
import type { Scene, Shape } from './scene.ts';
import { fitText } from './textWidth.ts';

const margin = 28;
const chartWidth = 1180;
const labelWidth = 74;
const laneHeight = 28;
const barHeight = 20;
const axisHeight = 26;
const waitingHeight = 9;
const cutNameMin = 7;

/** The part of each attempt that is drawn, in shares of its time. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Where the chart lies in the scene, across. */
export const timelineChart = { x: margin + labelWidth, width: chartWidth } as const;

/**
 * The timeline of a run, or of a part of its time: lanes of workers with bars for tries, the critical path outlined, and below
 * the chart, how many jobs were waiting for a worker. O(n log n) in the tries.
 */
export function timelineScene(picture: Picture, window: TimeWindow = { from: 0, to: 1 }): Scene {
  const run = picture.run!;
  const top = header(picture, { x: margin, y: margin, width: chartWidth });
  const shapes: Shape[] = [...top.shapes];
  let y = margin + top.height + 10;
  for (const attempt of run.attempts) {
    if (run.attempts.length > 1) {
      shapes.push({
        kind: 'text',
        x: margin,
        y: y + 4,
        text: `Attempt ${attempt.attempt}`,
        size: 13,
        isBold: true,
        fill: 'ink',
      });
      y += 18;
    }
    const chart = attemptShapes(picture, attempt, { top: y, window });
    shapes.push(...chart.shapes);
    y = chart.bottom + 26;
  }
  const foot = legend(
    { ...picture, dependencies: [] },
    { x: margin, y, width: labelWidth + chartWidth, isLayered: false },
  );
  shapes.push(...foot.shapes, ...waitLegend(margin, y + foot.height));
  return {
    width: 2 * margin + labelWidth + chartWidth,
    height: Math.ceil(y + foot.height + 22 + margin),
    title: visibleText(picture.title),
    description: `Timeline of ${run.name}: ${run.verdict}; ${run.attempts.map(({ lanes, durationMs }) => `${countOf(lanes.length, 'lane')} over ${formatDuration(durationMs)}`).join(', ')}`,
    shapes,
  };
}

function attemptShapes(
  picture: Picture,
  attempt: PictureAttempt,
  { top, window }: { readonly top: number; readonly window: TimeWindow },
) {
  const wholeMs = Math.max(1, attempt.durationMs);
  const fromMs = window.from * wholeMs;
  const spanMs = (window.to - window.from) * wholeMs;
  const { x: left } = timelineChart;
  // What lies beyond the window stands at its edge.
  const at = (timeMs: number) => left + Math.min(1, Math.max(0, (timeMs - fromMs) / spanMs)) * chartWidth;
  const lanesBottom = top + attempt.lanes.length * laneHeight;
  const waiting = waitingShapes(attempt, { at, top: lanesBottom + 8 });
  const bottom = lanesBottom + (waiting.length === 0 ? 0 : 44) + axisHeight;
  const shapes: Shape[] = [
    ...attempt.lanes.map(
      (_, lane): Shape => ({
        kind: 'rect',
        x: left,
        y: top + lane * laneHeight,
        width: chartWidth,
        height: laneHeight,
        fill: lane % 2 === 0 ? 'raised' : 'paper',
      }),
    ),
    ...ticksWithin(fromMs, spanMs).flatMap(({ tickMs, text }): Shape[] => [
      {
        kind: 'path',
        path: `M${round(at(tickMs))} ${top}L${round(at(tickMs))} ${bottom - axisHeight + 5}`,
        stroke: 'line',
        strokeWidth: 1,
      },
      {
        kind: 'text',
        x: at(tickMs),
        y: bottom - axisHeight + 19,
        text,
        size: 11,
        anchor: at(tickMs) === left ? 'start' : at(tickMs) > left + chartWidth * 0.96 ? 'end' : 'middle',
        fill: 'faint',
      },
    ]),
    ...attempt.lanes.map(
      (_, lane): Shape => ({
        kind: 'text',
        x: left - 10,
        y: top + lane * laneHeight + 18,
        text: `worker ${lane + 1}`,
        size: 11,
        anchor: 'end',
        fill: 'faint',
      }),
    ),
    ...waiting,
    ...attempt.lanes.flatMap((bars, lane) =>
      bars
        .filter(({ startMs, endMs }) => endMs >= fromMs && startMs <= fromMs + spanMs)
        .map((bar) => barShape(picture, bar, { at, y: top + lane * laneHeight + 4 })),
    ),
  ];
  return { shapes, bottom };
}

/** Ticks as far apart as those of a run as long as the span. */
function ticksWithin(fromMs: number, spanMs: number): { tickMs: number; text: string }[] {
  const [first = 0, second = spanMs] = timelineTicks(spanMs);
  const stepMs = second - first;
  const found: { tickMs: number; text: string }[] = [];
  for (let k = Math.ceil(fromMs / stepMs); k * stepMs <= fromMs + spanMs; k++) {
    found.push({ tickMs: k * stepMs, text: tickText(k * stepMs, stepMs) });
  }
  return found;
}

/** As durations are written, but exact where ticks stand closer than those tell apart. */
function tickText(tickMs: number, stepMs: number): string {
  if (stepMs >= (tickMs < 60_000 ? 100 : 1000) || tickMs < 1000) return formatDuration(tickMs);
  const minutes = Math.floor(tickMs / 60_000);
  const seconds = Number(((tickMs - minutes * 60_000) / 1000).toFixed(3));
  return minutes === 0 ? `${seconds}s` : `${minutes}m ${seconds}s`;
}

function barShape(
  picture: Picture,
  bar: PictureBar,
  { at, y }: { readonly at: (timeMs: number) => number; readonly y: number },
): Shape {
  const job = picture.jobs[bar.job]!;
  const x = at(bar.startMs);
  const width = Math.max(1.5, at(bar.endMs) - x);
  const name = bar.tries > 1 ? `${job.id} (${bar.try}/${bar.tries})` : job.id;
  const fitted = fitText(name, width - 10, { size: 11 }, { cut: 'middle' });
  // Of less than this nobody guesses the name.
  const text = fitted.includes('…') && fitted.length < cutNameMin ? '' : fitted;
  const shapes: Shape[] = [
    {
      kind: 'rect',
      x,
      y,
      width,
      height: barHeight,
      radius: Math.min(4, width / 2),
      fill: `${bar.tone}-soft`,
      stroke: job.isCritical ? 'critical' : bar.tone,
      strokeWidth: width < 4 ? 0.75 : job.isCritical ? 2 : 1,
    },
  ];
  if (text !== '')
    shapes.push({ kind: 'text', x: x + 6, y: y + 14, text, widthMax: width - 8, size: 11, fill: 'ink' });
  return { kind: 'group', title: barTitle(job.id, bar), job: bar.job, shapes };
}

/** How many jobs waited, over time: as steps. Nothing when none waited for long. */
function waitingShapes(
  { waits, durationMs }: PictureAttempt,
  { at, top }: { readonly at: (timeMs: number) => number; readonly top: number },
): Shape[] {
  const changes = waits.flatMap(({ startMs, endMs }) => [[startMs, 1] as const, [endMs, -1] as const]);
  changes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let count = 0;
  let most = 0;
  for (const [, change] of changes) {
    count += change;
    most = Math.max(most, count);
  }
  if (most === 0 || waits.every(({ startMs, endMs }) => endMs - startMs < durationMs / 200)) return [];
  const height = 28;
  const bottom = top + height;
  const y = (waiting: number) => round(bottom - (waiting / most) * (height - 4));
  let path = `M${round(at(0))} ${bottom}`;
  count = 0;
  for (const [timeMs, change] of changes) {
    path += `L${round(at(timeMs))} ${y(count)}`;
    count += change;
    path += `L${round(at(timeMs))} ${y(count)}`;
  }
  path += `L${round(at(durationMs))} ${y(count)}L${round(at(durationMs))} ${bottom}Z`;
  return [
    { kind: 'path', path, fill: 'warning-soft', stroke: 'warning', strokeWidth: 1 },
    { kind: 'text', x: at(0) - 10, y: top + 14, text: 'waiting', size: 11, anchor: 'end', fill: 'faint' },
    {
      kind: 'text',
      x: at(0) - 10,
      y: top + 26,
      text: `max ${most}`,
      size: waitingHeight,
      anchor: 'end',
      fill: 'faint',
    },
  ];
}

function waitLegend(x: number, y: number): Shape[] {
  return [
    { kind: 'rect', x, y, width: 20, height: 16, fill: 'warning-soft', stroke: 'warning', strokeWidth: 1 },
    {
      kind: 'text',
      x: x + 26,
      y: y + 12,
      text: 'jobs that could run, or run again, and waited for a worker or a retry',
      size: 11.5,
      fill: 'faint',
    },
  ];
}
