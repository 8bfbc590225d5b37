import { describe, expect, test } from '@jest/globals';
import { tell } from './story.ts';
import { check, retries, workflow } from './workflow.ts';

const minute = { kind: 'fixed', limitMs: 60_000 } as const;

describe('time limits', () => {
  test('a job that outlives its limit is told to end, then killed after its grace', () => {
    const run = tell(workflow([{ id: 'a', timeLimit: minute, gracePeriodMs: 5000 }]));
    run.wait(1000);
    run.started('a');
    expect(run.wait(59_999)).toEqual([]);
    expect(run.wait(1)).toEqual(['61s job.signalled a SIGTERM time_limit']);
    expect(run.wait(5000)).toEqual(['66s job.signalled a SIGKILL grace']);
    expect(run.dies('a', 'SIGKILL').slice(0, 2)).toEqual([
      '66s job.exited a',
      '66s job.finished a timed_out',
    ]);
  });

  test('a job that ends within its grace has timed out all the same, whatever its exit code', () => {
    const run = tell(workflow([{ id: 'a', timeLimit: minute }]));
    run.started('a');
    run.wait(60_000);
    expect(run.exits('a', 0)[1]).toBe('60s job.finished a timed_out');
  });

  test('an end in the very instant of the limit is an end', () => {
    const run = tell(workflow([{ id: 'a', timeLimit: minute }, { id: 'b' }]), { parallel: true, workers: 2 });
    run.started('a');
    run.wait(59_999);
    run.exits('b');
    expect(run.exits('a')[1]).toBe('59.999s job.finished a succeeded');
  });

  test('a timeout is retried where TIMEOUT is in retry_on_status, and each try has its own limit', () => {
    const run = tell(workflow([{ id: 'a', timeLimit: minute, retry: retries(1) }]));
    run.started('a');
    run.wait(60_000);
    expect(run.dies('a', 'SIGTERM')).toEqual(['60s job.exited a', '60s job.retrying a timed_out 10000']);
    expect(run.wait(10_000).at(-1)).toBe('70s job.starting a try 2');
    run.started('a');
    expect(run.wait(60_000)).toEqual(['130s job.signalled a SIGTERM time_limit']);
    expect(run.dies('a', 'SIGTERM')[1]).toBe('130s job.finished a timed_out');
  });

  test('a limit that is not enforced is reported once', () => {
    const run = tell(workflow([{ id: 'a', timeLimit: minute }]), { timeLimits: 'warn' });
    run.started('a');
    expect(run.wait(600_000)).toEqual(['60s job.warning a limit_exceeded']);
    expect(run.exits('a')[1]).toBe('600s job.finished a succeeded');
  });

  test('a slow job is reported once, before its limit', () => {
    const warnAfter = { kind: 'fixed', limitMs: 30_000 } as const;
    const run = tell(workflow([{ id: 'a', timeLimit: minute, warnAfter }]));
    run.started('a');
    expect(run.wait(60_000)).toEqual(['30s job.warning a slow', '60s job.signalled a SIGTERM time_limit']);
  });

  test('each try is reported as slow anew', () => {
    const warnAfter = { kind: 'fixed', limitMs: 30_000 } as const;
    const run = tell(workflow([{ id: 'a', warnAfter, retry: retries(1) }]));
    run.started('a');
    expect(run.wait(40_000)).toEqual(['30s job.warning a slow']);
    run.exits('a', 1);
    run.wait(10_000);
    run.started('a');
    expect(run.wait(40_000)).toEqual(['80s job.warning a slow']);
  });

  test('a limit covers the command, not the checks after it', () => {
    const run = tell(workflow([{ id: 'a', timeLimit: minute, postChecks: [check('x')] }]));
    run.started('a');
    run.wait(59_000);
    run.exits('a');
    expect(run.wait(60_000)).toEqual([]);
    expect(run.checked('a', 'post', 0, true)[1]).toBe('119s job.finished a succeeded');
  });

  test('a limit that follows history has a floor, and a fallback where there is none', () => {
    const timeLimit = {
      kind: 'history',
      percentile: 50,
      factor: 2,
      floorMs: 30_000,
      fallbackMs: 90_000,
    } as const;
    const jobs = ['known', 'short', 'new'].map((id) => ({ id, timeLimit }));
    const past = new Map([
      ['known', 20_000],
      ['short', 1000],
    ]);
    const { plan } = tell(workflow(jobs), { pastDurationMs: (id) => past.get(id) });
    expect([...plan.limitMs]).toEqual([40_000, 30_000, 90_000]);
  });
});

describe('no_output_timeout', () => {
  test('ends a silent job after its patience, by at most a twentieth late', () => {
    const run = tell(workflow([{ id: 'a', noOutputTimeoutMs: 20_000 }]));
    run.started('a');
    run.wait(15_000);
    expect(run.output('a')).toEqual(['15s job.output a']);
    run.wait(900);
    expect(run.output('a')).toEqual([]);
    expect(run.wait(20_000)).toEqual([]);
    expect(run.wait(100)).toEqual(['36s job.signalled a SIGTERM no_output']);
    expect(run.dies('a', 'SIGTERM')[1]).toBe('36s job.finished a timed_out');
  });

  test('output of other jobs is nothing to record', () => {
    const run = tell(workflow([{ id: 'a' }]));
    run.started('a');
    run.wait(50_000);
    expect(run.output('a')).toEqual([]);
  });
});
