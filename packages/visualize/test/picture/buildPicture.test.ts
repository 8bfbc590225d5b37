import type { JournalEvent } from '@executioner/engine';
import { buildRunReport } from '@executioner/report';
import { describe, expect, test } from '@jest/globals';
import { pictureOf } from '../pictures.ts';

/** A run that has begun, of so many jobs, of which `first` alone has had its turn. */
async function begun(jobs: number) {
  const fact = { v: 1, run: 1, attempt: 1, t: '2026-01-02T03:04:05.000Z' };
  const job = { job: 'first', round: 1, try: 1 };
  const events = [
    {
      type: 'run.started',
      plan_hash: '',
      seed: 1,
      application: 'shop',
      jobs,
      workers: 1,
      options: {},
      engine: { engine_pid: 1, host: 'here', version: '1' },
    },
    { type: 'job.starting', ...job, token: '', command_hash: '', limit_ms: 60_000 },
    { type: 'job.started', ...job, pid: 1 },
  ].map((event, k) => ({ ...fact, seq: k + 1, m: k, ...event }));
  return (await buildRunReport(events as unknown as JournalEvent[]))!;
}

const jobs = [{ id: 'first' }, { id: 'second', after: ['first'] }, { id: 'third', after: ['second'] }];

describe('jobs that a run has no event of', () => {
  test('wait for their turn in a run that has as many more', async () => {
    const picture = pictureOf(jobs, { report: await begun(3) });
    expect(picture.jobs.map(({ state }) => state?.word)).toEqual(['running', 'waiting', 'waiting']);
  });

  test('are not in a run of fewer jobs', async () => {
    const picture = pictureOf(jobs, { report: await begun(1) });
    expect(picture.jobs.map(({ state }) => state?.word)).toEqual([
      'running',
      'not in this run',
      'not in this run',
    ]);
  });
});
