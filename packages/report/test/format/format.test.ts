import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  countOf,
  formatBytes,
  formatCount,
  formatDuration,
  formatPercent,
  formatTime,
  visibleText,
} from '../../src/format/index.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

test.each([
  [0, '0ms'],
  [0.4, '0ms'],
  [340, '340ms'],
  [999.4, '999ms'],
  [999.6, '1.0s'],
  [3440, '3.4s'],
  [9949, '9.9s'],
  [9950, '10s'],
  [59_499, '59s'],
  [59_500, '1m 00s'],
  [83_000, '1m 23s'],
  [hourMs - 501, '59m 59s'],
  [hourMs - 500, '1h 00m'],
  [2 * hourMs + 5 * minuteMs, '2h 05m'],
  [24 * hourMs - 1, '1d 00h'],
  [76 * hourMs, '3d 04h'],
  [-1500, '-1.5s'],
])('formatDuration(%d) is %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});

test('a longer duration never reads as a shorter one', () => {
  const units: Readonly<Record<string, number>> = {
    ms: 1,
    s: secondMs,
    m: minuteMs,
    h: hourMs,
    d: 24 * hourMs,
  };
  const read = (text: string): number =>
    text
      .split(' ')
      .reduce((sum, part) => sum + Number.parseFloat(part) * units[part.replace(/[\d.]/g, '')]!, 0);
  const durations = fc.integer({ min: 0, max: 100 * 24 * hourMs });
  fc.assert(
    fc.property(durations, durations, (a, b) => {
      const [shorter, longer] = a < b ? [a, b] : [b, a];
      expect(read(formatDuration(shorter))).toBeLessThanOrEqual(read(formatDuration(longer)));
    }),
  );
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1536, '1.5 KiB'],
  [10 * 1024, '10 KiB'],
  [1024 * 1024 - 1, '1.0 MiB'],
  [23.4 * 1024 ** 2, '23 MiB'],
  [5 * 1024 ** 5, '5.0 PiB'],
  [5000 * 1024 ** 5, '5000 PiB'],
])('formatBytes(%d) is %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('counts and shares', () => {
  expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([countOf(0, 'job'), countOf(1, 'job'), countOf(1200, 'job'), countOf(2, 'try', 'tries')]).toEqual([
    '0 jobs',
    '1 job',
    '1,200 jobs',
    '2 tries',
  ]);
  expect([0, 0.001, 0.125, 0.996, 1].map(formatPercent)).toEqual(['0%', '<1%', '13%', '>99%', '100%']);
});

test('times in a zone, over a change to summer time', () => {
  const timeMs = Date.parse('2026-03-29T00:59:59Z');
  expect([
    formatTime(timeMs),
    formatTime(timeMs, 'Europe/Berlin'),
    formatTime(timeMs + 1000, 'Europe/Berlin'),
    formatTime(timeMs, 'Asia/Kolkata'),
    formatTime(timeMs, 'America/New_York'),
    formatTime(timeMs, 'Europe/London'),
  ]).toEqual([
    '2026-03-29 00:59:59 UTC',
    '2026-03-29 01:59:59 +01:00',
    '2026-03-29 03:00:00 +02:00',
    '2026-03-29 06:29:59 +05:30',
    '2026-03-28 20:59:59 -04:00',
    '2026-03-29 00:59:59 +00:00',
  ]);
  expect(() => formatTime(timeMs, 'Mars/Olympus')).toThrow(RangeError);
});

test('text of unknown origin cannot move the cursor, colour or turn the line', () => {
  expect(visibleText('a\u001b[31mb\r\n\tc\u0000\u202ed\u2028e\ud800f')).toBe(
    'a\\x1b[31mb\\r\\n\\tc\\x00\\u{202e}d\\u{2028}e\\u{d800}f',
  );
  expect(visibleText('plain é データ 👩‍🚀')).toBe('plain é データ 👩‍🚀');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => expect(visibleText(text)).not.toMatch(/\p{Cc}/u)),
  );
});
