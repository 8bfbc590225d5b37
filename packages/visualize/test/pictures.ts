import type { JournalEvent } from '@executioner/engine';
import { buildRunReport, type RunReport } from '@executioner/report';
import {
  buildPicture,
  type Picture,
  type PictureOptions,
  type PictureSourceJob,
} from '@executioner/visualize';

type Shorthand = Partial<PictureSourceJob> & { readonly id: string; readonly after?: readonly string[] };

/** A source of pictures from a few words: `{ id: 'b', after: ['a'] }`. */
export function sourceOf(jobs: readonly Shorthand[], applicationName = 'shop') {
  return {
    applicationName,
    description: '',
    file: '/w/shop.yaml',
    jobs: jobs.map(({ after = [], ...job }) => ({
      command: `echo ${job.id}`,
      description: '',
      tags: [],
      enabled: true,
      dependencies: after.map((id) => ({ job: id, when: 'success' as const })),
      ...job,
    })),
  };
}

export function pictureOf(jobs: readonly Shorthand[], options: Partial<PictureOptions> = {}): Picture {
  return buildPicture(sourceOf(jobs), { groupBy: 'none', timeZone: 'UTC', ...options });
}

/** A small workflow that shows most of what pictures can: two ways, a join, conditions, a disabled job, an isolated one. */
export const shop: readonly Shorthand[] = [
  { id: 'prepare', description: 'An empty folder', estimatedDurationMs: 2000 },
  {
    id: 'orders',
    after: ['prepare'],
    tags: ['extract'],
    estimatedDurationMs: 90_000,
    description: 'Orders of the day',
  },
  { id: 'customers', after: ['prepare'], tags: ['extract'], estimatedDurationMs: 20_000 },
  { id: 'load', after: ['orders', 'customers'], tags: ['load'], estimatedDurationMs: 30_000 },
  { id: 'alarm', dependencies: [{ job: 'load', when: 'failure' }] },
  { id: 'tidy', dependencies: [{ job: 'load', when: 'always' }] },
  { id: 'report', after: ['load', 'prepare'], estimatedDurationMs: 5000 },
  { id: 'stray', enabled: false },
];

/** A run of it on two workers: orders is tried twice, load fails, report is skipped. */
export async function shopRun(): Promise<RunReport> {
  const events: Record<string, unknown>[] = [
    {
      type: 'run.started',
      m: 0,
      plan_hash: '',
      seed: 1,
      application: 'shop',
      jobs: 8,
      workers: 2,
      options: {},
      engine: { engine_pid: 1, host: 'here', version: '1' },
    },
    ...attempt('prepare', 1, 10, 2000, 0),
    ...finish('prepare', 1, 10, 2000, 'succeeded'),
    ...attempt('orders', 1, 2010, 30_000, 1),
    { type: 'job.retrying', m: 30_000, job: 'orders', round: 1, try: 1, status: 'failed', delay_ms: 5000 },
    ...attempt('orders', 2, 35_000, 90_000, 0),
    ...finish('orders', 2, 2010, 90_000, 'succeeded'),
    ...attempt('customers', 1, 4000, 24_000, 0),
    ...finish('customers', 1, 4000, 24_000, 'succeeded'),
    ...attempt('load', 1, 90_000, 110_000, 3),
    ...finish('load', 1, 90_000, 110_000, 'failed'),
    {
      type: 'job.skipped',
      m: 110_000,
      job: 'report',
      round: 1,
      try: 0,
      reason: 'dependency',
      because: 'load',
    },
    ...attempt('alarm', 1, 110_000, 111_000, 0),
    ...finish('alarm', 1, 110_000, 111_000, 'succeeded'),
    ...attempt('tidy', 1, 110_500, 112_000, 0),
    ...finish('tidy', 1, 110_500, 112_000, 'succeeded'),
    { type: 'job.skipped', m: 112_000, job: 'stray', round: 1, try: 0, reason: 'disabled' },
    { type: 'run.finished', m: 112_000, outcome: 'failed', exit_code: 1, counts: {} },
  ];
  const startMs = Date.UTC(2026, 0, 2, 3, 4, 5);
  const sorted = [...events].sort((a, b) => (a.m as number) - (b.m as number));
  const complete = sorted.map((event, k) => ({
    v: 1,
    seq: k + 1,
    t: new Date(startMs + (event.m as number)).toISOString(),
    run: 12,
    attempt: 1,
    ...event,
  }));
  return (await buildRunReport(complete as unknown as JournalEvent[]))!;
}

function attempt(
  job: string,
  tried: number,
  from: number,
  to: number,
  exit_code: number,
): Record<string, unknown>[] {
  const fact = { job, round: 1, try: tried };
  return [
    { type: 'job.starting', m: from, ...fact, token: '', command_hash: '', limit_ms: 60_000 },
    { type: 'job.started', m: from, ...fact, pid: 1 },
    { type: 'job.exited', m: to, ...fact, end: { exit_code } },
  ];
}

function finish(
  job: string,
  tries: number,
  from: number,
  to: number,
  status: string,
): Record<string, unknown>[] {
  return [{ type: 'job.finished', m: to, job, round: 1, try: tries, status, duration_ms: to - from, tries }];
}
