import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createByteTable } from '../../src/patterns/byteTable.ts';

it('has each text once, with the number it was given, as a map would', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 4 })), fc.integer({ min: 1, max: 5 }), (texts, expected) => {
      const table = createByteTable(expected);
      const map = new Map<string, number>();
      for (const text of texts) {
        const bytes = Buffer.from(text);
        // A bad hash, so that different texts share one.
        const found = table.find(bytes, 0, bytes.length, bytes.length);
        expect(found).toBe(map.get(text) ?? -1);
        if (found < 0) map.set(text, table.add(bytes, 0, bytes.length));
      }
      expect(table.size).toBe(map.size);
      for (const [text, number] of map) expect(Buffer.from(table.bytesOf(number)).toString()).toBe(text);
    }),
  );
});
