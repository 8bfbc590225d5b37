import { countOf, visibleText } from '@executioner/report';
import type { Change } from './changes.ts';
import { hasHiddenValues } from './shown.ts';

/** Characters of a value that are shown. */
const longestValue = 160;
const brieflyMax = 60;

/**
 * `command of load: "./load a" → "./load b"`; of what is not shown only that it changed: `variable MODE of load: changed`. Of long
 * values what they share is left out, and what is very long then.
 */
export function describeChange(change: Change): string {
  return described(change, longestValue);
}

/** The same in a sentence that is about something else. */
export function describeChangeBriefly(change: Change): string {
  return described(change, brieflyMax);
}

function described(change: Change, longest: number): string {
  const { of, jobs, name, kind, before, after, isSecret } = change;
  const quoted = (value: string): string => `"${shortened(visibleText(value), longest)}"`;
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
        : `${what}: ${contrasted(before, after).map(quoted).join(' → ')}`;
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

function shortened(value: string, longest: number): string {
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
}

/** Shared beginnings and ends longer than twice this are cut to this. */
const contextMax = 20;

/** Two values without most of what they share at their beginning and end. */
function contrasted(before: string, after: string): string[] {
  const [old, now] = [[...before], [...after]];
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < most - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const from = start > 2 * contextMax ? toBlank(old, start - contextMax, -1) : 0;
  const rest = end > 2 * contextMax ? old.length - toBlank(old, old.length - end + contextMax, 1) : 0;
  return [old, now].map((characters) => {
    const kept = characters.slice(from, characters.length - rest).join('');
    return `${from > 0 ? '…' : ''}${kept}${rest > 0 ? '…' : ''}`;
  });
}

/** A place near this one where a word begins or ends, in the direction of `step`; this one if there is none. */
function toBlank(characters: readonly string[], place: number, step: -1 | 1): number {
  for (let moved = 0; moved < contextMax; moved++) {
    const at = place + moved * step;
    if (characters[step < 0 ? at - 1 : at] === ' ') return at;
  }
  return place;
}
