import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPatternMiner } from '../../src/patterns/index.ts';
import { mine, numberOf, textOfLines } from './mine.ts';

describe('patterns of a log', () => {
  it('tells count, level, first and last occurrence and examples', () => {
    const { patterns } = mine(
      [
        '2026-01-02 03:04:05 - INFO - load of 12 rows began',
        '2026-01-02 03:04:06 - WARNING - disk 80% full',
        '2026-01-02 03:04:07 - INFO - load of 7 rows began',
        '2026-01-02 03:04:08 - ERROR - load of 9 rows began',
      ].join('\n'),
      { raw: false, chunkBytes: 64 },
    );
    expect(patterns).toEqual([
      {
        number: 1,
        template: 'load of <*> rows began',
        count: 3,
        level: 'error',
        first: { file: 'test.log', line: 1, time: '2026-01-02 03:04:05' },
        last: { file: 'test.log', line: 4, time: '2026-01-02 03:04:08' },
        examples: ['load of 12 rows began'],
        jobs: [],
      },
      {
        number: 2,
        template: 'disk <*> full',
        count: 1,
        level: 'warning',
        first: { file: 'test.log', line: 2, time: '2026-01-02 03:04:06' },
        last: { file: 'test.log', line: 2, time: '2026-01-02 03:04:06' },
        examples: ['disk 80% full'],
        jobs: [],
      },
    ]);
  });

  const ofSources = (logs: Readonly<Record<string, readonly string[]>>, maxShapes = 100) => {
    const miner = createPatternMiner({ maxShapes });
    for (const [file, lines] of Object.entries(logs)) {
      miner.beginSource({ file });
      miner.add(Buffer.from(textOfLines(lines)));
    }
    return miner.finish().patterns;
  };

  it('of several logs tells the first and last line by their times, whatever the order of the logs', () => {
    const logs = {
      a: ['2026-01-02 03:00:20,5 - INFO - up', '2026-01-02 03:00:30 - INFO - up'],
      b: ['2026-01-02 03:00:10 - INFO - up', '2026-01-02T03:00:20Z INFO up'],
      c: ['2026-01-02 03:00:25 - INFO - up'],
    };
    for (const order of ['abc', 'bca', 'cab', 'cba']) {
      const ordered = Object.fromEntries([...order].map((file) => [file, logs[file as 'a']]));
      expect(ofSources(ordered)).toMatchObject([
        {
          count: 5,
          first: { file: 'b', line: 1, time: '2026-01-02 03:00:10' },
          last: { file: 'a', line: 2, time: '2026-01-02 03:00:30' },
        },
      ]);
    }
  });

  it('tells them so of lines that are grouped, too', () => {
    const logs = {
      a: ['2026-01-02 03:00:20 - INFO - user ann.x came', '2026-01-02 03:00:30 - INFO - user bob.y came'],
      b: ['2026-01-02 03:00:10 - INFO - user cy.z came', '2026-01-02 03:00:15 - INFO - user di.w came'],
    };
    for (const maxShapes of [100, 2])
      expect(ofSources(logs, maxShapes).at(-1)).toMatchObject({
        first: { file: 'b', line: 1 },
        last: { file: 'a', line: 2 },
      });
  });

  it('goes by the order of the logs where their lines do not tell when they were written', () => {
    expect(
      ofSources({ a: ['Jan  3 03:04:05 up'], b: ['up', 'up'], c: ['Jan  2 03:04:05 up'] }),
    ).toMatchObject([{ first: { file: 'a', line: 1 }, last: { file: 'c', line: 1 } }]);
  });

  it('says nothing of an empty log', () => {
    expect(mine('').patterns).toEqual([]);
  });
});

const word = fc.constantFrom(
  'load',
  'failed',
  'user',
  'ann',
  'bob',
  'of',
  'table',
  'a.b',
  'x=',
  '(',
  ')',
  ',',
  '"q"',
);
const value = fc.oneof(fc.nat().map(String), fc.ipV4(), fc.uuid(), fc.webUrl(), fc.string());
const line = fc
  .array(fc.oneof(word, value), { maxLength: 8 })
  .map((words) => words.join(' ').replace(/\n/g, ' '));
