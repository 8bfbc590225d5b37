import { expect, test } from '@jest/globals';
import type { JournalEvent } from '../../src/journal/index.ts';
import { eventStream } from '../../src/run/eventStream.ts';

const event = (seq: number) => ({ seq }) as JournalEvent;

async function collect(
  events: AsyncIterable<JournalEvent>,
  most = Number.POSITIVE_INFINITY,
): Promise<number[]> {
  const seen: number[] = [];
  for await (const { seq } of events) {
    seen.push(seq);
    if (seen.length >= most) break;
  }
  return seen;
}

test('each reader gets all events since it began, at its own pace', async () => {
  const stream = eventStream();
  const all = collect(stream);
  stream.push([event(1), event(2)]);
  const some = collect(stream, 1);
  stream.push([event(3)]);
  expect(await some).toEqual([3]);
  stream.push([event(4)]);
  stream.end();
  expect(await all).toEqual([1, 2, 3, 4]);
  expect(await collect(stream)).toEqual([]);
});
