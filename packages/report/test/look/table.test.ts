import { palette } from '@executioner/core';
import { expect, test } from '@jest/globals';
import { paintStatus, statusLook, textTable } from '../../src/look/index.ts';

const columns = [
  { title: 'Job', elastic: true },
  { title: 'Status' },
  { title: 'Tries', align: 'right' },
] as const;

test('columns are aligned, also with wide characters and colours', () => {
  const { red } = palette(true);
  expect(
    textTable(columns, [
      ['load', red('failed'), '12'],
      ['データ', 'ok', '1'],
    ]),
  ).toEqual(['Job     Status  Tries', `load    ${red('failed')}     12`, 'データ  ok          1']);
});

test('the elastic column gives way to the width of the terminal', () => {
  const rows = [
    ['a-very-long-job-identifier', 'succeeded', '1'],
    ['b', 'ok', '2'],
  ];
  const lines = textTable(columns, rows, { width: 30 });
  expect(lines).toEqual([
    'Job           Status     Tries',
    'a-very-long…  succeeded      1',
    'b             ok             2',
  ]);
  expect(Math.max(...lines.map((line) => line.length))).toBe(30);
  expect(textTable(columns, rows, { width: 10 })[1]).toBe('a-very-…  succeeded      1');
});

test('a cell that is shortened has no colours, and wide characters are not halved', () => {
  const { red } = palette(true);
  const rows = [
    [red('a-very-long-job-identifier'), 'ok', '1'],
    ['データを読み込む仕事', 'ok', '2'],
  ];
  expect(textTable(columns, rows, { width: 23 })).toEqual([
    'Job       Status  Tries',
    'a-very-…  ok          1',
    'データ…   ok          2',
  ]);
});

test('of two elastic columns the last gives way first', () => {
  const both = [
    { title: 'Job', elastic: true },
    { title: 'Reason', elastic: true },
  ];
  const rows = [['a-job-with-a-name', 'needs "another-job"']];
  expect([30, 22, 5].map((width) => textTable(both, rows, { width })[1])).toEqual([
    'a-job-with-a-name  needs "ano…',
    'a-job-with-…  needs "…',
    'a-job-w…  needs "…',
  ]);
});

test('no rows: the titles', () => {
  expect(textTable(columns, [])).toEqual(['Job  Status  Tries']);
});

test('a status reads without colours, and an allowed failure is no alarm', () => {
  expect(paintStatus(palette(false), statusLook('timed_out'))).toBe('✗ timed out');
  expect([statusLook('failed'), statusLook('failed', 'allowed'), statusLook('succeeded', 'marked')]).toEqual([
    { word: 'failed', glyph: '✗', tone: 'bad' },
    { word: 'failed (allowed)', glyph: '✗', tone: 'warning' },
    { word: 'succeeded (marked)', glyph: '✓', tone: 'good' },
  ]);
});
