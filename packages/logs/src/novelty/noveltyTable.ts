import { type Block, formatCount } from '@executioner/report';
import { templateText } from '../patterns/index.ts';
import type { Novelty } from './findNovelty.ts';

/** The messages that tell failed attempts from good ones, as a table of at most `limit` rows. */
export function noveltyTable({ patterns, good }: Novelty, limit: number): Extract<Block, { kind: 'table' }> {
  return {
    kind: 'table',
    columns: [
      { title: 'Now' },
      { title: 'Failed', align: 'right' },
      { title: 'Good', align: 'right' },
      { title: 'In good runs', align: 'right' },
      { title: 'G²', align: 'right' },
      { title: 'Message', elastic: true },
    ],
    rows: patterns
      .slice(0, limit)
      .map(({ difference, failedLines, goodLines, inGood, score, pattern }) => [
        difference,
        formatCount(failedLines),
        formatCount(goodLines),
        `${inGood} of ${good.attempts}`,
        score.toFixed(1),
        templateText(pattern),
      ]),
  };
}
