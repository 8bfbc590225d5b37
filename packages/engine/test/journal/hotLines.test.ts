import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Event, type JournalEvent, journalParser, lineSerializer } from '../../src/journal/index.ts';
import { jobIds, sampleEvents } from './samples.ts';

const types = [...new Set(sampleEvents.map(({ type }) => type))];
/** What is not ASCII would take its neighbours with it. */
const otherEvents = sampleEvents.filter((event) => /^[\0-\x7f]*$/.test(JSON.stringify(event)));

/** What the parser makes of a journal, with the offsets of the events. */
function read(bytes: Uint8Array, skip: readonly string[] = []) {
  const events: [event: JournalEvent, byteOffset: number][] = [];
  const parser = journalParser({
    file: 'j.ndjson',
    skip: new Set(skip),
    onEvent: (event, byteOffset) => events.push([event, byteOffset]),
  });
  parser.push(bytes);
  return { events, findings: parser.end() };
}

/**
 * The same through JSON.parse: a line that is not ASCII, put in front, keeps all others of its piece from being read
 * from their bytes. Its type is unknown, so that nothing else comes of it.
 */
function readByJson(bytes: Uint8Array, firstSeq: number, skip?: readonly string[]) {
  const front = Buffer.from(`{"v":1,"seq":${firstSeq - 1},"type":"ü"}\n`);
  const { events, findings } = read(Buffer.concat([front, bytes]), skip);
  return {
    events: events.map(([event, byteOffset]) => [event, byteOffset - front.length]),
    findings: findings.map((finding) => ({
      ...finding,
      line: finding.line - 1,
      byteOffset: finding.byteOffset - front.length,
      hint: finding.hint.replace(/\d+/, (offset) => `${Number(offset) - front.length}`),
    })),
  };
}

/** Numbers that JSON writes in each of its ways. */
const number = fc.oneof(
  fc.nat(),
  fc.nat(12),
  fc.constantFrom(0, -1, 0.5, 1e15, 999_999_999_999_999, Number.MAX_SAFE_INTEGER, 1e21),
);
const id = fc.nat(6);
const ids = ['extract', 'load_1', 'load_12', 'a b', '', 'tab\t', jobIds[1]!];
const word = fc.oneof(
  fc.stringMatching(/^[0-9a-f]{0,20}$/),
  fc.string(),
  fc.constantFrom('"', '\\', '\u007f', '\n'),
);
const optional = (arbitrary: fc.Arbitrary<unknown>) => fc.option(arbitrary, { nil: undefined });
const fact = { m: number, job: id, round: number, try: number };

/** Hot events and what is like them, with every field there or not. */
const hotEvent = fc.oneof(
  fc.record({
    type: fc.constant('job.starting'),
    ...fact,
    token: word,
    command_hash: word,
    definition_hash: optional(word),
    limit_ms: number,
  }),
  fc.record({ type: fc.constant('job.started'), ...fact, pid: number, ticks: optional(number) }),
  fc.record({
    type: fc.constant('job.exited'),
    ...fact,
    end: fc.record({
      exit_code: optional(number),
      signal: fc.constantFrom(undefined, 'SIGKILL'),
      cpu_ms: optional(number),
      max_rss_kb: optional(number),
    }),
  }),
  fc.record({
    type: fc.constant('job.finished'),
    ...fact,
    status: fc.constantFrom('succeeded', 'failed'),
    reason: fc.constantFrom(undefined, 'allowed'),
    duration_ms: number,
    tries: number,
  }),
) as unknown as fc.Arbitrary<Event>;
const events = fc.array(fc.oneof({ weight: 5, arbitrary: hotEvent }, fc.constantFrom(...otherEvents)), {
  minLength: 1,
  maxLength: 12,
});
const skip = fc.subarray([...types]);

function journal(list: readonly Event[], firstSeq: number, wallMs: number): Buffer {
  const serialize = lineSerializer({ run: 7, attempt: 2, jobIds: ids });
  return Buffer.from(
    list.map((event, index) => serialize(event, firstSeq + index, wallMs + index * 31_000)).join(''),
  );
}

