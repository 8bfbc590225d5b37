import { countOf, visibleText } from '@executioner/report';
import type { Change } from './changes.ts';
import { hasHiddenValues } from './shown.ts';

const longestValue = 160;

/** `command of load: "./load a" → "./load b"`; of what is not shown only that it changed: `variable MODE of load: changed`. */
export function describeChange({ of, jobs, name, kind, before, after, isSecret }: Change): string {
  const whose = of === 'application' ? '' : ` of ${jobNames(jobs)}`;
  if (name === 'job') return `${countOf(jobs.length, 'job')} ${kind}: ${listedJobs(jobs)}`;
  const what = `${visibleText(name)}${whose}`;
  const note = isSecret === true ? ' (a secret)' : '';
  switch (kind) {
    case 'added':
      return after === undefined ? `${what}: added${note}` : `${what}: now ${quoted(after)}`;
    case 'removed':
      return before === undefined ? `${what}: removed${note}` : `${what}: no longer ${quoted(before)}`;
    case 'perhaps':
      return `${what}: perhaps changed (a secret, whose values are not stored)`;
    case 'changed':
      return before === undefined || after === undefined
        ? `${what}: changed${note}`
        : `${what}: ${quoted(before)} → ${quoted(after)}`;
  }
}

/** How to see the values that were left out of a list of changes; undefined if there are none. */
export function hiddenValuesNote(changes: readonly Change[]): string | undefined {
  return hasHiddenValues(changes)
    ? 'The values of variables are not shown; with --show-values they are, secrets masked.'
    : undefined;
}

const jobsShown = 8;

function listedJobs(jobs: readonly string[]): string {
  const shown = jobs.slice(0, jobsShown).map(visibleText).join(', ');
  return jobs.length > jobsShown ? `${shown} and ${jobs.length - jobsShown} more` : shown;
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
