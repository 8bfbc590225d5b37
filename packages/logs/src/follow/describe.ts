import { isFailedOutcome, type Outcome, type Palette } from '@executioner/core';
import {
  countOf,
  formatCount,
  formatDuration,
  formatTime,
  type JobStatus,
  paintTone,
  statusLook,
  statusOrder,
  type Tone,
  visibleText,
} from '@executioner/report';
import type { FollowedChange } from './changes.ts';

/** A change as lines for the terminal: `03:04:05 ✓ load succeeded, 2.1s`, below it what a failed job has printed. */
export function changeLines(change: FollowedChange, colors: Palette, timeZone: string): string[] {
  const clock = colors.dim(formatTime(change.atMs, timeZone).slice(11, 19));
  const { glyph, word, tone } = lookOf(change);
  const details = change.job === undefined ? runDetails(change) : jobDetails(change);
  const rest = details.length === 0 ? '' : `, ${details.join(', ')}`;
  return [
    `${clock} ${paintTone(colors, tone, glyph)} ${colors.bold(subjectOf(change))} ${word}${rest}${endingOf(change)}`,
    ...(change.output ?? []).map((line) => `         ${colors.dim('|')} ${visibleText(line)}`),
  ];
}

function subjectOf({ job, run, application }: FollowedChange): string {
  if (job !== undefined) return visibleText(job);
  return `run${run === undefined ? '' : ` ${run}`}${application === '' ? '' : ` of ${visibleText(application)}`}`;
}

function jobDetails(change: FollowedChange): string[] {
  const { try: number, signal, exitCode, because, durationMs, delayMs } = change;
  return [
    ...(number === undefined ? [] : [`try ${number}`]),
    ...(signal === undefined ? [] : [signal]),
    ...(exitCode === undefined || exitCode === 0 ? [] : [`exit code ${exitCode}`]),
    ...(because === undefined ? [] : [`because of ${visibleText(because)}`]),
    ...(durationMs === undefined ? [] : [formatDuration(durationMs)]),
    ...(delayMs === undefined ? [] : [`tried again in ${formatDuration(delayMs)}`]),
  ];
}

function runDetails({ status, attempt, because, durationMs }: FollowedChange): string[] {
  return [
    ...(status === 'started' && attempt !== undefined ? [`attempt ${attempt}`] : []),
    ...(because === undefined
      ? []
      : [`${status === 'stopping' ? 'because of' : 'by'} ${visibleText(because)}`]),
    ...(durationMs === undefined ? [] : [formatDuration(durationMs)]),
  ];
}

const namesShown = 3;

/** Of a run that has ended all in one line: `: 2 jobs succeeded, 1 failed (load)`. */
function endingOf({ counts, failed = [] }: FollowedChange): string {
  if (counts === undefined) return '';
  const parts = [...statusOrder].reverse().flatMap((status) => {
    const count = counts[status] ?? 0;
    return count === 0 ? [] : [{ status, count, word: statusLook(status).word }];
  });
  const firstBad = parts.find(({ status }) => isFailedOutcome(status as Outcome))?.status;
  const names = failed.slice(0, namesShown).map(visibleText).join(', ');
  const more = failed.length > namesShown ? ` and ${failed.length - namesShown} more` : '';
  const texts = parts.map(({ status, count, word }, index) => {
    const what = index === 0 ? `${countOf(count, 'job')} ${word}` : `${formatCount(count)} ${word}`;
    return status === firstBad && names !== '' ? `${what} (${names}${more})` : what;
  });
  return texts.length === 0 ? '' : `: ${texts.join(', ')}`;
}

interface Look {
  readonly glyph: string;
  readonly word: string;
  readonly tone: Tone;
}

const runLooks: Readonly<Record<string, Look>> = {
  started: { glyph: '▶', word: 'began', tone: 'active' },
  stopping: { glyph: '■', word: 'is stopping', tone: 'warning' },
  paused: { glyph: '‖', word: 'paused', tone: 'warning' },
  resumed: { glyph: '▶', word: 'goes on', tone: 'active' },
  retrying: { glyph: '↻', word: 'failed', tone: 'warning' },
};

function lookOf({ status, job }: FollowedChange): Look {
  const known = runLooks[status];
  if (known !== undefined) return known;
  const look = statusLook(status as JobStatus);
  return job !== undefined && status === 'running' ? { ...look, word: 'started' } : look;
}
