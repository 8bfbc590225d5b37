import type { JournalEvent } from '@executioner/engine';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildRunReport, timelineLanes } from '../../src/run/index.ts';

/** A run whose tries last from start to end. */
function eventsOf(tries: readonly (readonly [startMs: number, durationMs: number])[]): JournalEvent[] {
  const events = tries.flatMap(([startMs, durationMs], index) => {
    const job = { job: `job${index}`, round: 1, try: 1 };
    return [
      { ...job, type: 'job.starting' as const, m: startMs, token: '', command_hash: '', limit_ms: 0 },
      {
        ...job,
        type: 'job.finished' as const,
        m: startMs + durationMs,
        status: 'succeeded' as const,
        duration_ms: durationMs,
        tries: 1,
      },
    ];
  });
  const envelope = { v: 1 as const, t: '2026-01-02T03:04:05.000Z', run: 1, attempt: 1 };
  return events
    .sort((a, b) => a.m - b.m || (a.type < b.type ? 1 : -1))
    .map((event, seq) => ({ ...envelope, seq, ...event }));
}

test('bars of a lane never overlap, and there are no more lanes than tries at once', async () => {
  const tries = fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 50 })), {
    minLength: 1,
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(tries, async (intervals) => {
      const report = await buildRunReport(eventsOf(intervals));
      const lanes = timelineLanes(report!, 1);
      for (const lane of lanes) {
        for (let index = 1; index < lane.length; index++) {
          expect(lane[index]!.startMs).toBeGreaterThanOrEqual(lane[index - 1]!.endMs);
        }
      }
      const atOnce = intervals.map(
        ([at]) => intervals.filter(([start, duration]) => start <= at && at < start + duration).length,
      );
      expect({ bars: lanes.flat().length, lanes: lanes.length }).toEqual({
        bars: intervals.length,
        lanes: Math.max(...atOnce),
      });
    }),
  );
});

test('no events: no report', async () => {
  expect(await buildRunReport([])).toBeUndefined();
});
