import { describe, expect, it } from '@jest/globals';
import { timelineOf } from '../../src/postmortem/timeline.ts';
import { job, run } from '../runs.ts';

const never = { id: 'never', status: 'skipped', reason: 'stopped', tries: [], failedChecks: [] } as const;
const at = (afterMs: number): number => run(1, []).startedAtMs + afterMs;
const told = (record: Parameters<typeof timelineOf>[0]): string[] =>
  timelineOf(record).map(({ atMs, text }) => `+${atMs - record.startedAtMs} ${text}`);

describe('the timeline', () => {
  it('tells what stopped a run when it did, and a signal that ended the rest', () => {
    const failed = job('load', [3], 2000);
    const stopped = { why: 'failure', by: 'load', job: 'load', atMs: at(2000) } as const;
    const laterStops = [{ why: 'cancel', by: 'SIGINT', atMs: at(5000) }] as const;
    expect(told(run(1, [failed, never], { outcome: 'cancelled', stopped, laterStops }))).toEqual([
      '+0 the run started',
      '+0 load started',
      '+2000 load: failed with exit code 3',
      '+2000 the failure of load stopped the run: 1 job not started',
      '+5000 SIGINT ended what was running',
      '+10000 the run cancelled',
    ]);
  });

  it('puts a stop of which no time is told where the job failed, else at the start', () => {
    const failed = job('load', [3], 2000);
    expect(told(run(1, [failed, never], { stopped: { why: 'failure', by: 'load', job: 'load' } }))).toContain(
      '+2000 the failure of load stopped the run: 1 job not started',
    );
    expect(told(run(1, [job('a', [0]), never], { stopped: { why: 'cancel', by: 'SIGINT' } }))).toContain(
      '+0 SIGINT stopped the run: 1 job not started',
    );
  });
});