describe('lines read from their bytes', () => {
  const firstSeq = fc.constantFrom(1, 2, 9, 99_998);
  const wallMs = fc.constantFrom(0, Date.UTC(2026, 0, 2), Date.UTC(12_026, 0, 1));

  test('give what JSON.parse gives, whatever their values', () => {
    fc.assert(
      fc.property(events, firstSeq, wallMs, skip, (list, first, at, skipped) => {
        const bytes = journal(list, first, at);
        expect(read(bytes, skipped)).toEqual(readByJson(bytes, first, skipped));
      }),
      { numRuns: 500 },
    );
  });

  test('have their fields in the order of the line', () => {
    fc.assert(
      fc.property(fc.array(hotEvent, { minLength: 1 }), (list) => {
        const bytes = journal(list, 1, 0);
        expect(
          read(bytes)
            .events.map(([event]) => `${JSON.stringify(event)}\n`)
            .join(''),
        ).toBe(
          bytes
            .toString()
            .split('\n')
            .map((line) => (line === '' ? '' : `${JSON.stringify(JSON.parse(line))}\n`))
            .join(''),
        );
      }),
    );
  });

  test('give what JSON.parse gives, cut off or damaged anywhere', () => {
    const damage = fc.record({
      at: fc.nat(),
      length: fc.nat(3),
      put: fc.oneof(
        fc.constantFrom('', '"', '\\', '}', '\n', '0', '-', '.', ',', ' ', 'e1', '\t', '\u007f', 'ü', '\0'),
        fc.string({ maxLength: 3 }),
      ),
    });
    fc.assert(
      fc.property(
        events,
        firstSeq,
        skip,
        damage,
        fc.boolean(),
        (list, first, skipped, { at, length, put }, isCut) => {
          const whole = journal(list, first, 0);
          const start = at % whole.length;
          const end = isCut ? whole.length : start + length;
          const bytes = Buffer.concat([whole.subarray(0, start), Buffer.from(put), whole.subarray(end)]);
          const found = read(bytes, skipped);
          // The line in front fixes the number of the first line, which is free otherwise.
          fc.pre(bytes.subarray(0, 25).equals(whole.subarray(0, 25)));
          expect(found).toEqual(readByJson(bytes, first, skipped));
        },
      ),
      { numRuns: 3000 },
    );
  });

  const plain: readonly Event[] = [
    {
      type: 'job.starting',
      m: 0,
      job: 1,
      round: 1,
      try: 1,
      token: 't',
      command_hash: 'c',
      definition_hash: 'd',
      limit_ms: 1,
    },
    { type: 'job.started', m: 1, job: 1, round: 1, try: 1, pid: 4711, ticks: 9 },
    {
      type: 'job.exited',
      m: 2,
      job: 1,
      round: 1,
      try: 1,
      end: { exit_code: 0, cpu_ms: 5, max_rss_kb: 2048 },
    },
    { type: 'job.finished', m: 3, job: 1, round: 1, try: 1, status: 'succeeded', duration_ms: 3, tries: 1 },
  ];

  test.each([
    ['a number that begins with zero', '"round":1', '"round":01'],
    ['a number that is not exact', '"m":', '"m":12345678901234567'],
    ['a number without digits', '"try":1', '"try":'],
    ['a fraction', '"round":1', '"round":1.5'],
    ['something after it', '}\n', '}x\n'],
    ['a brace after it', '}\n', '}}\n'],
    ['a blank after it', '}\n', '} \n'],
    ['a carriage return after it', '}\n', '}\r\n'],
    ['a newline in it', ',"round"', '\n,"round"'],
    ['a field more', ',"round"', ',"more":1,"round"'],
    ['a field twice', ',"round"', ',"job":"b","round"'],
    ['a short time', '.000Z', 'Z'],
    ['an escape in its time', '.000Z', '\\n000Z'],
    ['another version', '"v":1', '"v":2'],
  ])('give what JSON.parse gives with %s', (_, from, to) => {
    const lines = journal(plain, 1, 0)
      .toString()
      .split(/(?<=\n)/);
    for (const damaged of lines.keys()) {
      const text = lines.map((line, index) => (index === damaged ? line.replace(from, to) : line)).join('');
      expect(text).not.toBe(lines.join(''));
      for (const skipped of [[], ['job.started']])
        expect(read(Buffer.from(text), skipped)).toEqual(readByJson(Buffer.from(text), 1, skipped));
    }
  });

  test('may stand between pieces that are not ASCII', () => {
    const serialize = lineSerializer({ run: 7, attempt: 2, jobIds: ['a', 'größe'] });
    const lines = [0, 1, 0, 1, 1, 0]
      .flatMap((job) => plain.map((event) => ({ ...event, job }) as Event))
      .map((event, index) => serialize(event, index + 1, 0));
    const found: JournalEvent[] = [];
    const parser = journalParser({ onEvent: (event) => found.push(event) });
    for (const line of lines) parser.push(Buffer.from(line));
    expect([parser.end(), found]).toEqual([[], lines.map((line) => JSON.parse(line))]);
  });
});
