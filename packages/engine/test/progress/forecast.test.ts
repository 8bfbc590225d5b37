import { describe, expect, test } from '@jest/globals';
import { forecast, forecaster } from '../../src/progress/index.ts';
import {
  type Input,
  initialState,
  makePlan,
  type Plan,
  type PlanOptions,
  type State,
  step,
} from '../../src/scheduler/index.ts';
import { type JobSketch, workflow } from '../scheduler/workflow.ts';

const parallel = { parallel: true, workers: 2 };

/** A run of these jobs that has taken the inputs. */
function underWay(jobs: readonly JobSketch[], options: PlanOptions, inputs: readonly Input[] = []) {
  const plan = makePlan(workflow(jobs), options);
  const state = initialState(plan);
  const engine = { engine_pid: 1, host: 'test', version: '0' };
  step(state, plan, { type: 'start', nowMs: 0, application: 'test', options: {}, engine });
  for (const input of inputs) step(state, plan, input);
  return { plan, state };
}

const launched = (job: number, nowMs = 0): Input => ({ type: 'launched', nowMs, job, pid: 1 });
const succeeded = (job: number, nowMs: number): Input => ({
  type: 'fate',
  nowMs,
  job,
  fate: { kind: 'exited', end: { exit_code: 0 } },
});

describe('a forecast', () => {
  const jobs: readonly JobSketch[] = [
    { id: 'a', estimatedDurationMs: 3000 },
    { id: 'b', estimatedDurationMs: 5000 },
    { id: 'c', needs: ['a'], estimatedDurationMs: 4000 },
  ];

  test('is the end of a virtual run from the present state', () => {
    const { plan, state } = underWay(jobs, parallel, [launched(0), launched(1)]);
    expect(forecast(plan, state, { nowMs: 1000 })).toEqual({ remainingMs: 6000, atLeast: false });
  });

  test('is a lower bound once a job has outlived its estimate', () => {
    const { plan, state } = underWay(jobs, parallel, [launched(0), launched(1)]);
    expect(forecast(plan, state, { nowMs: 4000 })).toEqual({ remainingMs: 4000, atLeast: true });
  });

  test('guesses the jobs without an estimate and says so', () => {
    const guessing = [...jobs, { id: 'd', needs: ['c'] }];
    const { plan, state } = underWay(guessing, parallel, [launched(0), launched(1)]);
    expect(forecast(plan, state, { nowMs: 0, guessMs: 500 })).toEqual({ remainingMs: 7500, atLeast: true });
  });

  test('there is none while nothing is known, nor while a person is waited for', () => {
    const nothing = underWay([{ id: 'a' }], {}, [launched(0)]);
    expect(forecast(nothing.plan, nothing.state, { nowMs: 0 })).toBeUndefined();
    const paused = underWay(jobs, parallel, [
      { type: 'command', nowMs: 0, command: { kind: 'pause', by: 'user' } },
    ]);
    expect(forecast(paused.plan, paused.state, { nowMs: 0 })).toBeUndefined();
    const asking = underWay(jobs, { ...parallel, approvals: new Map([['c', Number.POSITIVE_INFINITY]]) });
    expect(forecast(asking.plan, asking.state, { nowMs: 0 })).toBeUndefined();
  });

  test('a limit on silence ends no virtual job', () => {
    const quiet = underWay([{ id: 'a', estimatedDurationMs: 60_000, noOutputTimeoutMs: 5000 }], {}, [
      launched(0),
    ]);
    expect(forecast(quiet.plan, quiet.state, { nowMs: 1000 })?.remainingMs).toBe(59_000);
  });

  test('of many jobs is the work among the workers, or the longest chain', () => {
    const many = Array.from({ length: 6000 }, (_, index) => ({ id: `j${index}`, estimatedDurationMs: 1000 }));
    const wide = underWay(many, { parallel: true, workers: 10 });
    expect(forecast(wide.plan, wide.state, { nowMs: 0 })).toEqual({ remainingMs: 600_000, atLeast: false });
    const chain = many.map((job, index) => (index === 0 ? job : { ...job, needs: [`j${index - 1}`] }));
    const long = underWay(chain, { parallel: true, workers: 10 }, [launched(0)]);
    expect(forecast(long.plan, long.state, { nowMs: 400 })?.remainingMs).toBe(5_999_600);
  });
});

describe('a forecaster', () => {
  test('counts down, and looks again after two seconds', () => {
    const { plan, state } = underWay([{ id: 'a', estimatedDurationMs: 10_000 }], {}, [launched(0)]);
    let nowMs = 0;
    const { forecast } = forecasterOf(plan, state, () => nowMs);
    const remaining = [0, 1500, 3000, 4000, 12_000].map((at) => {
      nowMs = at;
      return forecast();
    });
    expect(remaining).toEqual([
      { remainingMs: 10_000, atLeast: false },
      { remainingMs: 8500, atLeast: false },
      { remainingMs: 7000, atLeast: false },
      { remainingMs: 6000, atLeast: false },
      { remainingMs: 0, atLeast: true },
    ]);
  });

  test('learns from the jobs of this run what the others may take', () => {
    const { plan, state } = underWay([{ id: 'a' }, { id: 'b' }], {}, [
      launched(0),
      succeeded(0, 7000),
      launched(1, 7000),
    ]);
    const { take, forecast } = forecasterOf(plan, state, () => 7000);
    const facts = { v: 1, seq: 1, t: '', run: 1, attempt: 1, job: 'a', round: 1, try: 1 } as const;
    take({ ...facts, type: 'job.started', m: 0, pid: 1 });
    take({ ...facts, type: 'job.exited', m: 7000, end: { exit_code: 0 } });
    expect(forecast()).toEqual({ remainingMs: 7000, atLeast: true });
  });

  test('that takes long is asked more rarely', () => {
    const { plan, state } = underWay([{ id: 'a', estimatedDurationMs: 60_000 }], {}, [launched(0)]);
    let nowMs = 0;
    let looks = 0;
    const dear = forecaster({
      plan,
      state,
      nowMs: () => {
        looks++;
        nowMs += 100;
        return nowMs;
      },
      monotonicMs: () => nowMs,
    });
    for (nowMs = 0; nowMs < 10_000; nowMs += 500) dear.forecast();
    expect(looks).toBe(2);
  });
});

function forecasterOf(plan: Plan, state: State, nowMs: () => number) {
  return forecaster({ plan, state, nowMs, monotonicMs: nowMs });
}
