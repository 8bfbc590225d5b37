import { palette } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import { type Progress, statusLine } from '../../src/progress/index.ts';

const progress: Progress = {
  total: 40,
  done: 12,
  failed: 1,
  running: ['load', 'index', 'vacuum', 'report'],
  locking: 0,
  retrying: 0,
  approving: 0,
  state: 'going',
};
const options = {
  elapsedMs: 42_900,
  forecast: { remainingMs: 70_400, atLeast: false },
  columns: 120,
  colors: palette(false),
};
const line = (changes: Partial<Progress> = {}, settings: Partial<typeof options> = {}) =>
  statusLine({ ...progress, ...changes }, { ...options, ...settings }).text;

describe('the status line', () => {
  test('says how far the run has come, what runs, and how long it will take', () => {
    expect(line()).toBe(
      '▸ 12/40 done · 4 running: load, index, vacuum, … · 1 failed · 0:42 elapsed · about 1:10 left',
    );
  });

  test('says what holds the run up', () => {
    const held = { running: [], failed: 0, locking: 1, retrying: 2, approving: 3, state: 'paused' } as const;
    expect(line(held, { forecast: undefined as never })).toBe(
      '▸ 12/40 done · paused · 1 waiting for a lock · 2 to be retried · 3 waiting for approval · 0:42 elapsed',
    );
  });

  test('an uncertain forecast is a lower bound; nothing is ever over in no time', () => {
    expect(line({}, { forecast: { remainingMs: 3_723_000, atLeast: true } })).toMatch(/ · ≥ 1:02:03 left$/);
    expect(line({}, { forecast: { remainingMs: 0, atLeast: false } })).toMatch(/ · about 0:01 left$/);
  });

  test('drops names first, then the last parts, then cuts', () => {
    const widths = [80, 70, 50, 30, 12, 4].map((columns) => statusLine(progress, { ...options, columns }));
    expect(widths.map(({ text }) => text)).toEqual([
      '▸ 12/40 done · 4 running: load, … · 1 failed · 0:42 elapsed · about 1:10 left',
      '▸ 12/40 done · 4 running · 1 failed · 0:42 elapsed · about 1:10 left',
      '▸ 12/40 done · 4 running · 1 failed · 0:42 elapsed',
      '▸ 12/40 done · 4 running',
      '▸ 12/40 done',
      '▸ 1…',
    ]);
    expect(widths.map(({ width }) => width)).toEqual([77, 68, 50, 24, 12, 4]);
  });

  test('wide characters count twice, long names are cut', () => {
    const { text, width } = statusLine(
      { ...progress, running: ['负载', 'x'.repeat(30)], failed: 0 },
      { ...options, forecast: undefined },
    );
    expect(text).toBe(`▸ 12/40 done · 2 running: 负载, ${'x'.repeat(23)}… · 0:42 elapsed`);
    expect(width).toBe(text.length + 2);
  });

  test('colours do not change its width', () => {
    const coloured = statusLine(progress, { ...options, colors: palette(true) });
    expect(coloured.text).toContain('\u001B[31m1 failed');
    expect(coloured.width).toBe(statusLine(progress, options).width);
  });
});
