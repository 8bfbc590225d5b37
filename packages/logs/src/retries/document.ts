import {
  countOf,
  formatDuration,
  formatPercent,
  type ReportDocument,
  type Section,
  visibleText,
} from '@executioner/report';
import type { RetryAdvice, RetryPolicy } from './retryAdvice.ts';

/** Advice on retries as a document, for people. */
export function retriesDocument(advice: readonly RetryAdvice[], runs: number): ReportDocument {
  const lostMs = advice.reduce((sum, each) => sum + each.lostMs, 0);
  const title = 'Retries';
  const isOne = new Set(advice.map(({ application }) => application)).size <= 1;
  const nameOf: NameOf = ({ application, job }) => (isOne ? job : `${application}: ${job}`);
  if (advice.length === 0)
    return {
      title,
      verdict: { text: 'no job failed', tone: 'good' },
      facts: [['runs', String(runs)]],
      sections: [],
    };
  return {
    title,
    facts: [
      ['runs', String(runs)],
      ['jobs that failed', String(advice.length)],
      ['lost in vain retries', formatDuration(lostMs)],
    ],
    sections: [
      overview(advice, nameOf),
      ...advice.filter(({ curve }) => curve.length > 0).map((each) => details(each, nameOf)),
    ],
  };
}

type NameOf = (advice: RetryAdvice) => string;

function overview(advice: readonly RetryAdvice[], nameOf: NameOf): Section {
  return {
    title: 'Advice',
    blocks: [
      {
        kind: 'table',
        columns: [
          { title: 'Job', elastic: true },
          { title: 'Runs', align: 'right' },
          { title: 'First try failed', align: 'right' },
          { title: 'Retries helped', align: 'right' },
          { title: 'Lost', align: 'right' },
          { title: 'Advice', elastic: true },
        ],
        rows: advice.map((each) => [
          nameOf(each),
          String(each.runs),
          String(each.firstFailures),
          helped(each),
          each.lostMs === 0 ? '' : formatDuration(each.lostMs),
          `${adviceText(each.policy)}: ${each.policy.why}`,
        ]),
      },
    ],
  };
}

function helped({ curve }: RetryAdvice): string {
  if (curve.length === 0) return '';
  const succeeded = curve.reduce((sum, step) => sum + step.succeeded, 0);
  return `${succeeded} of ${curve[0]!.made}`;
}

function adviceText({ action, maxRetries, hopelessExitCodes }: RetryPolicy): string {
  const codes =
    hopelessExitCodes.length === 0 || action === 'stop'
      ? ''
      : `, without exit code ${hopelessExitCodes.join(', ')} in "retry_on_exit_codes"`;
  switch (action) {
    case 'stop':
      return 'set "max_retries": 0';
    case 'lower':
    case 'raise':
    case 'add':
      return `set "max_retries": ${maxRetries}${codes}`;
    case 'keep':
      return `keep "max_retries": ${maxRetries}${codes}`;
    case 'none':
      return 'leave as it is';
  }
}

function details(advice: RetryAdvice, nameOf: NameOf): Section {
  const { curve, ends, wellSpentMs, lostMs } = advice;
  return {
    title: visibleText(nameOf(advice)),
    blocks: [
      {
        kind: 'table',
        columns: [
          { title: 'Retry', align: 'right' },
          { title: 'Made', align: 'right' },
          { title: 'Helped', align: 'right' },
          { title: 'Succeeded by then', align: 'right' },
          { title: 'Curve' },
        ],
        rows: curve.map(({ retry, made, succeeded, successShare }) => [
          String(retry),
          String(made),
          String(succeeded),
          formatPercent(successShare),
          '█'.repeat(Math.round(successShare * 20)),
        ]),
      },
      {
        kind: 'list',
        items: [
          ...ends.map(({ end, retried, succeeded }) => ({
            text: `after ${end}: ${succeeded} of ${countOf(retried, 'retry', 'retries')} helped`,
          })),
          {
            text: `${formatDuration(wellSpentMs)} went into retries that led to success, ${formatDuration(lostMs)} into others`,
          },
        ],
      },
    ],
  };
}
