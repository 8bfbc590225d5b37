import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { patternMatcher } from '../../src/output/patternMatcher.ts';

function replaced(patterns: readonly string[], pieces: readonly string[]): string {
  const stream = patternMatcher(patterns, '#').stream();
  return pieces.map((piece) => stream.push(piece)).join('') + stream.flush();
}

/** Every occurrence of every pattern, marked by comparing at each place; runs that overlap become one. */
function naivelyReplaced(patterns: readonly string[], text: string): string {
  const spans = patterns
    .flatMap((pattern) =>
      [...text].flatMap((_, start) =>
        text.startsWith(pattern, start) ? [{ start, end: start + pattern.length }] : [],
      ),
    )
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: { start: number; end: number }[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && span.start < last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  let result = '';
  let position = 0;
  for (const { start, end } of merged) {
    result += `${text.slice(position, start)}#`;
    position = end;
  }
  return result + text.slice(position);
}

const word = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: min, maxLength: max });

describe('replacing patterns in a stream', () => {
  test('finds what a comparison at every place finds, however the text is cut', () => {
    fc.assert(
      fc.property(
        fc.array(word(1, 6), { maxLength: 6 }),
        fc.array(word(0, 12), { maxLength: 6 }),
        (patterns, pieces) => {
          expect(replaced(patterns, pieces)).toBe(naivelyReplaced([...new Set(patterns)], pieces.join('')));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('a match that contains earlier ones covers them', () => {
    expect(replaced(['bc', 'ef', 'abcdefgh'], ['xabcd', 'efghx'])).toBe('x#x');
    expect(replaced(['bc', 'ef', 'abcdefgh'], ['xabcd', 'efgx'])).toBe('xa#d#gx');
  });

  test('a match whose beginning is cut off hides no shorter one behind it', () => {
    expect(replaced(['bbcb', 'bc'], ['abbc', 'b'])).toBe('a#');
  });

  test('holds back no more than the longest pattern', () => {
    const stream = patternMatcher(['aaaa'], '#').stream();
    let given = 0;
    for (let piece = 0; piece < 1000; piece++) given += stream.push('a'.repeat(1000)).length;
    expect(given).toBe(1);
    expect(stream.flush()).toBe('');
    expect(stream.push('xaaa')).toBe('x');
    expect(stream.flush()).toBe('aaa');
  });

  test('time is linear in the text also when every place begins a long pattern', () => {
    const matcher = patternMatcher([`${'a'.repeat(20_000)}b`], '#');
    const text = 'a'.repeat(2_000_000);
    const stream = matcher.stream();
    expect(stream.push(text).length + stream.flush().length).toBe(text.length);
  });

  test('units of all kinds', () => {
    expect(replaced(['grün😀', '\uffffx'], ['ein gr', 'ün\ud83d', '\ude00 und \uffff', 'x'])).toBe(
      'ein # und #',
    );
  });
});
