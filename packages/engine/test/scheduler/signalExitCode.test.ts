import { expect, test } from '@jest/globals';
import type { Event } from '../../src/journal/index.ts';
import { type Command, type Input, initialState, makePlan, step } from '../../src/scheduler/index.ts';
import { workflow } from './workflow.ts';

const engine = { engine_pid: 1, host: 'here', version: '0' };
const started: Input = { type: 'start', nowMs: 0, application: 'app', options: {}, engine };
const exited: Input = { type: 'fate', nowMs: 9, job: 0, fate: { kind: 'exited', end: { exit_code: 1 } } };
const launched: Input = { type: 'launched', nowMs: 1, job: 0, pid: 1 };
const stop = (kind: 'cancel' | 'kill', by: string): Input => ({
  type: 'command',
  nowMs: 2,
  command: { kind, by } as Command,
});

test.each([
  [[stop('cancel', 'SIGINT')], 130],
  [[stop('cancel', 'SIGTERM'), stop('kill', 'SIGINT')], 143],
  [[stop('cancel', 'user'), stop('kill', 'SIGHUP')], 129],
  [[stop('cancel', 'user')], 1],
  [[], 1],
])('%j end a run with exit code %d', (stops, exitCode) => {
  const plan = makePlan(workflow([{ id: 'a' }]));
  const state = initialState(plan);
  const events: Event[] = [started, launched, ...stops, exited].flatMap((input) => step(state, plan, input));
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', exit_code: exitCode });
});
