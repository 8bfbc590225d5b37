import { palette } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import { type RunRecord, renderErrors, renderHtml, renderText, summarizer } from '../../src/index.ts';
import { job, run, skipped } from '../runs.ts';

const options = { colors: palette(false), columns: 120, timeZone: 'UTC', all: false };

function summaryOf(runs: readonly RunRecord[]) {
  const gathered = summarizer({ cwd: '/' });
  for (const each of runs) gathered.add(each);
  return gathered.summary({ sources: [], findings: [] });
}

const failed = run(2, [
  job('extract', [0], 1500, { waitedMs: 20, cpuMs: 40, maxRssKb: 2048 }),
  job('load', [1, 3], 4000, { lastOutput: 'reading\nERROR: no such table\nbye' }),
  skipped('report', 'load'),
  skipped('mail', 'report'),
]);

describe('the summary', () => {
  test('of one run', () => {
    const slowLog = {
      ...failed,
      recordedStatus: 'SUCCESS',
      problems: [
        { atMs: failed.startedAtMs, level: 'WARNING', message: 'no mail' } as const,
        { atMs: failed.startedAtMs + 2000, level: 'WARNING', message: 'no mail' } as const,
      ],
    };
    expect(
      renderText(summaryOf([slowLog]), options),
    ).toBe(`Run 2 of nightly: failed (its log calls it SUCCESS, though jobs failed)
started 2026-01-02 03:04:05 UTC, took 10s, 2 workers, 1 retry
4 jobs: ✗ 1 failed  ○ 2 skipped  ✓ 1 succeeded

Job      Status       Took  Waited  Tries  Exit   CPU   Memory
extract  ✓ succeeded  1.5s    20ms      1     0  40ms  2.0 MiB
load     ✗ failed     4.0s              2     3
report   ○ skipped
mail     ○ skipped

✗ load: exit code 3, 2 tries in 4.0s
    reading
    ERROR: no such table
    bye
    kept 2 jobs from running: report → mail

Warnings and errors besides
  2026-01-02 03:04:07 UTC WARNING no mail (2 times, last shown)
`);
  });

  test('of more runs than are listed counts the failures of all', () => {
    const runs = Array.from({ length: 3000 }, (_, index) =>
      run(index + 1, [job('load', [index < 2000 ? 1 : 0])]),
    );
    const text = renderText(summaryOf(runs), options);
    expect(text).toContain('3,000 runs of 1 workflow, 2,000 failed');
  });

  test('of many runs counts over them', () => {
    const runs = [
      run(1, [job('extract', [0], 1000), job('load', [0], 3000)]),
      failed,
      run(3, [job('extract', [0], 2000)]),
    ];
    const summary = summaryOf(runs);
    expect(summary).toMatchObject({
      runCount: 3,
      jobTurns: 5,
      tries: 6,
      retries: 1,
      counts: { succeeded: 4, failed: 1, skipped: 2 },
    });
    expect(summary.jobs.find(({ job: id }) => id === 'extract')).toMatchObject({
      runs: 3,
      failures: 0,
      duration: { count: 3, min: 1000, p50: 1500, max: 2000, mean: 1500 },
      memoryBytes: { max: 2048 * 1024 },
    });
    const text = renderText(summary, options);
    expect(text).toContain('3 runs of 1 workflow, 1 failed');
    expect(text).toContain(
      '  2  nightly   ✗ failed     2026-01-02 03:04:05 UTC   10s     4       1        1  load',
    );
    expect(text).toContain('Run 2 of nightly\n\n✗ load: exit code 3');
  });

  test('of failures alone', () => {
    expect(renderErrors(summaryOf([failed]), options)).toBe(`Run 2 of nightly, started 2026-01-02 03:04:05 UTC
✗ load: exit code 3, 2 tries in 4.0s
    reading
    ERROR: no such table
    bye
    kept 2 jobs from running: report → mail
`);
    expect(renderErrors(summaryOf([run(1, [job('a', [0])])]), options)).toBe('no failures\n');
    expect(renderText(summaryOf([]), options)).toBe('no runs in these logs\n');
  });

  test('as a page, in which nothing of a run becomes markup', () => {
    const hostile = run(1, [
      job('<img src=x onerror=alert(1)>', [1], 10, { lastOutput: '<script>alert(1)</script> error' }),
    ]);
    const page = renderHtml(summaryOf([hostile]), { timeZone: 'UTC', version: '1.2.3' });
    expect(page).toContain('<mark>&lt;script&gt;alert(1)&lt;/script&gt; error</mark>');
    expect(page).not.toMatch(/<script|<img/);
    expect(page).toContain('1 try in 1 lane');
  });

  test('keeps what it holds of very many runs small', () => {
    const gathered = summarizer({ cwd: '/', runsListed: 10, failedRunsKept: 3 });
    for (let number = 1; number <= 300; number++) gathered.add(run(number, [job('a', [number % 2], number)]));
    const summary = gathered.summary({ sources: [], findings: [] });
    expect(summary.runs.map((line) => line.run)).toEqual([291, 292, 293, 294, 295, 296, 297, 298, 299, 300]);
    expect(summary.failures.map(({ run: line }) => line.run)).toEqual([295, 297, 299]);
    expect(summary.jobs[0]).toMatchObject({ runs: 300, failures: 150, duration: { count: 150, max: 300 } });
  });
});