const lines = fc.array(line, { minLength: 1, maxLength: 60 });

describe('every log', () => {
  it('gives each line exactly one template, and counts it there', () => {
    fc.assert(
      fc.property(lines, (log) => {
        const mined = mine(textOfLines(log));
        const counts = new Map<number, number>();
        for (const each of log) {
          const number = numberOf(mined, each);
          counts.set(number, (counts.get(number) ?? 0) + 1);
        }
        expect(mined.patterns.map(({ number, count }) => [number, count])).toEqual(
          [...counts].sort(([a], [b]) => a - b),
        );
      }),
    );
  });

  it('has templates that match their lines: the words in order, anything between', () => {
    fc.assert(
      fc.property(lines, (log) => {
        const mined = mine(textOfLines(log));
        for (const each of log) {
          const { template } = mined.patterns[numberOf(mined, each) - 1]!;
          const words = template.split('<*>').flatMap((part) => part.split(/\s+/));
          let at = 0;
          for (const part of words) {
            const found = each.indexOf(part, at);
            expect({ each, template, found: found >= at }).toEqual({ each, template, found: true });
            at = found + part.length;
          }
        }
      }),
    );
  });

  it('gives the same patterns however its bytes are cut', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 50 }), (log, chunkBytes) => {
        const text = log.join('\n');
        expect(mine(text, { chunkBytes }).patterns).toEqual(mine(text).patterns);
      }),
    );
  });

  it('gives the same groups whatever the order of its lines', () => {
    fc.assert(
      fc.property(lines, (log) => {
        const groups = (texts: readonly string[]): string[] => {
          const mined = mine(textOfLines(texts));
          return mined.patterns.map(({ template, count }) => `${count} ${template}`).sort();
        };
        expect(groups([...log].reverse())).toEqual(groups(log));
      }),
    );
  });

  it('gives each line a template also when there are more kinds of lines than are kept', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 2, max: 10 }), (log, maxShapes) => {
        const mined = mine(textOfLines(log), { maxShapes });
        expect(mined.patterns.reduce((sum, { count }) => sum + count, 0)).toBe(log.length);
        for (const each of log) expect(numberOf(mined, each)).toBeGreaterThan(0);
      }),
    );
  });
});

describe('memory', () => {
  it('holds a bounded number of templates for any log', () => {
    const letters = (n: number): string =>
      n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!);
    const log = Array.from({ length: 20_000 }, (_, i) => `${letters(i)} ${letters(i * 7919)} happened once`);
    const { patterns } = mine(textOfLines(log), { maxShapes: 500 });
    expect(patterns.length).toBeLessThanOrEqual(1000);
    expect(patterns.reduce((sum, { count }) => sum + count, 0)).toBe(20_000);
  });
});

