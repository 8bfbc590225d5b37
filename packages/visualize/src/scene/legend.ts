import { type ColorName, countOf, formatCount, formatDuration } from '@executioner/report';
import type { Picture } from '../picture/picture.ts';
import { idStyle } from './jobBox.ts';
import type { Shape } from './scene.ts';
import { textWidth } from './textWidth.ts';

interface Entry {
  readonly text: string;
  readonly mark: (x: number, y: number) => Shape[];
}

const markWidth = 26;
const entryGap = 22;
const lineHeight = 22;
const size = 11.5;

/** A legend of what the picture shows, in as many lines as `width` asks for; `height` is what they take. */
export function legend(
  picture: Picture,
  {
    x,
    y,
    width,
    isLayered,
    hasLooseFrames = false,
  }: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly isLayered: boolean;
    readonly hasLooseFrames?: boolean;
  },
): { readonly shapes: Shape[]; readonly height: number } {
  const shapes: Shape[] = [];
  let at = x;
  let line = 0;
  for (const entry of [...entriesOf(picture, isLayered), ...frameEntry(hasLooseFrames)]) {
    const textLength = textWidth(entry.text, { size });
    const entryWidth = markWidth + textLength;
    if (at > x && at + entryWidth > x + width) {
      at = x;
      line++;
    }
    const top = y + line * lineHeight;
    shapes.push(...entry.mark(at, top + 8));
    const text = {
      kind: 'text',
      x: at + markWidth,
      y: top + 12,
      text: entry.text,
      size,
      fill: 'faint',
    } as const;
    shapes.push({ ...text, widthMax: textLength + entryGap - 10 });
    at += entryWidth + entryGap;
  }
  return { shapes, height: shapes.length === 0 ? 0 : (line + 1) * lineHeight };
}

function entriesOf(picture: Picture, isLayered: boolean): Entry[] {
  return [
    ...statusEntries(picture),
    ...criticalEntry(picture),
    ...conditionEntries(picture),
    ...layerEntry(isLayered),
  ];
}

function statusEntries({ jobs }: Picture): Entry[] {
  const counts = new Map<string, { count: number; glyph: string; tone: ColorName; soft: ColorName }>();
  for (const { state } of jobs) {
    if (state === undefined) continue;
    const entry = counts.get(state.word);
    if (entry !== undefined) entry.count++;
    else
      counts.set(state.word, { count: 1, glyph: state.glyph, tone: state.tone, soft: `${state.tone}-soft` });
  }
  return [...counts].map(([word, { count, glyph, tone, soft }]) => ({
    text: `${word} (${formatCount(count)})`,
    mark: (x, y) => [
      {
        kind: 'rect',
        x,
        y: y - 8,
        width: 20,
        height: 16,
        radius: 4,
        fill: soft,
        stroke: tone,
        strokeWidth: 1,
      },
      { kind: 'text', x: x + 10, y: y + 4, text: glyph, ...idStyle, size: 11, anchor: 'middle', fill: tone },
    ],
  }));
}

function criticalEntry({ critical }: Picture): Entry[] {
  if (critical.path.length === 0) return [];
  return [{ text: criticalText(critical), mark: lineMark('critical', 2.5, undefined) }];
}

/** `critical path: 5 jobs, 1h 20m by estimates`. */
export function criticalText({ by, path, lengthMs }: Picture['critical']): string {
  const jobs = countOf(path.length, 'job');
  if (by === 'count' || lengthMs === undefined) return `longest chain: ${jobs}`;
  const source = by === 'run' ? 'in this run' : 'estimated';
  return `critical path: ${jobs}, ${formatDuration(lengthMs)} ${source}`;
}

function conditionEntries({ dependencies }: Picture): Entry[] {
  const used = new Set(dependencies.map(({ when }) => when));
  const entries: Entry[] = [];
  if (used.has('failure')) entries.push({ text: 'after a failure', mark: lineMark('bad', 1.25, [6, 4]) });
  if (used.has('always')) entries.push({ text: 'after any end', mark: lineMark('muted', 1.25, [2, 3]) });
  return entries;
}

function layerEntry(isLayered: boolean): Entry[] {
  if (!isLayered) return [];
  return [
    {
      text: 'jobs in one band do not wait for each other',
      mark: (x, y) => [
        { kind: 'rect', x, y: y - 8, width: 20, height: 16, fill: 'raised', stroke: 'line', strokeWidth: 1 },
      ],
    },
  ];
}

function frameEntry(hasLooseFrames: boolean): Entry[] {
  if (!hasLooseFrames) return [];
  return [
    {
      text: 'jobs of one kind: a line to or from them stands for those of some or all of them',
      mark: (x, y) => [
        { kind: 'rect', x, y: y - 8, width: 20, height: 16, radius: 4, stroke: 'muted', strokeWidth: 1 },
      ],
    },
  ];
}

function lineMark(
  stroke: ColorName,
  strokeWidth: number,
  dash: readonly number[] | undefined,
): Entry['mark'] {
  return (x, y) => [
    {
      kind: 'path',
      path: `M${x} ${y}L${x + 20} ${y}`,
      stroke,
      strokeWidth,
      ...(dash === undefined ? {} : { dash }),
    },
  ];
}
