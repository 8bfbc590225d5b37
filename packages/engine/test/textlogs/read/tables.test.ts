import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { JobTable } from '../../../src/textlogs/read/jobTable.ts';
import { names } from '../../../src/textlogs/read/names.ts';
import { numberIndex } from '../../../src/textlogs/read/numberIndex.ts';

describe('names', () => {
  test('have the number of their first appearance, and their text back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 6 }), { maxLength: 2000 }), (texts) => {
        const table = names();
        const known = new Map<string, number>();
        for (const text of texts) {
          if (!known.has(text)) known.set(text, known.size);
          expect(table.numberOfText(text)).toBe(known.get(text));
        }
        expect(table.size()).toBe(known.size);
        for (const [text, number] of known) expect(table.text(number)).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  test('stay the same while the table grows', () => {
    const table = names();
    for (let round = 0; round < 2; round++)
      for (let number = 0; number < 20_000; number++)
        expect(table.numberOfText(`job ${number * 7919}`)).toBe(number);
  });
});

test('an index finds what a Map finds', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(1 << 20), { maxLength: 500 }),
      fc.array(fc.nat(1 << 20)),
      (added, asked) => {
        const index = numberIndex();
        for (const [place, number] of added.entries()) index.add(number, place);
        const places = new Map(added.map((number, place) => [number, place]));
        for (const number of [...added, ...asked]) expect(index.find(number)).toBe(places.get(number) ?? -1);
      },
    ),
  );
});

describe('a table of jobs', () => {
  test('has one row for each job, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 200 }), (asked) => {
        const table = new JobTable(names());
        const rows = new Map<number, number>();
        for (const name of asked) {
          expect(table.find(name)).toBe(rows.get(name) ?? -1);
          if (!rows.has(name)) rows.set(name, rows.size);
          expect(table.rowOf(name)).toBe(rows.get(name));
        }
        expect(table.size).toBe(rows.size);
      }),
    );
  });

  test('keeps the newest hundred tries of a job, in their order, among those of others', () => {
    const ids = names();
    const [a, b] = [ids.numberOfText('a'), ids.numberOfText('b')];
    const table = new JobTable(ids);
    // The first row is not the one with the number of the first name.
    const [rowB, rowA] = [table.rowOf(b), table.rowOf(a)];
    for (let tried = 0; tried < 250; tried++) {
      table.addTry(rowA, tried);
      if (tried % 2 === 0) table.addTry(rowB, tried);
    }
    expect(table.find(a)).toBe(rowA);
    expect(table.logged(rowA).tries.map(({ startedAtMs }) => startedAtMs)).toEqual(
      Array.from({ length: 100 }, (_, index) => 150 + index),
    );
    expect(table.logged(rowB).tries.map(({ startedAtMs }) => startedAtMs)).toEqual(
      Array.from({ length: 100 }, (_, index) => 50 + 2 * index),
    );
    table.forgetLastTry(rowB);
    expect(table.logged(rowB).tries.at(-1)?.startedAtMs).toBe(246);
    for (let tried = 0; tried < 99; tried++) table.forgetLastTry(rowB);
    expect(table.logged(rowB)).toMatchObject({ id: 'b', tries: [] });
    table.addTry(rowB, 7);
    expect(table.logged(rowB).tries).toHaveLength(1);
  });
});
