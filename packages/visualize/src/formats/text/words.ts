import { escapeControls, type Palette } from '@executioner/core';
import { countOf, paintTone } from '@executioner/report';
import type { Picture, PictureJob } from '../../picture/picture.ts';
import { durationText } from '../../scene/jobBox.ts';

/** The name of the workflow, how many jobs it has, and how the run ended. */
export function headline({ title, jobs, dependencies, run }: Picture, colors: Palette): string {
  const counts = `${countOf(jobs.length, 'job')}, ${countOf(dependencies.length, 'dependency', 'dependencies')}`;
  const verdict = run === undefined ? '' : `  ${run.name}: ${paintTone(colors, run.tone, run.verdict)}`;
  return `${colors.bold(escapeControls(title))}  ${colors.dim(counts)}${verdict}`;
}

export interface Label {
  /** Without colours, for measuring. */
  readonly plain: string;
  readonly painted: string;
}

/** A job in a few words: status, id, duration, and a mark on the critical path. */
export function jobLabel(job: PictureJob, colors: Palette): Label {
  const id = shortened(escapeControls(job.id));
  const duration = durationText(job);
  const glyph = job.state === undefined ? '' : `${job.state.glyph} `;
  const mark = job.isCritical ? ' ◆' : '';
  const tail = duration === '' ? '' : ` ${duration}`;
  const paint = (text: string) => (job.state === undefined ? text : paintTone(colors, job.state.tone, text));
  return {
    plain: `${glyph}${id}${tail}${mark}`,
    painted: `${paint(`${glyph}${id}`)}${colors.dim(tail)}${mark}`,
  };
}

const idLengthMax = 40;

function shortened(id: string): string {
  const characters = [...id];
  if (characters.length <= idLengthMax) return id;
  return `${characters.slice(0, idLengthMax - 13).join('')}…${characters.slice(-12).join('')}`;
}
