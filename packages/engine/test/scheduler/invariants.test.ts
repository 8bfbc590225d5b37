import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Event } from '../../src/index.ts';
import {
  decide,
  evolve,
  type InFlightJob,
  type Input,
  initialState,
  Phase,
  type Plan,
  type State,
  step,
} from '../../src/scheduler/index.ts';
import { openLedger, watchWith } from './ledger.ts';
import { randomPlan } from './randomPlan.ts';
import { outcomesOf, replay } from './story.ts';
import { calm, chanceFrom, live, wild } from './world.ts';

const seed = fc.integer();
const runs = { numRuns: 150 };

describe('whatever happens', () => {
  test('capacity, locks, dependencies, single outcomes and no idle worker: every promise is kept', () => {
    fc.assert(
      fc.property(randomPlan(), seed, (plan, seed) => {
        live(plan, { seed, temper: wild, watch: watchWith(openLedger(plan)) });
      }),
      { numRuns: 400 },
    );
  });

  test('sequential runs keep the same promises', () => {
    fc.assert(
      fc.property(randomPlan({ options: { parallel: false } }), seed, (plan, seed) => {
        live(plan, { seed, temper: wild, watch: watchWith(openLedger(plan)) });
      }),
      runs,
    );
  });

  test('a replay stands where the live run stood, after every input', () => {
    fc.assert(
      fc.property(randomPlan(), seed, (plan, seed) => {
        const replayed = initialState(plan);
        const watch = (state: State, events: readonly Event[]): void => {
          for (const event of events) evolve(replayed, plan, event);
          expect(replayed).toEqual(state);
        };
        live(plan, { seed, temper: wild, watch });
      }),
      { numRuns: 30 },
    );
  });

  test('the same plan and inputs give the same events, byte for byte', () => {
    fc.assert(
      fc.property(randomPlan(), seed, (plan, seed) => {
        const { inputs, events } = live(plan, { seed, temper: wild });
        const state = initialState(plan);
        const again = inputs.flatMap((input) => step(state, plan, input));
        expect(JSON.stringify(again)).toBe(JSON.stringify(events));
      }),
      runs,
    );
  });

  test('cut anywhere, the run is resumed: what succeeded is kept, what lives is adopted, the rest runs', () => {
    fc.assert(
      fc.property(randomPlan(), seed, fc.nat(), (plan, seed, where) => {
        const { events } = live(plan, { seed, temper: wild });
        const before = replay(events.slice(0, where % (events.length + 1)), plan);
        const inherited = {
          fromAttempt: 1,
          kept: keptJobs(before, plan),
          inFlight: inFlightJobs(before, plan, seed),
        };
        const after = { ...plan, attempt: 2 };
        const { state } = live(after, {
          seed: seed + 1,
          temper: { ...wild, commands: 0 },
          inherited,
          watch: watchWith(openLedger(after)),
        });
        for (const { job } of inherited.kept) expect(state.try[job]).toBe(0);
      }),
      runs,
    );
  });

  test('a replay of any prefix decides what the run decided', () => {
    fc.assert(
      fc.property(randomPlan(), seed, (plan, seed) => {
        const replayed = initialState(plan);
        const watch = (_: State, events: readonly Event[], { type, nowMs }: Input): void => {
          // Facts come from the input; what is decided comes after them.
          const facts = type === 'tick' ? 0 : type === 'start' || type === 'command' ? events.length : 1;
          events.forEach((event, index) => {
            if (index >= facts) expect(decide(replayed, plan, nowMs, type === 'tick')).toEqual(event);
            evolve(replayed, plan, event);
          });
          expect(decide(replayed, plan, nowMs, type === 'tick')).toBeUndefined();
        };
        live(plan, { seed, temper: wild, watch });
      }),
      { numRuns: 50 },
    );
  });

  test('the order of independent completions changes no outcome under continue', () => {
    const options = { onFailure: 'continue' as const, approvals: new Map<string, number>() };
    fc.assert(
      fc.property(randomPlan({ options, timeless: true }), seed, seed, (plan, one, other) => {
        const exitCode = (job: number, tryNumber: number) => chanceFrom(job * 31 + tryNumber).below(2);
        const lives = [one, other].map((seed) =>
          live(plan, { seed, temper: { ...calm, failures: 0 }, exitCode }),
        );
        const [first, second] = lives.map(({ state }) => outcomesOf(state, plan));
        const withoutCause = (outcomes: Record<string, string>) =>
          Object.fromEntries(
            Object.entries(outcomes).map(([id, outcome]) => [id, outcome.replace(/ j\d+\)/, ')')]),
          );
        expect(withoutCause(second!)).toEqual(withoutCause(first!));
      }),
      runs,
    );
  });
});

/** Contracts: succeeded or marked, with all dependencies kept. */
function keptJobs(state: State, plan: Plan) {
  const kept = new Set<number>();
  for (let job = 0; job < plan.jobs.length; job++) {
    const dependencies = [
      ...plan.dependency.subarray(plan.dependencyStart[job], plan.dependencyStart[job + 1]),
    ];
    if (
      state.phase[job] === Phase.done &&
      state.outcome[job] === 1 &&
      dependencies.every((other) => kept.has(other))
    )
      kept.add(job);
  }
  return [...kept].map((job) => ({ job, status: 'succeeded' as const }));
}

function inFlightJobs(state: State, plan: Plan, seed: number): InFlightJob[] {
  const chance = chanceFrom(seed);
  const fates = [
    { kind: 'exited', end: { exit_code: 0 } },
    { kind: 'exited', end: { exit_code: 1 } },
    { kind: 'running', pid: 77, sinceMs: 5000 },
    { kind: 'unknown' },
    { kind: 'never' },
  ] as const;
  const phases: number[] = [Phase.starting, Phase.running, Phase.stopping];
  return [...plan.jobs.keys()]
    .filter((job) => phases.includes(state.phase[job]!))
    .map((job) => {
      const isStarted = state.phase[job] !== Phase.starting;
      const fate = fates[chance.below(isStarted ? 4 : 5)]!;
      return { job, round: state.round[job]!, try: state.try[job]!, fate };
    });
}
