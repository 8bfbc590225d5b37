import { countOf, visibleText } from '@executioner/report';
import type { Change } from './changes.ts';

const longestValue = 160;

/** `variable MODE of load: "fast" → "safe"`. */
export function describeChange({ of, jobs, name, before, after }: Change): string {
  const whose = of === 'application' ? '' : ` of ${jobNames(jobs)}`;
  if (name === 'job')
    return `${countOf(jobs.length, 'job')} ${after ?? 'removed'}: ${jobs.map(visibleText).join(', ')}`;
  if (before === undefined) return `${name}${whose}: now ${quoted(after!)}`;
  if (after === undefined) return `${name}${whose}: no longer ${quoted(before)}`;
  return `${name}${whose}: ${quoted(before)} → ${quoted(after)}`;
}

function jobNames(jobs: readonly string[]): string {
  const [first = '', second = '', ...others] = jobs.map(visibleText);
  if (jobs.length <= 2) return jobs.map(visibleText).join(' and ');
  return `${first}, ${second} and ${countOf(others.length, 'more job')}`;
}

function quoted(value: string): string {
  const shown = visibleText(value);
  return `"${shown.length > longestValue ? `${shown.slice(0, longestValue)}…` : shown}"`;
}
