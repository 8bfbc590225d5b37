import { type Block, countOf } from '@executioner/report';
import { describeEnd } from './describe.ts';
import type { ExcerptLine } from './excerpt.ts';
import type { FailureReport } from './failureReport.ts';

/** A failure in a document: how the job ended, and the lines it printed that matter. */
export function failureBlocks(failure: FailureReport): Block[] {
  const { job, category, allowed, excerpt } = failure;
  const end = describeEnd({ job, category });
  // That it ended with an exit code says nothing where the code itself follows.
  const title = category.key === 'exit-code' ? (end.startsWith('exit code') ? '' : 'failed') : category.title;
  const note = allowed ? ' (allowed to fail)' : '';
  return [
    {
      kind: 'text',
      text: `${job.id}: ${[title, end].filter((part) => part !== '').join(', ')}${note}`,
      tone: allowed ? 'warning' : 'bad',
    },
    ...(excerpt.length === 0 ? [] : [{ kind: 'output', lines: excerpt.flatMap(outputLines) } as const]),
  ];
}

function outputLines({ text, matters, skipped }: ExcerptLine) {
  return [
    ...(skipped > 0 ? [{ text: `… ${countOf(skipped, 'line')} …`, tone: 'muted' as const }] : []),
    { text, ...(matters && { tone: 'bad' as const }) },
  ];
}
