import { formatCount, type Tone } from '@executioner/report';

/** How many of some runs have failed, as the verdict over all of them. */
export function failedRunsVerdict(failed: number): { readonly text: string; readonly tone: Tone } {
  return failed === 0
    ? { text: 'none failed', tone: 'good' }
    : { text: `${formatCount(failed)} failed`, tone: 'bad' };
}
