import { isFailedOutcome, type Outcome, outcomeNames, outcomes } from '@executioner/core';
import type { OutcomeReason } from '@executioner/engine';

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

const looks: Readonly<Record<JobStatus, Omit<StatusLook, 'word'>>> = {
  succeeded: { glyph: '✓', tone: 'good' },
  failed: { glyph: '✗', tone: 'bad' },
  errored: { glyph: '✗', tone: 'bad' },
  timed_out: { glyph: '✗', tone: 'bad' },
  precheck_failed: { glyph: '✗', tone: 'bad' },
  postcheck_failed: { glyph: '✗', tone: 'bad' },
  unknown: { glyph: '?', tone: 'bad' },
  cancelled: { glyph: '■', tone: 'warning' },
  skipped: { glyph: '○', tone: 'muted' },
  running: { glyph: '▶', tone: 'active' },
  waiting: { glyph: '·', tone: 'muted' },
};

/** All statuses, the gravest first: the order in which reports count them. */
export const statusOrder: readonly JobStatus[] = [
  ...outcomeNames.filter(isFailedOutcome),
  'cancelled',
  'skipped',
  'running',
  'waiting',
  'succeeded',
];

/** How a status looks; an allowed failure is a warning, and a job marked by a person says so. */
export function statusLook(status: JobStatus, reason?: OutcomeReason): StatusLook {
  const word = status === 'running' || status === 'waiting' ? status : outcomes[status].words;
  const look = { word, ...looks[status] };
  if (reason === 'allowed') return { ...look, word: `${look.word} (allowed)`, tone: 'warning' };
  if (reason === 'marked') return { ...look, word: `${look.word} (marked)` };
  return look;
}
