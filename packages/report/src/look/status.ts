import type { Outcome, OutcomeReason } from '@executioner/engine';

/** Where a job stands in a report: its outcome, or that it has none yet. */
export type JobStatus = Outcome | 'waiting' | 'running';

/** What a status says at a glance: colours and styles follow it. */
export type Tone = 'good' | 'bad' | 'warning' | 'muted' | 'active';

export interface StatusLook {
  readonly word: string;
  /** One column wide, so that a status is seen without colours. */
  readonly glyph: string;
  readonly tone: Tone;
}

const looks: Readonly<Record<JobStatus, StatusLook>> = {
  succeeded: { word: 'succeeded', glyph: '✓', tone: 'good' },
  failed: { word: 'failed', glyph: '✗', tone: 'bad' },
  errored: { word: 'errored', glyph: '✗', tone: 'bad' },
  timed_out: { word: 'timed out', glyph: '✗', tone: 'bad' },
  precheck_failed: { word: 'pre-check failed', glyph: '✗', tone: 'bad' },
  postcheck_failed: { word: 'post-check failed', glyph: '✗', tone: 'bad' },
  unknown: { word: 'unknown', glyph: '?', tone: 'bad' },
  cancelled: { word: 'cancelled', glyph: '■', tone: 'warning' },
  skipped: { word: 'skipped', glyph: '○', tone: 'muted' },
  running: { word: 'running', glyph: '▶', tone: 'active' },
  waiting: { word: 'waiting', glyph: '·', tone: 'muted' },
};

/** All statuses, the gravest first: the order in which reports count them. */
export const statusOrder: readonly JobStatus[] = [
  'failed',
  'errored',
  'timed_out',
  'precheck_failed',
  'postcheck_failed',
  'unknown',
  'cancelled',
  'skipped',
  'running',
  'waiting',
  'succeeded',
];

/** How a status looks; an allowed failure is a warning, and a job marked by a person says so. */
export function statusLook(status: JobStatus, reason?: OutcomeReason): StatusLook {
  const look = looks[status];
  if (reason === 'allowed') return { ...look, word: `${look.word} (allowed)`, tone: 'warning' };
  if (reason === 'marked') return { ...look, word: `${look.word} (marked)` };
  return look;
}
