import { escapeControls, type Palette } from '@executioner/core';
import { formatDuration, paintTone } from '@executioner/report';
import type { Picture, PictureBar } from '../../picture/picture.ts';
import { cellWidth } from './grid.ts';
import { headline } from './words.ts';

const widthDefault = 100;

/** The timeline of a run in characters: a line for each job, with bars for its tries, in the order of starting. */
export function renderTextTimeline(
  picture: Picture,
  { colors, columns }: { readonly colors: Palette; readonly columns: number },
): string {
  const blocks = picture.run!.attempts.map((attempt, _, all) => {
    const bars = attempt.lanes.flat().sort((a, b) => a.startMs - b.startMs || a.job - b.job);
    const byJob = new Map<number, PictureBar[]>();
    for (const bar of bars) byJob.set(bar.job, [...(byJob.get(bar.job) ?? []), bar]);
    const labelWidth = Math.min(
      32,
      Math.max(3, ...[...byJob.keys()].map((job) => cellWidth(idOf(picture, job)))),
    );
    const total = Number.isFinite(columns) ? columns : widthDefault;
    const width = Math.max(20, total - labelWidth - 14);
    const lines = [...byJob].map(([job, own]) =>
      line(idOf(picture, job), own, { labelWidth, width, spanMs: Math.max(1, attempt.durationMs), colors }),
    );
    const title = all.length > 1 ? `${colors.bold(`attempt ${attempt.attempt}`)}\n` : '';
    return `${title}${lines.join('\n')}\n${colors.dim(`${' '.repeat(labelWidth + 1)}0${' '.repeat(Math.max(1, width - 1 - formatDuration(attempt.durationMs).length))}${formatDuration(attempt.durationMs)}`)}\n`;
  });
  return `${headline(picture, colors)}\n\n${blocks.join('\n')}`;
}

function idOf({ jobs }: Picture, job: number): string {
  return escapeControls(jobs[job]!.id);
}

function line(
  id: string,
  bars: readonly PictureBar[],
  {
    labelWidth,
    width,
    spanMs,
    colors,
  }: {
    readonly labelWidth: number;
    readonly width: number;
    readonly spanMs: number;
    readonly colors: Palette;
  },
): string {
  const cells = new Array<string>(width).fill(' ');
  const at = (timeMs: number) => Math.min(width - 1, Math.floor((timeMs / spanMs) * width));
  const first = bars[0]!;
  const last = bars.at(-1)!;
  for (let cell = at(first.startMs - first.waitedMs); cell < at(last.startMs); cell++)
    cells[cell] = colors.dim('·');
  for (const bar of bars) {
    for (let cell = at(bar.startMs); cell <= Math.max(at(bar.startMs), at(bar.endMs - 1)); cell++) {
      cells[cell] = paintTone(colors, bar.tone, '█');
    }
  }
  const name = cellWidth(id) > labelWidth ? `${[...id].slice(0, labelWidth - 1).join('')}…` : id;
  const padded = `${name}${' '.repeat(Math.max(0, labelWidth - cellWidth(name)))}`;
  const tries = bars.length > 1 ? ` ×${bars.length}` : '';
  return `${padded} ${cells.join('')} ${formatDuration(last.endMs - first.startMs)}${tries}`;
}
