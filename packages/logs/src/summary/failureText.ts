import type { Palette } from '@executioner/core';
import { countOf, paintTone, statusLook, visibleText } from '@executioner/report';
import { describeEnd, type FailureReport } from '../failures/index.ts';
import type { FailedRun } from './model.ts';

const skippedShown = 6;

/** The failures of a run, each with what the job printed and what it kept from running. */
export function failureLines({ failures, causes }: FailedRun, colors: Palette): string[] {
  const { stopped, unexplained } = causes;
  return [
    ...failures.flatMap((failure, index) => [...(index === 0 ? [] : ['']), ...failureBlock(failure, colors)]),
    ...(stopped === undefined
      ? []
      : [
          '',
          `${countOf(stopped.jobs.length, 'job')} not started: the run was stopped by ${visibleText(stopped.by)}`,
        ]),
    ...(unexplained.length === 0
      ? []
      : ['', `not run because of one of these failures: ${listed(unexplained)}`]),
  ];
}

function failureBlock(failure: FailureReport, colors: Palette): string[] {
  const { job, category, allowed, excerpt, skipped } = failure;
  const look = statusLook(job.status, job.reason);
  const how = describeEnd(failure);
  const kind = category.key === 'exit-code' ? '' : `${category.title}: `;
  const title = how === '' ? category.title : `${kind}${how}`;
  const lines = excerpt.flatMap(({ text, matters, skipped: count }) => [
    ...(count > 0 ? [colors.dim(`    … ${countOf(count, 'line')}`)] : []),
    `    ${matters ? paintTone(colors, 'bad', visibleText(text)) : visibleText(text)}`,
  ]);
  return [
    `${paintTone(colors, look.tone, look.glyph)} ${colors.bold(visibleText(job.id))}: ${title}${allowed ? ' (allowed)' : ''}`,
    ...lines,
    ...chains(skipped).map((line) => colors.dim(`    ${line}`)),
    ...(category.key === 'exit-code' && lines.length > 0 ? [] : [colors.dim(`    next: ${category.advice}`)]),
  ];
}

/** `kept 3 jobs from running: report → mail, archive`. */
function chains(skipped: FailureReport['skipped']): string[] {
  if (skipped.length === 0) return [];
  const ends = skipped.filter(({ id }) => !skipped.some(({ chain }) => chain.slice(0, -1).includes(id)));
  const paths = ends.map(({ chain }) => chain.slice(1).map(visibleText).join(' → '));
  return [`kept ${countOf(skipped.length, 'job')} from running: ${listed(paths)}`];
}

function listed(items: readonly string[]): string {
  const rest = items.length - skippedShown;
  const shown = items.slice(0, skippedShown).map(visibleText).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
