import type { Palette } from '@executioner/core';
import { countOf, paintTone, statusLook, visibleText } from '@executioner/report';
import {
  alikeFailures,
  describeEnd,
  type FailureReport,
  keptFromRunning,
  othersText,
  unexplainedTexts,
} from '../failures/index.ts';
import type { FailedRun } from './model.ts';

/**
 * The failures of a run, each with what the job printed and what it kept from running; those alike together unless `all` are
 * asked for.
 */
export function failureLines({ failures, causes }: FailedRun, colors: Palette, all: boolean): string[] {
  const { stopped, unexplained } = causes;
  const groups = all ? failures.map((first) => ({ first, others: [] })) : alikeFailures(failures);
  return [
    ...groups.flatMap(({ first, others }, index) => [
      ...(index === 0 ? [] : ['']),
      ...failureBlock(first, colors),
      ...(others.length === 0 ? [] : [`    ${paintTone(colors, 'bad', othersText(others))}`]),
    ]),
    ...(stopped === undefined
      ? []
      : [
          '',
          `${countOf(stopped.jobs.length, 'job')} not started: the run was stopped by ${visibleText(stopped.by)}`,
        ]),
    ...(unexplained.length === 0 ? [] : ['', ...unexplainedTexts(unexplained, failures.length)]),
  ];
}

function failureBlock(failure: FailureReport, colors: Palette): string[] {
  const { job, category, allowed, excerpt, skipped } = failure;
  const look = statusLook(job.status, job.reason);
  const how = describeEnd(failure);
  const kind = category.key === 'exit-code' ? '' : `${category.title}: `;
  const bare = category.key === 'exit-code' ? look.word : category.title;
  const title = how === '' ? bare : `${kind}${how}`;
  const lines = excerpt.flatMap(({ text, matters, skipped: count }) => [
    ...(count > 0 ? [colors.dim(`    … ${countOf(count, 'line')}`)] : []),
    `    ${matters ? paintTone(colors, 'bad', visibleText(text)) : visibleText(text)}`,
  ]);
  return [
    `${paintTone(colors, look.tone, look.glyph)} ${colors.bold(visibleText(job.id))}: ${title}${allowed ? ' (allowed)' : ''}`,
    ...lines,
    ...keptFromRunning(skipped).map((line) => colors.dim(`    ${line}`)),
    ...(category.key === 'exit-code' && lines.length > 0 ? [] : [colors.dim(`    next: ${category.advice}`)]),
  ];
}
