import { countOf, visibleText } from '@executioner/report';
import { maskText } from '../patterns/index.ts';
import type { FailureReport } from './failureReport.ts';

/** What a failure is known by. */
export interface FailureSignature {
  readonly category: string;
  readonly end: string;
  /** The kinds of messages that tell of the trouble. */
  readonly messages: ReadonlySet<string>;
}

export function signatureOf({ category, job, excerpt }: FailureReport): FailureSignature {
  const last = job.tries.at(-1);
  const telling = excerpt.some(({ matters }) => matters)
    ? excerpt.filter(({ matters }) => matters)
    : excerpt.slice(-2);
  return {
    category: category.key,
    end: `${job.status} ${last?.exitCode ?? last?.signal ?? last?.error ?? ''}`,
    messages: new Set(telling.map(({ text }) => maskText(text))),
  };
}

/** A failure, and those after it that are of the same kind. */
export interface AlikeFailures {
  readonly first: FailureReport;
  readonly others: readonly FailureReport[];
}

/** Fewer than these are told one by one. */
const togetherMin = 3;

/**
 * Failures in their order; those of one category that say the same, but for the values in it, are put together with the first
 * of them, and so are those that say nothing and end alike.
 */
export function alikeFailures(failures: readonly FailureReport[]): AlikeFailures[] {
  const groups = new Map<string, FailureReport[]>();
  for (const failure of failures) {
    const { category, end, messages } = signatureOf(failure);
    const said = messages.size > 0 ? [...messages].sort() : [end];
    const key = JSON.stringify([category, failure.allowed, ...said]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [failure]);
    else group.push(failure);
  }
  const together = [...groups.values()].flatMap((group): AlikeFailures[] =>
    group.length < togetherMin
      ? group.map((first) => ({ first, others: [] }))
      : [{ first: group[0]!, others: group.slice(1) }],
  );
  const place = new Map(failures.map((failure, index) => [failure, index]));
  return together.sort((a, b) => place.get(a.first)! - place.get(b.first)!);
}

const namesShown = 6;

/** `4 more jobs failed like it: b, c, d and e; they kept 12 jobs from running`. */
export function othersText(others: readonly FailureReport[]): string {
  const names = others.slice(0, namesShown).map(({ job }) => visibleText(job.id));
  const more = others.length > namesShown ? ` and ${others.length - namesShown} more` : '';
  const kept = others.reduce((sum, { skipped }) => sum + skipped.length, 0);
  const impact = kept === 0 ? '' : `; they kept ${countOf(kept, 'job')} from running`;
  return `${countOf(others.length, 'more job')} failed like it: ${names.join(', ')}${more}${impact}`;
}
