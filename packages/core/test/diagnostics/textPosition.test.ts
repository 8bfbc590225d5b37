import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLineIndex } from '../../src/diagnostics/index.ts';

describe('createLineIndex', () => {
  test('lines end with LF, CRLF and a lone CR, not with other separators', () => {
    const index = createLineIndex('a\nbc\r\nd\re\u2028f\u0085g\vh\n');
    expect(index.lineCount).toBe(5);
    expect(index.positionAt(0)).toEqual({ offset: 0, line: 1, column: 1 });
    expect(index.positionAt(1)).toEqual({ offset: 1, line: 1, column: 2 });
    expect(index.positionAt(2)).toEqual({ offset: 2, line: 2, column: 1 });
    expect(index.positionAt(5)).toEqual({ offset: 5, line: 2, column: 4 });
    expect(index.positionAt(6)).toEqual({ offset: 6, line: 3, column: 1 });
    expect(index.positionAt(8)).toEqual({ offset: 8, line: 4, column: 1 });
    expect(index.positionAt(16)).toEqual({ offset: 16, line: 5, column: 1 });
  });

  test('an empty text has one line', () => {
    const index = createLineIndex('');
    expect(index.lineCount).toBe(1);
    expect(index.rangeOf(0, 5)).toEqual({
      start: { offset: 0, line: 1, column: 1 },
      end: { offset: 0, line: 1, column: 1 },
    });
  });

  test('what lies outside is moved to the nearest end', () => {
    const index = createLineIndex('ab\ncd');
    expect(index.positionAt(-3)).toEqual({ offset: 0, line: 1, column: 1 });
    expect(index.positionAt(99)).toEqual({ offset: 5, line: 2, column: 3 });
    expect([index.offsetAt(0, 1), index.offsetAt(1, 99), index.offsetAt(2, 0), index.offsetAt(3, 1)]).toEqual(
      [0, 2, 3, 5],
    );
    expect(index.rangeOf(4, 1)).toEqual({ start: index.positionAt(4), end: index.positionAt(4) });
  });

  test('agrees with counting by hand, and back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', '\r', '日', '😀') }),
        fc.nat(40),
        (text, offset) => {
          const index = createLineIndex(text);
          const inside = Math.min(offset, text.length);
          const position = index.positionAt(inside);
          const isInsideCrLf = text[inside - 1] === '\r' && text[inside] === '\n';
          const before = text.slice(0, isInsideCrLf ? inside - 1 : inside).split(/\r\n|\n|\r/);
          expect(position).toEqual({
            offset: inside,
            line: before.length,
            column: before.at(-1)!.length + 1 + (isInsideCrLf ? 1 : 0),
          });
          expect(index.lineCount).toBe(text.split(/\r\n|\n|\r/).length);
          if (!isInsideCrLf) expect(index.offsetAt(position.line, position.column)).toBe(inside);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
