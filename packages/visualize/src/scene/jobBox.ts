import { type ColorName, formatDuration, visibleText } from '@executioner/report';
import type { Picture, PictureJob } from '../picture/picture.ts';
import type { GroupShape, Shape } from './scene.ts';
import { fitText, textWidth } from './textWidth.ts';

export const idStyle = { size: 12, isBold: true } as const;
const noteStyle = { size: 11 } as const;
const durationStyle = { size: 11 } as const;

const padding = 10;
const accentWidth = 4;
const widthMin = 110;
const widthMax = 250;

/** The size all job boxes of a picture have. */
export interface BoxSize {
  readonly width: number;
  readonly height: number;
  /** Whether there is a second line, for descriptions and notes. */
  readonly hasNotes: boolean;
}

/** Boxes as wide as the widest text in them needs, within bounds. Linear in the jobs. */
export function boxSize({ jobs }: Picture): BoxSize {
  const hasNotes = jobs.some((job) => noteOf(job) !== '');
  let wanted = widthMin;
  for (const job of jobs) {
    if (wanted >= widthMax) break;
    const first = textWidth(job.id.slice(0, 200), idStyle) + glyphWidth(job) + durationWidth(job);
    const second = Math.min(textWidth(noteOf(job).slice(0, 200), noteStyle), 190);
    wanted = Math.max(wanted, Math.max(first, second) + 2 * padding + accentWidth + 2);
  }
  return { width: Math.ceil(Math.min(wanted, widthMax)), height: hasNotes ? 44 : 30, hasNotes };
}

/** How long the id of a job may be in its box. */
export function idRoom(job: PictureJob, box: BoxSize): number {
  return box.width - accentWidth - 2 * padding - glyphWidth(job) - durationWidth(job);
}

/** The box of a job with its id as `label` says it, description and duration, in the colours of its status, around a middle. */
export function jobBox(
  job: PictureJob,
  box: BoxSize,
  { label, ...middle }: { readonly x: number; readonly y: number; readonly label: string },
): GroupShape {
  const x = middle.x - box.width / 2;
  const y = middle.y - box.height / 2;
  const { fill, stroke, text } = colorsOf(job);
  const note = noteOf(job);
  const baseline = note === '' ? middle.y + 4.5 : y + 18;
  const left = x + accentWidth + padding;
  const right = x + box.width - padding;
  const duration = durationText(job);
  const shapes: Shape[] = [
    {
      kind: 'rect',
      x,
      y,
      width: box.width,
      height: box.height,
      radius: 6,
      fill,
      stroke: job.isCritical ? 'critical' : stroke,
      strokeWidth: job.isCritical ? 2 : 1,
      ...(job.isEnabled ? {} : { dash: [4, 3] }),
    },
    {
      kind: 'path',
      path: accent(x, y, box.height, 6),
      fill: job.isCritical && job.state === undefined ? 'critical' : text,
    },
    ...(job.state === undefined
      ? []
      : [
          {
            kind: 'text',
            x: left,
            y: baseline,
            text: job.state.glyph,
            size: 12,
            isBold: true,
            fill: text,
          } as const,
        ]),
    {
      kind: 'text',
      x: left + glyphWidth(job),
      y: baseline,
      text: label,
      widthMax: idRoom(job, box),
      ...idStyle,
      fill: 'ink',
    },
  ];
  if (duration !== '') {
    shapes.push({
      kind: 'text',
      x: right,
      y: baseline,
      text: duration,
      ...durationStyle,
      anchor: 'end',
      fill: 'faint',
    });
  }
  if (note !== '') {
    const fitted = fitText(note, right - left, noteStyle, { cut: 'end' });
    const isBad = job.state?.tone === 'bad';
    shapes.push({
      kind: 'text',
      x: left,
      y: y + 35,
      text: fitted,
      widthMax: right - left,
      ...noteStyle,
      fill: isBad ? 'bad' : 'faint',
    });
  }
  return { kind: 'group', title: jobTitle(job), shapes };
}

/** All that a job says of itself on one line. */
export function jobTitle(job: PictureJob): string {
  const { state } = job;
  const status =
    state === undefined ? [] : [[state.word, state.note].filter((text) => text !== '').join(', ')];
  const tries = state !== undefined && state.tries > 1 ? [`${state.tries} tries`] : [];
  const exit = state === undefined || state.exit === '' ? [] : [`exit ${state.exit}`];
  const duration = durationText(job) === '' ? [] : [durationText(job)];
  const critical = job.isCritical ? ['on the critical path'] : [];
  const parts = [
    ...status,
    ...duration,
    ...tries,
    ...exit,
    ...critical,
    visibleText(job.description.slice(0, 300)),
  ];
  const rest = parts.filter((text) => text !== '').join(' · ');
  return rest === '' ? visibleText(job.id) : `${visibleText(job.id)}: ${rest}`;
}

/** `3.4s` as measured, `~5m 00s` as estimated, empty if nothing is known. */
export function durationText({ state, estimateMs }: PictureJob): string {
  if (state?.durationMs !== undefined) return formatDuration(state.durationMs);
  if (state !== undefined || estimateMs === undefined) return '';
  return `~${formatDuration(estimateMs)}`;
}

/** What went wrong, else the description. */
function noteOf({ state, description, isEnabled }: PictureJob): string {
  if (state !== undefined && state.tone !== 'good' && state.word !== 'waiting') {
    const why = state.note === '' ? '' : `: ${state.note}`;
    const exit =
      state.exit === '' || state.exit === '0' || state.tone !== 'bad' ? '' : `, exit ${state.exit}`;
    const tries = state.tries > 1 ? `, ${state.tries} tries` : '';
    return `${state.word}${exit}${tries}${why}`;
  }
  if (state !== undefined && state.tries > 1) return `${state.word} after ${state.tries} tries`;
  if (!isEnabled) return 'disabled';
  return description;
}

function colorsOf({ state, isEnabled }: PictureJob): { fill: ColorName; stroke: ColorName; text: ColorName } {
  if (state === undefined) return { fill: isEnabled ? 'raised' : 'paper', stroke: 'line', text: 'muted' };
  return { fill: `${state.tone}-soft`, stroke: state.tone, text: state.tone };
}

function glyphWidth({ state }: PictureJob): number {
  return state === undefined ? 0 : 16;
}

function durationWidth(job: PictureJob): number {
  const duration = durationText(job);
  return duration === '' ? 0 : textWidth(duration, durationStyle) + 10;
}

/** The coloured edge on the left of a box, round where the box is. */
function accent(x: number, y: number, height: number, radius: number): string {
  const bottom = y + height;
  return (
    `M${round(x + accentWidth + 1)} ${round(y)}L${round(x + radius)} ${round(y)}` +
    `C${round(x + radius * 0.45)} ${round(y)} ${round(x)} ${round(y + radius * 0.45)} ${round(x)} ${round(y + radius)}` +
    `L${round(x)} ${round(bottom - radius)}` +
    `C${round(x)} ${round(bottom - radius * 0.45)} ${round(x + radius * 0.45)} ${round(bottom)} ${round(x + radius)} ${round(bottom)}` +
    `L${round(x + accentWidth + 1)} ${round(bottom)}Z`
  );
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
