import { countOf, formatCount, type ReportDocument, type Section, visibleText } from '@executioner/report';
import type { Novelty } from './findNovelty.ts';
import { noveltyTable } from './noveltyTable.ts';

/** What was compared, and what came of it. */
export interface NamedNovelty {
  /** `load in run 12`. */
  readonly name: string;
  readonly novelty: Novelty;
}

const nothingFound: Section = {
  title: 'Nothing to compare',
  blocks: [
    {
      kind: 'text',
      text: 'A log of the failed job is needed, and one of an earlier run in which it went well. Name any two: logs novelty failed.log --good good.log',
    },
  ],
};

/** What tells failed attempts from good ones as a document, for people. */
export function noveltyDocument(found: readonly NamedNovelty[], limit: number): ReportDocument {
  return {
    title: 'Messages that tell failed attempts from good ones',
    facts: [['ranked by', 'log-likelihood ratio G² over lines and attempts (Dunning 1993)']],
    sections:
      found.length === 0
        ? [nothingFound]
        : found.map(({ name, novelty }) => {
            const { failed, good, patterns } = novelty;
            const compared = `${countOf(failed.lines, 'line')} of ${countOf(failed.attempts, 'failed attempt')} compared with ${countOf(good.lines, 'line')} of ${countOf(good.attempts, 'good one')}.`;
            const left = patterns.length - limit;
            return {
              title: visibleText(name),
              blocks: [
                { kind: 'text', text: compared },
                patterns.length === 0
                  ? { kind: 'text', text: 'They say the same.' }
                  : noveltyTable(novelty, limit),
                ...(left > 0
                  ? [
                      {
                        kind: 'text',
                        text: `${formatCount(left)} more with --limit ${patterns.length}`,
                      } as const,
                    ]
                  : []),
              ],
            };
          }),
  };
}
