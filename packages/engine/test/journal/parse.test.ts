import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type JournalEvent,
  journalParser,
  lineSerializer,
  parseJournal,
  readJournal,
  streamJournal,
} from '../../src/journal/index.ts';
import { jobIds, sampleEvents } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'executioner-journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const serialize = lineSerializer({ run: 12, attempt: 1, jobIds });
const lines = sampleEvents.map((event, index) => serialize(event, index + 1, 0));
const bytes = Buffer.from(lines.join(''));
const events = lines.map((line) => JSON.parse(line) as JournalEvent);

function parse(text: string | Uint8Array): ReturnType<typeof parseJournal> {
  return parseJournal(typeof text === 'string' ? Buffer.from(text) : text, 'j.ndjson');
}

describe('a sound journal', () => {
  test('gives its events and nothing else', () => {
    expect(parse(bytes)).toEqual({ events, findings: [] });
    expect(parse('')).toEqual({ events: [], findings: [] });
  });

  test('may come in pieces cut anywhere, also within a character', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        expect(parseJournal(chunks)).toEqual({ events, findings: [] });
      }),
    );
  });

  test('tells where each line begins', () => {
    const found: string[] = [];
    const parser = journalParser({
      onEvent: (event, byteOffset) =>
        found.push(
          bytes.toString('utf8', byteOffset, bytes.indexOf('\n', byteOffset)) === JSON.stringify(event)
            ? ''
            : event.type,
        ),
    });
    parser.push(bytes.subarray(0, 1000));
    parser.push(bytes.subarray(1000));
    expect([parser.end(), found.length, found.filter((type) => type !== '')]).toEqual([[], lines.length, []]);
  });

  test('is read from a file, whole or streamed', async () => {
    const path = join(folder, 'journal.1.ndjson');
    writeFileSync(path, bytes);
    const streamed: JournalEvent[] = [];
    expect(await streamJournal(path, (event) => streamed.push(event))).toEqual([]);
    expect([readJournal(path), streamed]).toEqual([{ events, findings: [] }, events]);
  });

  test('may hold types that nobody here knows', () => {
    const unknown = ['job.teleported', 'toString', '__proto__'].map(
      (type, index) => `{"v":1,"seq":${index + 2},"type":"${type}"}\n`,
    );
    const after = lines[0]!.replace('"seq":1,', '"seq":5,');
    expect(parse(lines[0] + unknown.join('') + after)).toEqual({
      events: [events[0], { ...events[0], seq: 5 }],
      findings: [],
    });
  });

  test('of a later attempt begins with a later number', () => {
    expect(parse(lines[6]! + lines[7]!)).toEqual({ events: events.slice(6, 8), findings: [] });
  });
});

describe('the end that a crash leaves', () => {
  test('at any byte: what is whole is read, the rest is ignored with a warning', () => {
    const sound = bytes.subarray(0, 1500);
    for (let length = 0; length <= sound.length; length++) {
      const { events: read, findings } = parse(sound.subarray(0, length));
      const whole = sound.subarray(0, length).lastIndexOf('\n') + 1;
      const count = sound.toString('latin1', 0, whole).split('\n').length - 1;
      expect(read).toEqual(events.slice(0, count));
      expect(
        findings.map(({ severity, code, line, byteOffset }) => ({ severity, code, line, byteOffset })),
      ).toEqual(
        whole === length
          ? []
          : [{ severity: 'warning', code: 'torn_tail', line: count + 1, byteOffset: whole }],
      );
    }
  });

  test.each([
    ['after whole lines', ''],
    ['within a line', lines[1]!.slice(0, 20)],
  ])('filled with zeros %s is a warning too', (_, begun) => {
    const { events: read, findings } = parse(lines[0] + begun + '\0'.repeat(5000));
    expect(read).toEqual([events[0]]);
    expect(findings).toMatchObject([
      { severity: 'warning', code: 'torn_tail', line: 2, byteOffset: Buffer.byteLength(lines[0]!) },
    ]);
  });
});

