import { palette, type TextSink } from '@executioner/core';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { JournalEvent } from '../../src/journal/index.ts';
import { terminalProgress } from '../../src/progress/index.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function terminal(columns = 80) {
  const writes: string[] = [];
  const sink = {
    write: (data: string | Uint8Array) => void writes.push(`${data}`),
    drained: async () => {},
    isTTY: true,
    columns,
    closed: false,
  } satisfies TextSink;
  return { sink, writes };
}

/** Events that come when they are pushed. */
function pushed() {
  const waiting: ((event: IteratorResult<JournalEvent>) => void)[] = [];
  const events: AsyncIterable<JournalEvent> = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise((resolve) => waiting.push(resolve)) }),
  };
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return {
    events,
    async push(event: object) {
      waiting.shift()!({ done: false, value: { seq: 1, m: 0, round: 1, try: 1, ...event } as JournalEvent });
      await settle();
    },
    async end() {
      waiting.shift()!({ done: true, value: undefined });
      await settle();
    },
  };
}

const clock = { nowMs: () => 0, monotonicMs: () => 0 };
const lineOf = (message: string) => ({ to: 'run', level: 'INFO', message, atMs: 0 }) as const;

describe('progress on a terminal', () => {
  test('log lines scroll above one line, which is drawn ten times a second at most and leaves no trace', async () => {
    const { sink, writes } = terminal();
    const { events, push, end } = pushed();
    const view = terminalProgress({ sink, colors: palette(false), clock });
    const shown = view.follow({ events, forecast: () => undefined });
    await push({ type: 'run.started', jobs: 2 });
    await push({ type: 'job.starting', job: 'a' });
    view.log([lineOf('one')]);
    view.log([lineOf('two')]);
    expect(writes).toEqual([]);
    jest.advanceTimersByTime(100);
    expect(writes).toEqual([
      expect.stringMatching(/^.* - INFO - one\n.* - INFO - two\n▸ 0\/2 done · 1 running: a · 0:00 elapsed$/),
    ]);
    await push({ type: 'job.finished', job: 'a', status: 'succeeded' });
    view.log([lineOf('three')]);
    await end();
    await shown;
    expect(writes.slice(1)).toEqual([expect.stringMatching(/^\r\u001B\[J.* - INFO - three\n$/)]);
    jest.advanceTimersByTime(10_000);
    expect(writes.length).toBe(2);
  });

  test('the elapsed time moves on when nothing happens', async () => {
    const { sink, writes } = terminal();
    const { events, push, end } = pushed();
    const view = terminalProgress({ sink, colors: palette(false), clock });
    const shown = view.follow({ events, forecast: () => undefined });
    await push({ type: 'run.started', jobs: 1 });
    jest.advanceTimersByTime(3200);
    expect(writes.length).toBe(4);
    await end();
    await shown;
  });

  test('a line that a narrower terminal has broken is taken away whole', async () => {
    const { sink, writes } = terminal(60);
    const { events, push, end } = pushed();
    const view = terminalProgress({ sink, colors: palette(false), clock });
    const shown = view.follow({ events, forecast: () => undefined });
    await push({ type: 'run.started', jobs: 10 });
    jest.advanceTimersByTime(100);
    sink.columns = 10;
    await end();
    await shown;
    expect(writes).toEqual(['▸ 0/10 done · 0:00 elapsed', '\r\u001B[2A\u001B[J']);
  });

  test('a job that is opened again is no longer done, nor failed', async () => {
    const { sink, writes } = terminal();
    const { events, push, end } = pushed();
    const view = terminalProgress({ sink, colors: palette(false), clock });
    const shown = view.follow({ events, forecast: () => undefined });
    await push({ type: 'run.started', jobs: 3 });
    await push({ type: 'job.finished', job: 'a', status: 'failed' });
    await push({ type: 'job.finished', job: 'b', status: 'failed', reason: 'allowed' });
    jest.advanceTimersByTime(100);
    await push({ type: 'job.reset', job: 'a' });
    jest.advanceTimersByTime(100);
    await end();
    await shown;
    expect(writes.slice(0, 2).map((text) => text.slice(text.indexOf('▸')))).toEqual([
      '▸ 2/3 done · 1 failed · 0:00 elapsed',
      '▸ 1/3 done · 0:00 elapsed',
    ]);
  });
});
