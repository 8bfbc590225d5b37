import { expect, test } from '@jest/globals';
import { runCollector, textLogParser } from '../../../src/textlogs/index.ts';

const line = (run: number, text: string) => `2026-01-02 03:04:05 - INFO - [RUN #${run}] ${text}\n`;
const begun = (run: number) =>
  line(run, `Created run summary for run ID: ${run}`) + line(run, `Starting job 'j${run % 7}'`);
const ended = (run: number) => line(run, `Updated run summary for run ID: ${run} with status: SUCCESS`);

/** Runs of a log in the order in which they are given, early or at its end. */
function given(text: string): { early: (number | undefined)[]; late: (number | undefined)[] } {
  const early: (number | undefined)[] = [];
  const collector = runCollector({
    application: 'a',
    jobsKept: 0,
    onEnded({ run, jobs }) {
      expect(jobs.has(`j${run! % 7}`)).toBe(true);
      early.push(run);
    },
  });
  const parser = textLogParser({ jobs: collector.jobs, onFact: collector.push });
  parser.push(Buffer.from(text));
  parser.end();
  const late = collector.end();
  for (const { run, jobs } of late) expect(jobs.has(`j${run! % 7}`)).toBe(true);
  return { early, late: late.map(({ run }) => run) };
}

test('gives very many runs early, and forgets none that is still open', () => {
  const others = Array.from({ length: 5000 }, (_, index) => index + 10);
  const text = begun(1) + others.map((run) => begun(run) + ended(run)).join('') + begun(2) + ended(1);
  const { early, late } = given(text);
  expect([...early, ...late.filter((run) => run !== 2)].sort((a, b) => a! - b!)).toEqual([1, ...others]);
  expect(late).toContain(2);
  expect(late.length).toBeLessThan(10);
});

test('gives a run early also after one that got more jobs when it had ended', () => {
  const more = Array.from({ length: 50 }, (_, job) => line(1, `Starting job 'late-${job}'`)).join('');
  const others = Array.from({ length: 100 }, (_, index) => index + 10);
  const text = begun(1) + ended(1) + more + others.map((run) => begun(run) + ended(run)).join('');
  expect(given(text).late.length).toBeLessThan(10);
});

test('takes a number that comes again for another run', () => {
  const numbers = Array.from({ length: 30 }, (_, index) => index % 10);
  const { early, late } = given(numbers.map((run) => begun(run) + ended(run)).join(''));
  expect([...early, ...late]).toEqual(numbers);
});
