import { describe, expect, it } from '@jest/globals';
import { bisectJob } from '../../src/bisect/index.ts';
import { describeChange } from '../../src/changes/index.ts';
import { pastRun } from '../pastRuns.ts';

function run(
  number: number,
  { mode, fails = false, ms = 1000 + (number % 3) }: { mode: string; fails?: boolean; ms?: number },
) {
  return pastRun({
    run: number,
    jobs: [{ id: 'load', status: fails ? 'failed' : 'succeeded', durationMs: ms }],
    stored: [{ id: 'load', variables: { MODE: mode, NOISE: String(number % 2) } }],
  });
}

describe('bisect', () => {
  it('names the change after which a job began to fail, and how it did with either value', () => {
    const runs = Array.from({ length: 12 }, (_, i) =>
      run(i + 1, { mode: i < 7 ? 'fast' : 'safe', fails: i >= 7 }),
    );
    const { failing, slower, failures } = bisectJob(runs, 'load');
    expect(failures).toBe(5);
    expect(slower).toBeUndefined();
    expect([failing?.lastBefore.run, failing?.firstAfter.run]).toEqual([7, 8]);
    expect(failing?.pValue).toBeLessThan(0.05);
    expect(failing?.suspects.map(({ change, evidence }) => [describeChange(change), evidence])).toEqual([
      ['variable MODE of load: changed', { beforeRuns: 7, before: 0, afterRuns: 5, after: 5 }],
      ['variable NOISE of load: changed', { beforeRuns: 6, before: 2, afterRuns: 6, after: 3 }],
    ]);
  });

  it('names the change after which it took longer', () => {
    const runs = Array.from({ length: 20 }, (_, i) =>
      run(i + 1, { mode: i < 10 ? 'fast' : 'safe', ms: (i < 10 ? 1000 : 1800) + ((i * 37) % 50) }),
    );
    const { failing, slower } = bisectJob(runs, 'load');
    expect(failing).toBeUndefined();
    expect([slower?.lastBefore.run, slower?.firstAfter.run]).toEqual([10, 11]);
    expect(slower?.suspects[0]?.change.name).toBe('variable MODE');
    expect(slower?.before.medianMs).toBeLessThan(1100);
    expect(slower?.after.medianMs).toBeGreaterThan(1700);
  });

  it('begins with the last row of failures where there are too few runs to tell', () => {
    const runs = [run(1, { mode: 'fast' }), run(2, { mode: 'safe', fails: true })];
    const { failing } = bisectJob(runs, 'load');
    expect(failing?.firstAfter.run).toBe(2);
    expect(failing?.pValue).toBeUndefined();
  });

  it('finds no beginning where a job fails now and then, and the last run was good', () => {
    const fails = [0, 1, 0, 0, 1, 0, 0, 0, 1, 0];
    const runs = fails.map((bad, i) => run(i + 1, { mode: 'fast', fails: bad === 1 }));
    expect(bisectJob(runs, 'load')).toEqual({ job: 'load', runs: 10, failures: 3 });
  });

  it('leaves out runs in which the job had no turn, and takes them in any order', () => {
    const skipped = pastRun({ run: 9, jobs: [{ id: 'load', status: 'skipped', tries: [] }] });
    const runs = [
      skipped,
      run(3, { mode: 'safe', fails: true }),
      run(1, { mode: 'fast' }),
      run(2, { mode: 'fast' }),
    ];
    const { runs: count, failing } = bisectJob(runs, 'load');
    expect(count).toBe(3);
    expect(failing?.lastBefore.run).toBe(2);
  });

  it('names the attempt of a run that was resumed, after others had run', () => {
    const good = [1, 2, 3, 4].map((number) => run(number, { mode: 'fast' }));
    const { record, ...rest } = run(2, { mode: 'safe', fails: true });
    const attemptStartedAtMs = good[3]!.record.startedAtMs + 30_000;
    const resumed = { ...rest, record: { ...record, attempts: 2, attemptStartedAtMs } };
    const { failing } = bisectJob([...good, resumed], 'load');
    expect(failing?.lastBefore).toEqual({ run: 4, startedAtMs: good[3]!.record.startedAtMs });
    expect(failing?.firstAfter).toEqual({ run: 2, attempt: 2, startedAtMs: attemptStartedAtMs });
  });
});
