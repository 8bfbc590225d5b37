import type { JournalEvent } from '@executioner/engine';
import { expect, test } from '@jest/globals';
import { attemptFacts, buildRunReport, runVerdict, timelineLanes } from '../../src/run/index.ts';

const startedAtMs = Date.parse('2026-01-02T03:04:05.000Z');
const engine = { engine_pid: 4, host: 'db1', version: '0.1.0' };
const envelope = { v: 1 as const, t: '2026-01-02T03:04:05.000Z', run: 1, attempt: 1 };
const tried = { round: 1, try: 1 };
const events: JournalEvent[] = [
  {
    ...envelope,
    seq: 1,
    m: 0,
    type: 'run.started',
    plan_hash: 'p',
    seed: 1,
    application: 'etl',
    jobs: 2,
    workers: 2,
    options: {},
    engine,
  },
  {
    ...envelope,
    ...tried,
    seq: 2,
    m: 100,
    type: 'job.starting',
    job: 'load',
    token: 't',
    command_hash: 'h',
    limit_ms: 0,
  },
];

const lookedAt = (afterMs: number, isAlive: boolean) =>
  buildRunReport(events, {
    nowMs: () => startedAtMs + afterMs,
    isAlive: (asked) => isAlive && asked === engine,
  });

test('a run that is under way, and what runs in it, has lasted until now', async () => {
  const report = (await lookedAt(60_000, true))!;
  expect(runVerdict(report)).toEqual({ text: 'running', tone: 'active' });
  expect(attemptFacts(report.attempts[0]!, 'UTC')).toContainEqual(['running for', '1m 00s']);
  expect(report.jobs).toMatchObject([{ id: 'load', status: 'running', startMs: 100, durationMs: 59_900 }]);
  expect(timelineLanes(report, 1)).toMatchObject([[{ job: 'load', startMs: 100, endMs: 60_000 }]]);
});

test('a clock that was set back makes nothing shorter than the journal tells', async () => {
  expect((await lookedAt(-5000, true))!.attempts[0]!.durationMs).toBe(100);
});

test('a run whose engine is gone has lasted until its last event', async () => {
  const report = (await lookedAt(60_000, false))!;
  expect(runVerdict(report).text).toBe('not finished');
  expect(attemptFacts(report.attempts[0]!, 'UTC')).toContainEqual(['last event after', '100ms']);
  expect(report.jobs[0]).not.toHaveProperty('durationMs');
});
