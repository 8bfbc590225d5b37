import type { Configuration } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import { realDriver } from '../../src/drivers/index.ts';
import type { Event } from '../../src/journal/index.ts';
import { type Action, makePlan } from '../../src/scheduler/index.ts';

const engine = { engine_pid: 1, host: 'here', version: '0' };
const start = { type: 'start', application: 'app', options: {}, engine } as const;

function jobs(...ids: string[]): Configuration {
  const job = (id: string) => ({
    id,
    command: 'true',
    dependencies: [],
    timeLimit: { kind: 'fixed', limitMs: 30 },
    gracePeriodMs: 20,
    retry: { maxRetries: 0, onStatus: [], onExitCodes: [] },
    preChecks: [],
    postChecks: [],
    resources: {},
    locks: [],
    priority: 0,
    enabled: true,
  });
  return {
    jobs: ids.map(job),
    parallel: true,
    maxWorkers: 9,
    onFailure: 'continue',
    resources: {},
  } as unknown as Configuration;
}

/** A driver whose processes do what `react` says, with a record of what happened in which order. */
function drive(
  configuration: Configuration,
  react: (action: Action, take: ReturnType<typeof realDriver>['take']) => void,
  written = () => true,
) {
  const happened: string[] = [];
  const events: Event[] = [];
  const driver = realDriver({
    plan: makePlan(configuration),
    clock: { nowMs: Date.now, monotonicMs: () => performance.now() },
    write(batch) {
      happened.push(`write ${batch.length}`);
      return written();
    },
    onEvents: (batch) => events.push(...batch),
    perform(action) {
      happened.push('job' in action ? `${action.type} ${action.job}` : action.type);
      react(action, driver.take);
    },
  });
  driver.take(start);
  return { driver, happened, events };
}

const succeed = (action: Action, take: ReturnType<typeof realDriver>['take']) => {
  if (action.type !== 'launch') return;
  take({ type: 'launched', job: action.job, pid: 1 });
  take({ type: 'fate', job: action.job, fate: { kind: 'exited', end: { exit_code: 0 } } });
};

describe('the real driver', () => {
  test('writes all that a turn decides at once, before it acts', async () => {
    const { driver, happened } = drive(jobs('a', 'b', 'c'), succeed);
    await driver.finished;
    expect(happened).toEqual(['write 4', 'launch 0', 'launch 1', 'launch 2', 'write 10', 'notify']);
  });

  test('wakes by itself for time limits and grace periods', async () => {
    const { driver, events } = drive(jobs('a'), (action, take) => {
      if (action.type === 'launch') take({ type: 'launched', job: 0, pid: 1 });
      if (action.type === 'signal' && action.signal === 'SIGKILL') {
        take({ type: 'fate', job: 0, fate: { kind: 'exited', end: { signal: 'SIGKILL' } } });
      }
    });
    await driver.finished;
    const signals = events.flatMap((event) => (event.type === 'job.signalled' ? [event] : []));
    expect(signals.map(({ signal }) => signal)).toEqual(['SIGTERM', 'SIGKILL']);
    expect(signals[0]!.m).toBeGreaterThanOrEqual(30);
    expect(signals[1]!.m - signals[0]!.m).toBeGreaterThanOrEqual(20);
  });

  test('starts nothing while the journal cannot be written, and then all that was decided', async () => {
    let works = false;
    const { driver, happened } = drive(jobs('a'), succeed, () => works);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(happened).toEqual(['write 2']);
    works = true;
    driver.journalWrites();
    await driver.finished;
    expect(happened).toEqual(['write 2', 'launch 0', 'write 4', 'notify']);
  });

  test('rejects when the scheduler finds a bug, and takes nothing more', async () => {
    const { driver } = drive(jobs('a'), () => {});
    const failing = driver.finished.catch((error: Error) => error);
    driver.take({ type: 'fate', job: 99, fate: { kind: 'never' } } as never);
    driver.take(undefined as never);
    expect(await failing).toBeInstanceOf(Error);
  });
});
