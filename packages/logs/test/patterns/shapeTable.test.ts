import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createShapeTable } from '../../src/patterns/shapeTable.ts';

it('has the numbers it was given, as a map would, and forgets those below one', () => {
  const half = fc.integer({ min: -3, max: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(half, half)), fc.nat(20), (hashes, first) => {
      const table = createShapeTable();
      const map = new Map<string, number>();
      for (const [low, high] of hashes) {
        const known = map.get(`${low} ${high}`);
        expect(table.find(low, high)).toBe(known ?? -1);
        if (known !== undefined) continue;
        table.add(low, high, map.size);
        map.set(`${low} ${high}`, map.size);
      }
      expect(table.size).toBe(map.size);
      table.keepFrom(first);
      for (const [low, high] of hashes) {
        const number = map.get(`${low} ${high}`)!;
        expect(table.find(low, high)).toBe(number < first ? -1 : number);
      }
    }),
  );
});

it('grows', () => {
  const table = createShapeTable();
  for (let i = 0; i < 10_000; i++) table.add(Math.imul(i, 4096), i, i);
  for (let i = 0; i < 10_000; i++) expect(table.find(Math.imul(i, 4096), i)).toBe(i);
});
