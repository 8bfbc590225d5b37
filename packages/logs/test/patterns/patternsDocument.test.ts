import { expect, it } from '@jest/globals';
import { patternsDocument } from '../../src/patterns/render/document.ts';
import { mine, textOfLines } from './mine.ts';

it('shows warnings and errors before what is more frequent', () => {
  const lines = [
    ...Array.from({ length: 20 }, (_, i) => `2026-01-02 03:04:05 - INFO - loaded ${i} rows`),
    '2026-01-02 03:04:05 - INFO - loading began',
    '2026-01-02 03:04:06 - ERROR - no table orders',
    '2026-01-02 03:04:06 - WARNING - disk nearly full',
  ];
  const { patterns } = mine(textOfLines(lines), { raw: false });
  const { sections } = patternsDocument({ patterns, lines: lines.length }, 1);
  const shown = sections.map(({ title, blocks }) => [
    title,
    blocks.map((block) =>
      block.kind === 'table' ? block.rows.map((row) => row.at(-1)) : block.kind === 'text' && block.text,
    ),
  ]);
  expect(shown).toEqual([
    ['Warnings and errors', [['no table orders'], '1 rarer pattern not shown: --limit 2 shows all']],
    [
      'All others, the most frequent first',
      [['loaded <*> rows'], '1 rarer pattern not shown: --limit 2 shows all'],
    ],
  ]);
  const plain = mine(textOfLines(['one', 'two three'])).patterns;
  expect(patternsDocument({ patterns: plain, lines: 2 }, 9).sections.map(({ title }) => title)).toEqual([
    'The most frequent first',
  ]);
});

it('says where lines stand that do not say when they were written', () => {
  const lines = [...Array.from({ length: 1499 }, () => 'tick'), '2026-01-02 03:04:05 - INFO - done', 'tock'];
  const { patterns } = mine(textOfLines(lines), { raw: false });
  const [{ blocks }] = patternsDocument({ patterns, lines: lines.length }, 9).sections as [
    ReturnType<typeof patternsDocument>['sections'][number],
  ];
  expect(blocks[0]).toMatchObject({
    rows: [
      ['1,499', '>99%', 'line 1', 'line 1,499', 'tick'],
      ['1', '<1%', '2026-01-02 03:04:05', '2026-01-02 03:04:05', 'done'],
      ['1', '<1%', 'line 1,501', 'line 1,501', 'tock'],
    ],
  });
});
