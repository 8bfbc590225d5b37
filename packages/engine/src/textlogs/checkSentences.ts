import type { Job } from '@executioner/core';
import type { JobEvent } from '../journal/index.ts';
import { forJob, type Sentence } from './logLine.ts';

type CheckFinished = Extract<JobEvent<string>, { type: 'check.finished' }>;

/** The verdict of a check, with its parameters on the terminal and its reason in the job's log. */
export function checkSentences(event: CheckFinished, job: Job | undefined): Sentence[] {
  const { phase, name, ok, message } = event;
  const unknown = event.values?.unknown_check !== undefined;
  const title = phase === 'pre' ? 'Pre' : 'Post';
  const why = unknown ? 'unknown check' : (message ?? 'no reason given');
  const shown: Sentence = {
    to: 'terminal',
    level: 'INFO',
    message: `Job ${event.job} ${phase}_check: ${call(event, job)} - ${ok ? 'passed' : `failed (${why})`}`,
  };
  if (ok) return [shown, forJob('INFO', `${title}-check passed: ${name}`)];
  return [
    shown,
    forJob('ERROR', unknown ? `Unknown ${phase}-check: ${name}` : `${title}-check failed: ${name}`),
    ...(message === undefined ? [] : [forJob('ERROR', message)]),
  ];
}

function call({ phase, index, name }: CheckFinished, job: Job | undefined): string {
  const check = (phase === 'pre' ? job?.preChecks : job?.postChecks)?.[index];
  const parameters = Object.entries(check?.params ?? {}).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${name}(${parameters.join(', ')})`;
}