describe('a damaged journal', () => {
  const offset = Buffer.byteLength(lines.slice(0, 2).join(''));
  const damaged = (line: string) => lines.slice(0, 2).join('') + line + lines.slice(3).join('');
  const repair = `all before this line is sound; to keep just that, copy the file and run: truncate -s ${offset} j.ndjson`;

  test.each([
    ['not JSON', '{"v":1,\n'],
    ['zeros', `${'\0'.repeat(40)}\n`],
    ['empty', '\n'],
    ['not an object', '7\n'],
    ['null', 'null\n'],
    ['without a type', '{"v":1,"seq":3}\n'],
    ['with a broken number', '{"v":1,"seq":"3","type":"job.due"}\n'],
  ])('with a line that is %s is read up to it, and says how to keep that', (_, line) => {
    expect(parse(damaged(line))).toEqual({
      events: events.slice(0, 2),
      findings: [
        {
          severity: 'error',
          code: 'bad_line',
          message: 'this line is not a journal event',
          file: 'j.ndjson',
          line: 3,
          byteOffset: offset,
          hint: repair,
        },
      ],
    });
  });

  test('with a gap or a repetition in its numbers is read up to it', () => {
    const gap = parse(damaged(''));
    expect(gap.events).toEqual(events.slice(0, 2));
    expect(gap.findings).toMatchObject([
      { code: 'missing_events', line: 3, byteOffset: offset, hint: repair },
    ]);
    expect(parse(damaged(lines[1]!)).findings).toMatchObject([
      { code: 'missing_events', message: 'event 2 follows event 2: some are missing or repeated' },
    ]);
  });

  test('of a newer version is refused', () => {
    const { findings, events: read } = parse(damaged('{"v":2,"seq":3,"type":"job.due"}\n'));
    expect(read).toEqual(events.slice(0, 2));
    expect(findings).toMatchObject([
      {
        severity: 'error',
        code: 'newer_version',
        message: 'this line has version 2 of the journal, and this program reads versions up to 1',
        hint: 'use the version of Executioner that wrote it, or a newer one',
      },
    ]);
  });

  test('never throws, whatever a byte is changed to', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        const { events: read, findings } = parse(changed);
        expect(read.length + findings.length).toBeGreaterThan(0);
        expect(findings.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a damaged journal, of which all that is there is wanted', () => {
  const goOn = (text: string) => {
    const read: JournalEvent[] = [];
    const parser = journalParser({ goOn: true, onEvent: (event) => read.push(event) });
    parser.push(Buffer.from(text));
    return { read, findings: parser.end() };
  };

  test.each([
    ['a line that is no event', (all: string[]) => all.with(2, '{oops\n'), 'bad_line'],
    ['an event that is missing', (all: string[]) => all.toSpliced(2, 1), 'missing_events'],
    ['zeros', (all: string[]) => all.with(2, `${'\0'.repeat(40)}\n`), 'bad_line'],
  ])('is read on behind %s, which is told', (_, damage, code) => {
    const { read, findings } = goOn(damage(lines).join(''));
    expect(read).toEqual(events.toSpliced(2, 1));
    expect(findings).toMatchObject([{ severity: 'error', code, line: 3 }]);
    expect(findings[0]!.message).toMatch(/; what follows was read all the same$/);
  });

  test('gives what is there twice once, and says how many places there are', () => {
    const { read, findings } = goOn([...lines.slice(0, 6), ...lines.slice(2), 'oops\n'].join(''));
    expect(read).toEqual(events);
    expect(findings).toHaveLength(1);
    expect(findings[0]!.message).toMatch(/, and \d+ more like it; /);
  });

  test('is not read on behind a newer version', () => {
    const { read, findings } = goOn(lines.with(2, lines[2]!.replace('"v":1', '"v":2')).join(''));
    expect(read).toEqual(events.slice(0, 2));
    expect(findings).toMatchObject([{ code: 'newer_version' }]);
  });
});
