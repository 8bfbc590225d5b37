import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Event, type JournalEvent, journalEvent, lineSerializer } from '../../src/journal/index.ts';
import { jobIds, sampleEvents } from './samples.ts';

const serialize = lineSerializer({ run: 12, attempt: 3, jobIds });
const wallMs = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

describe('a journal line', () => {
  test('has its keys in a fixed order, the id quoted and a newline at the end', () => {
    const event: Event = {
      type: 'job.finished',
      m: 5123,
      job: 1,
      round: 1,
      try: 2,
      status: 'failed',
      reason: 'allowed',
      duration_ms: 1234,
      tries: 2,
    };
    expect(serialize(event, 7, wallMs)).toBe(
      '{"v":1,"seq":7,"t":"2026-01-02T03:04:05.678Z","m":5123,"run":12,"attempt":3,"type":"job.finished",' +
        '"job":"load \\"x\\"\\\\\\n","round":1,"try":2,"status":"failed","reason":"allowed","duration_ms":1234,"tries":2}\n',
    );
  });

  test.each(sampleEvents.map((event) => [event.type, event] as const))(
    'of %s says all that the event says',
    (_, event) => {
      const line = serialize(event, 7, wallMs);
      const envelope = { v: 1, seq: 7, t: new Date(wallMs).toISOString(), run: 12, attempt: 3 } as const;
      const expected = journalEvent(event, envelope, jobIds);
      expect(line.slice(0, -1)).not.toContain('\n');
      expect(JSON.parse(line)).toEqual(expected);
      expect(Object.keys(JSON.parse(line))).toEqual(Object.keys(expected));
    },
  );

  test('survives any text in what people and systems name', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(texts, texts, texts, (id, token, message) => {
        const line = lineSerializer({ run: 1, attempt: 1, jobIds: [id] });
        const fact = { m: 0, job: 0, round: 1, try: 1 };
        const read = (event: Event) => JSON.parse(line(event, 1, 0)) as JournalEvent;
        expect(
          read({ type: 'job.starting', ...fact, token, command_hash: message, limit_ms: 0 }),
        ).toMatchObject({
          job: id,
          token,
          command_hash: message,
        });
        expect(read({ type: 'run.stopping', m: 0, why: 'failure', by: message, job: 0 })).toMatchObject({
          job: id,
          by: message,
        });
      }),
    );
  });

  test('of an event that names a job beyond the plan is our bug', () => {
    const event: Event = { type: 'job.due', m: 0, job: 99, round: 1, try: 1 };
    expect(() => serialize(event, 1, 0)).toThrow('Internal error: the journal was given job number 99');
  });
});
