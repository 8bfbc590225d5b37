import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeRig, type Rig } from './rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = makeRig();
});
afterEach(() => rig.remove());

test('a wall clock that jumps by days, back and forth, changes no limit, wait or duration', async () => {
  const day = 86_400_000;
  let looks = 0;
  const clock = {
    nowMs: () => Date.now() + (looks++ % 3) * day - day,
    monotonicMs: () => performance.now(),
  };
  const { outcomes, events } = await rig.run(
    [
      { id: 'slow', command: 'sleep 0.3', timeout: 60, no_output_timeout: 60 },
      { id: 'limited', command: 'exec sleep 60', timeout: 0.2, allow_failure: true },
      {
        id: 'retried',
        command: 'mkdir once 2>/dev/null && exit 1; exit 0',
        max_retries: 1,
        retry_delay: 0.2,
        retry_jitter: 0,
      },
    ],
    { parallel: true, max_workers: 3 },
    { clock },
  );
  expect(outcomes).toEqual({ slow: 'succeeded', limited: 'timed_out', retried: 'succeeded' });
  const times = events.map(({ m }) => m);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const durations = events.flatMap((event) => (event.type === 'job.finished' ? [event.duration_ms] : []));
  for (const duration of durations) expect(duration).toBeLessThan(60_000);
  expect(new Set(events.map(({ t }) => t.slice(0, 10))).size).toBeGreaterThan(1);
});

test('bytes that are no text, and NUL, come into the log as what stands for them; what surrounds them stays', async () => {
  const { outcomes } = await rig.run([
    { id: 'a', command: "printf 'before \\377\\376 after\\n\\000nul\\n\\303'; exit 0" },
  ]);
  expect(outcomes).toEqual({ a: 'succeeded' });
  expect(rig.jobLog('a').slice(1)).toEqual([
    'INFO - before \uFFFD\uFFFD after',
    'INFO - \0nul',
    'INFO - \uFFFD',
    'INFO - Job a: SUCCESS',
  ]);
});
