import type { Palette } from '@executioner/core';
import {
  formatDuration,
  formatTime,
  type JobStatus,
  paintTone,
  statusLook,
  type Tone,
  visibleText,
} from '@executioner/report';
import type { FollowedChange } from './changes.ts';

/** A change as a line for the terminal: `03:04:05 ✓ load succeeded, 2.1s`. */
export function changeLine(change: FollowedChange, colors: Palette, timeZone: string): string {
  const clock = colors.dim(formatTime(change.atMs, timeZone).slice(11, 19));
  const { glyph, word, tone } = lookOf(change);
  const subject =
    change.job === undefined
      ? `run${change.run === undefined ? '' : ` ${change.run}`}${change.application === '' ? '' : ` of ${visibleText(change.application)}`}`
      : visibleText(change.job);
  const details = [
    ...(change.try === undefined ? [] : [`try ${change.try}`]),
    ...(change.signal !== undefined ? [change.signal] : []),
    ...(change.exitCode === undefined || change.exitCode === 0 ? [] : [`exit code ${change.exitCode}`]),
    ...(change.because === undefined ? [] : [`because of ${visibleText(change.because)}`]),
    ...(change.durationMs === undefined ? [] : [formatDuration(change.durationMs)]),
  ];
  const rest = details.length === 0 ? '' : `, ${details.join(', ')}`;
  return `${clock} ${paintTone(colors, tone, glyph)} ${colors.bold(subject)} ${word}${rest}`;
}

function lookOf({ status, job }: FollowedChange): {
  readonly glyph: string;
  readonly word: string;
  readonly tone: Tone;
} {
  if (status === 'started') return { glyph: '▶', word: 'began', tone: 'active' };
  if (status === 'retrying') return { glyph: '↻', word: 'failed and will be tried again', tone: 'warning' };
  const look = statusLook(status as JobStatus);
  return job !== undefined && status === 'running' ? { ...look, word: 'started' } : look;
}