describe('a log that repeats nothing', () => {
  const letters = (n: number): string =>
    n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!);
  const unlike = (count: number, from = 0): string[] =>
    Array.from(
      { length: count },
      (_, i) => `${letters(from + i)} ${letters((from + i) * 7919)} happened once`,
    );

  it('shows what is frequent also where it begins late', () => {
    const late = Array.from({ length: 2000 }, (_, i) => `the lamp of room ${letters(i * 31)} shines`);
    const log = unlike(20_000);
    const mixed = unlike(2000, 20_000).flatMap((line, i) => [line, late[i]!]);
    const { patterns } = mine(textOfLines([...log, ...mixed]), { maxShapes: 500 });
    const found = patterns.find(({ template }) => template === 'the lamp of room <*> shines');
    expect(found?.count).toBeGreaterThan(1700);
    expect(found?.count).toBeLessThan(2300);
    expect(found?.estimated).toBe(true);
    expect(patterns.reduce((sum, { count }) => sum + count, 0)).toBe(24_000);
  });

  it('shows a line that is there again', () => {
    const again = 'the disk is full and nothing can be written';
    const log = [...unlike(20_000), again, ...unlike(700, 20_000), again, ...unlike(300, 30_000), again];
    const { patterns } = mine(textOfLines(log), { maxShapes: 500 });
    const found = patterns.find(({ template }) => template === again);
    expect(found?.count).toBeGreaterThanOrEqual(2);
    expect(found?.last.line).toBe(log.length);
  });

  it('counts what is left over once, with lines that are one value', () => {
    const values = Array.from({ length: 50 }, (_, i) => `${i}`);
    const { patterns } = mine(textOfLines([...values, ...unlike(5000), ...values]), { maxShapes: 500 });
    expect(patterns.filter(({ template }) => template === '<*>')).toHaveLength(1);
  });

  it('knows where a line was before that is there again, however rarely', () => {
    const stamped = (line: string, second: number): string => `2026-01-02 03:04:0${second} - INFO - ${line}`;
    const log = unlike(60_000).map((line) => stamped(line, 1));
    // Of the form of all others.
    const again = 'the disk is full';
    log[20_003] = stamped(again, 2);
    log[40_001] = stamped(again, 3);
    log[59_999] = stamped(again, 4);
    const { patterns } = mine(textOfLines(log), { raw: false });
    expect(patterns.find(({ template }) => template === again)).toMatchObject({
      count: 3,
      first: { line: 20_004, time: '2026-01-02 03:04:02' },
      last: { line: 60_000, time: '2026-01-02 03:04:04' },
    });
    expect(patterns.reduce((sum, { count }) => sum + count, 0)).toBe(60_000);
  });

  it('is compared whole while it is short', () => {
    const { patterns } = mine(textOfLines(unlike(3999)));
    expect(patterns).toHaveLength(3999);
    expect(patterns.filter(({ estimated }) => estimated)).toEqual([]);
  });

  it('shows what tells of trouble at its place, however long the log is', () => {
    const log = unlike(30_000).map((line) => `2026-01-02 03:04:05 - INFO - ${line}`);
    log[20_000] = '2026-01-02 03:04:06 - ERROR - the disk is full';
    const { patterns } = mine(textOfLines(log), { raw: false });
    expect(patterns.length).toBeLessThan(3000);
    expect(patterns.find(({ level }) => level === 'error')).toEqual({
      number: expect.any(Number),
      template: 'the disk is full',
      count: 1,
      level: 'error',
      first: { file: 'test.log', line: 20_001, time: '2026-01-02 03:04:06' },
      last: { file: 'test.log', line: 20_001, time: '2026-01-02 03:04:06' },
      examples: ['the disk is full'],
      jobs: [],
    });
    expect(patterns.reduce((sum, { count }) => sum + count, 0)).toBe(30_000);
  });

  it('shows what is of another form than its other lines', () => {
    const log = unlike(30_000);
    log[20_000] = 'rolled back!';
    const { patterns } = mine(textOfLines(log));
    expect(patterns.find(({ template }) => template === 'rolled back!')?.first.line).toBe(20_001);
  });
});

describe('a log of many kinds of lines', () => {
  const letters = (n: number): string =>
    n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!);

  it('is compared whole where they repeat', () => {
    const kinds = Array.from({ length: 5000 }, (_, i) => `${letters(i)} ${letters(i * 7919)} happened often`);
    const { patterns } = mine(textOfLines(kinds.flatMap((line) => [line, line, line, line])));
    expect(patterns.map(({ count }) => count)).toEqual(kinds.map(() => 4));
    expect(patterns.some(({ estimated }) => estimated)).toBe(false);
  });

  it('is compared whole where they are of one pattern', () => {
    const log = Array.from({ length: 9000 }, (_, i) => `the lamp of room ${letters(i)} shines`);
    const { patterns } = mine(textOfLines(log));
    expect(patterns.map(({ template, count }) => [template, count])).toEqual([
      ['the lamp of room <*> shines', 9000],
    ]);
    expect(patterns[0]!.estimated).toBeUndefined();
  });
});
