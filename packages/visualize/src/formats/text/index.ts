import type { Palette } from '@executioner/core';
import type { Picture } from '../../picture/picture.ts';
import { criticalText } from '../../scene/legend.ts';
import { boxDrawing } from './boxDrawing.ts';
import { levelList } from './levelList.ts';
import { headline } from './words.ts';

export interface TextOptions {
  readonly colors: Palette;
  /** Columns there are; infinite in a file or pipe. */
  readonly columns: number;
}

/** Wider than this a drawing is not easily read even where there is room. */
const columnsMax = 220;
const drawnJobsMax = 150;

/** The graph in characters, as a drawing with lines if it fits in the columns, else as a list, level by level. */
export function renderText(picture: Picture, { colors, columns }: TextOptions): string {
  const drawing =
    picture.jobs.length > drawnJobsMax
      ? undefined
      : boxDrawing(picture, { colors, columns: Math.min(columns, columnsMax) });
  const { critical } = picture;
  const legend = critical.path.length === 0 ? '' : `\n${colors.dim(`◆ ${criticalText(critical)}`)}\n`;
  return `${headline(picture, colors)}\n\n${drawing ?? levelList(picture, { colors, columns })}${legend}`;
}
