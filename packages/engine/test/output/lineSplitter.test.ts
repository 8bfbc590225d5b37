import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lineSplitter, longestLine } from '../../src/output/index.ts';

function split(...chunks: (string | number[])[]): string[] {
  const splitter = lineSplitter();
  const lines = chunks.flatMap((chunk) =>
    splitter.push(typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk)),
  );
  return [...lines, ...splitter.end()];
}

describe('cutting output into lines', () => {
  test.each([
    [['a\nb\n'], ['a', 'b']],
    [['a\n\nb'], ['a', '', 'b']],
    [['a\r\nb\r\n'], ['a', 'b']],
    [
      ['a\r', '\nb'],
      ['a', 'b'],
    ],
    [
      ['10%\r20%\r', '30%\ndone'],
      ['10%', '20%', '30%', 'done'],
    ],
    [['trailing \t\n'], ['trailing']],
    [['a\r'], ['a']],
    [['\n'], ['']],
    [['\r'], ['']],
    [['   '], ['']],
    [[''], []],
  ])('%j', (chunks, expected) => {
    expect(split(...chunks)).toEqual(expected);
  });

  test('characters that straddle chunks stay whole, invalid bytes become U+FFFD', () => {
    expect(split([0xe2, 0x82], [0xac, 0x0a])).toEqual(['€']);
    expect(split([0x61, 0xff, 0x62, 0x0a])).toEqual(['a\ufffdb']);
    expect(split([0xe2, 0x82])).toEqual(['\ufffd']);
  });

  test('a line that never ends is cut, never inside a character', () => {
    const lines = split(`x${'😀'.repeat(longestLine)}`);
    expect(lines.length).toBe(3);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(longestLine);
    expect(lines.join('')).toBe(`x${'😀'.repeat(longestLine)}`);
  });

  test('memory stays bounded: nothing longer than a line is held back', () => {
    const splitter = lineSplitter();
    const chunk = Buffer.alloc(longestLine, 'y');
    let out = 0;
    for (let count = 0; count < 100; count += 1) for (const line of splitter.push(chunk)) out += line.length;
    expect(out).toBeGreaterThanOrEqual(99 * longestLine);
  });

  test('how the bytes are cut into chunks makes no difference', () => {
    const text = fc.array(fc.constantFrom('a', 'é', '😀', '\r', '\n', '\r\n', ' ', '\t'), { maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(100)), (parts, cuts) => {
        const bytes = Buffer.from(parts.join(''));
        const borders = [
          0,
          ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
          bytes.length,
        ];
        const chunks = borders.slice(1).map((end, index) => [...bytes.subarray(borders[index], end)]);
        expect(split(...chunks)).toEqual(split([...bytes]));
      }),
    );
  });
});
