import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { simulate } from '../../src/drivers/index.ts';
import { makePlan, viewJob, withJobIds, withJobNumbers } from '../../src/scheduler/index.ts';
import { randomPlan } from '../scheduler/randomPlan.ts';
import { outcomesOf, replay, story } from '../scheduler/story.ts';
import { check, retries, workflow } from '../scheduler/workflow.ts';

const failing = (...codes: number[]) => ({
  fate: (_job: number, tryNumber: number) =>
    ({ kind: 'exited', end: { exit_code: codes[tryNumber - 1] ?? 0 } }) as const,
});

describe('a simulated run', () => {
  test('takes the estimated durations', () => {
    const jobs = [
      { id: 'a', estimatedDurationMs: 3000 },
      { id: 'b', estimatedDurationMs: 5000 },
      { id: 'c', estimatedDurationMs: 4000, needs: ['a'] },
    ];
    expect(simulate(makePlan(workflow(jobs), { parallel: true, workers: 2 })).makespanMs).toBe(7000);
    expect(simulate(makePlan(workflow(jobs))).makespanMs).toBe(12_000);
  });

  test('tells the same story as a real one', () => {
    const job = {
      id: 'a',
      estimatedDurationMs: 2000,
      preChecks: [check('x')],
      postChecks: [check('y')],
      locks: ['db'],
      retry: retries(1),
    };
    const plan = makePlan(workflow([job]));
    const { events, makespanMs, transitions } = simulate(plan, { ...failing(1), checkMs: 100, launchMs: 10 });
    expect(story(events, plan)).toEqual([
      '0s run.started',
      '0s lock.requested a',
      '0s lock.granted a',
      '0s check.started a pre 0',
      '0.1s check.finished a pre 0 true',
      '0.1s job.starting a',
      '0.11s job.started a',
      '2.11s job.exited a',
      '2.11s job.retrying a failed 10000',
      '12.11s job.due a',
      '12.11s job.starting a try 2',
      '12.12s job.started a',
      '14.12s job.exited a',
      '14.12s check.started a post 0',
      '14.22s check.finished a post 0 true',
      '14.22s job.finished a succeeded',
      '14.22s run.finished succeeded 0',
    ]);
    expect([makespanMs, transitions]).toEqual([14_220, 17]);
  });

  test('holds jobs to their limits, and lets them ignore SIGTERM', () => {
    const job = { id: 'a', estimatedDurationMs: 5000, timeLimit: { kind: 'fixed', limitMs: 1000 } as const };
    const plan = makePlan(workflow([job]));
    const obedient = simulate(plan, { endingMs: () => 50 });
    expect(story(obedient.events, plan).slice(3, 5)).toEqual([
      '1s job.signalled a SIGTERM time_limit',
      '1.05s job.exited a',
    ]);
    const deaf = simulate(makePlan(workflow([{ ...job, gracePeriodMs: 500 }])), {
      endingMs: () => Number.POSITIVE_INFINITY,
    });
    expect(story(deaf.events, plan).slice(3, 6)).toEqual([
      '1s job.signalled a SIGTERM time_limit',
      '1.5s job.signalled a SIGKILL grace',
      '1.5s job.exited a',
    ]);
  });

  test('failed starts, failed checks and commands', () => {
    const plan = makePlan(workflow([{ id: 'a' }, { id: 'b', preChecks: [check('x')] }, { id: 'c' }]), {
      onFailure: 'continue',
    });
    const error = { errno: 'ENOENT', message: 'gone' };
    const { state } = simulate(plan, {
      fate: (job) => (job === 0 ? { kind: 'errored', error } : { kind: 'exited', end: { exit_code: 0 } }),
      check: () => false,
      commands: [{ atMs: 500, command: { kind: 'cancel', by: 'SIGINT' } }],
    });
    expect(outcomesOf(state, plan)).toEqual({ a: 'errored', b: 'precheck_failed', c: 'cancelled' });
  });

  test('one instant goes by job number', () => {
    const plan = makePlan(workflow(['a', 'b', 'c'].map((id) => ({ id, estimatedDurationMs: 10 }))), {
      parallel: true,
      workers: 3,
    });
    const finished = simulate(plan).events.flatMap((event) =>
      event.type === 'job.finished' ? [event.job] : [],
    );
    expect(finished).toEqual([0, 1, 2]);
  });

  test('goes on from where a run stands, and leaves that run alone', () => {
    const jobs = ['a', 'b', 'c', 'd'].map((id, index) => ({ id, estimatedDurationMs: 1000 * (index + 1) }));
    const plan = makePlan(workflow(jobs), { parallel: true, workers: 2 });
    const whole = simulate(plan);
    for (let cut = 1; cut < whole.events.length; cut++) {
      const events = whole.events.slice(0, cut);
      const state = replay(events, plan);
      const before = outcomesOf(state, plan);
      const nowMs = events.at(-1)!.m;
      const { makespanMs } = simulate(plan, { from: { state, nowMs } });
      expect(nowMs + makespanMs).toBe(whole.makespanMs);
      expect(outcomesOf(state, plan)).toEqual(before);
    }
  });

  test('ends unfinished when it waits for a person', () => {
    const plan = makePlan(workflow([{ id: 'a' }]));
    const { state } = simulate(plan, { commands: [{ atMs: 0, command: { kind: 'pause', by: 'user' } }] });
    expect([state.finished, viewJob(state, 0).outcome]).toEqual([false, 'succeeded']);
  });

  test('is the same every time, counted or collected', () => {
    fc.assert(
      fc.property(
        randomPlan({ options: { approvals: new Map() } }),
        fc.integer({ min: 0, max: 3 }),
        (plan, code) => {
          const first = simulate(plan, failing(code));
          const second = simulate(plan, { ...failing(code), collect: false });
          expect(JSON.stringify(simulate(plan, failing(code)).events)).toBe(JSON.stringify(first.events));
          expect(second.events).toEqual([]);
          expect([second.transitions, second.makespanMs]).toEqual([first.events.length, first.makespanMs]);
        },
      ),
    );
  });
});

// Scenario F: the predecessor gave up after a thousand rounds.
test('a chain of thirty thousand jobs has no bound but its length', () => {
  const jobs = Array.from({ length: 30_000 }, (_, index) => ({
    id: `j${index}`,
    needs: index === 0 ? [] : [`j${index - 1}`],
    estimatedDurationMs: 1,
  }));
  const { state, makespanMs } = simulate(makePlan(workflow(jobs)), { collect: false });
  expect([state.finished, makespanMs]).toEqual([true, 30_000]);
});

test('thousands of jobs that are ready at once', () => {
  const jobs = Array.from({ length: 20_000 }, (_, index) => ({ id: `j${index}`, estimatedDurationMs: 5 }));
  const { makespanMs } = simulate(makePlan(workflow(jobs), { parallel: true, workers: 100 }), {
    collect: false,
  });
  expect(makespanMs).toBe(1000);
});

test('events keep their meaning when jobs are named by id and numbered again', () => {
  const jobs = [{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c' }];
  const plan = makePlan(workflow(jobs));
  const { events } = simulate(plan, failing(1));
  const named = events.map((event) => withJobIds(event, plan));
  expect(named).toContainEqual({
    type: 'job.skipped',
    m: 1000,
    job: 'b',
    round: 1,
    try: 0,
    reason: 'dependency',
    because: 'a',
  });
  expect(named.map((event) => withJobNumbers(event, plan))).toEqual(events);
  const other = makePlan(workflow([{ id: 'x' }]));
  expect(() => withJobNumbers(named[1]!, other)).toThrow('Internal error: the plan has no job "a"');
});
