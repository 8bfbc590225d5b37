import { palette } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import {
  flakyTrends,
  type RunRecord,
  renderTrendsHtml,
  renderTrendsText,
  standingChanges,
  trendCollector,
} from '../../src/index.ts';
import { job, run } from '../runs.ts';

/** About 1 s, differing a little, always the same. */
const usual = (number: number) => 1000 + ((number * 7919) % 100);

function trendsOf(runs: readonly RunRecord[]) {
  const collected = trendCollector();
  // In any order.
  for (const each of [...runs].reverse()) collected.add(each);
  return collected.trends();
}

describe('trends', () => {
  const runs = Array.from({ length: 40 }, (_, index) => {
    const number = index + 1;
    const slow = number >= 25 ? 1.5 : 1;
    const failing = number >= 32 && number !== 35;
    const flaky = number % 9 === 0;
    return run(number, [
      job('load', [0], usual(number) * slow),
      job('export', [failing ? 3 : 0], usual(number)),
      job('report', flaky ? [1, 0] : [0], usual(number)),
    ]);
  });
  const trends = trendsOf(runs);

  test('tell since which run a job is slower, and since which it fails', () => {
    const told = standingChanges(trends.jobs).map(({ trend, change }) => [
      trend.job,
      change.what,
      change.run,
      change.worse,
      Math.round(change.after / Math.max(0.01, change.before)),
    ]);
    expect(told).toEqual([
      ['export', 'failures', 32, true, 89],
      ['load', 'duration', 25, true, 1],
    ]);
    const load = trends.jobs.find(({ job: id }) => id === 'load')!;
    expect(load.stretches.map(({ from, to }) => [from, to])).toEqual([
      [0, 23],
      [24, 39],
    ]);
    expect(load.changes[0]!.after / load.changes[0]!.before).toBeCloseTo(1.5, 1);
  });

  const render = (few: ReturnType<typeof trendsOf>, isOwnHistory = false): string =>
    renderTrendsText(few, {
      colors: palette(false),
      columns: 120,
      timeZone: 'UTC',
      all: false,
      isOwnHistory,
    });

  test('say so where there are too few runs to tell', () => {
    expect(render(trendsOf(runs.slice(0, 4)))).toContain('too few runs to tell a change from chance');
    expect(render(trendsOf(runs.slice(0, 20)))).toContain(
      'nothing has changed that chance would not explain',
    );
  });

  test('tell what fails now, and for how long', () => {
    const ends = (codes: readonly number[]) =>
      codes.map((code, index) => run(index + 1, [job('load', [code]), job('mail', [0])]));
    expect(render(trendsOf(ends([0, 0, 3, 3])))).toContain(
      'Failing now\n✗ load 2 failures in a row since run 3, last good in run 2',
    );
    expect(render(trendsOf(ends([3, 0, 3])))).toContain('✗ load failed in run 3, last good in run 2');
    expect(render(trendsOf(ends([3, 3])))).toContain('✗ load 2 failures in a row since run 1\n');
    for (const well of [[0, 3, 0], [3]]) expect(render(trendsOf(ends(well)))).not.toContain('Failing now');
    const page = renderTrendsHtml(trendsOf(ends([0, 3, 3])), { timeZone: 'UTC', version: '1.2.3' });
    expect(page).toContain(
      '<strong>load</strong></span> 2 failures in a row since run 2, last good in run 1',
    );
  });

  test('name the next step where the commands look at the same runs', () => {
    expect(render(trends, true)).toContain('executioner logs bisect --job export');
    expect(render(trends)).not.toContain('bisect');
  });

  test('tell jobs apart by their workflow only where there are several', () => {
    expect(render(trends)).not.toContain('of nightly');
    const other = { ...run(41, [job('load', [0])]), application: 'hourly' };
    expect(render(trendsOf([...runs, other]))).toContain('load of nightly');
  });

  test('tell what is flaky: saved by a retry, or well in the next run with nothing changed', () => {
    const flaky = flakyTrends(trends.jobs).map(({ job: id, flakiness }) => [id, flakiness]);
    expect(flaky).toEqual([
      ['report', { savedByRetry: 4, recoveredNextRun: 0, rate: 0.1, lastRun: 36 }],
      ['export', { savedByRetry: 0, recoveredNextRun: 1, rate: 1 / 40, lastRun: 34 }],
    ]);
    const mended = [
      run(1, [job('a', [1], 10, { definition: 'old' })]),
      run(2, [job('a', [0], 10, { definition: 'new' })]),
    ];
    expect(flakyTrends(trendsOf(mended).jobs)).toEqual([]);
  });

  test('a change that was taken back does not stand', () => {
    const back = Array.from({ length: 60 }, (_, index) =>
      run(index + 1, [job('load', [0], usual(index) * (index >= 20 && index < 40 ? 2 : 1))]),
    );
    const load = trendsOf(back).jobs[0]!;
    expect(load.changes.map(({ worse, stands }) => [worse, stands])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(standingChanges([load]).map(({ change }) => change.worse)).toEqual([false]);
  });

  test('of small changes nothing is said', () => {
    const little = Array.from({ length: 40 }, (_, index) =>
      run(index + 1, [job('a', [0], usual(index) * (index < 20 ? 1 : 1.05))]),
    );
    expect(standingChanges(trendsOf(little).jobs)).toEqual([]);
  });

  test('in the terminal and as a page', () => {
    const options = { colors: palette(false), columns: 120, timeZone: 'UTC', all: false };
    const text = renderTrendsText(trends, options);
    expect(text).toContain('▲ load slower since run 25, 2026-01-25 03:04:05 UTC: median 1.0s → 1.6s (+');
    expect(text).toContain('≈ report saved by a retry in 4 runs (10% of 40 runs), last in run 36');
    const page = renderTrendsHtml(trends, { timeZone: 'UTC', version: '1.2.3' });
    expect(page.match(/<circle/g)).toHaveLength(40 + 40 + 32 + 32);
    expect(page).toContain('<strong>load</strong>');
    const hostile = trendsOf([1, 2, 3].map((number) => run(number, [job('<script>alert(1)</script>', [0])])));
    expect(renderTrendsHtml(hostile, { timeZone: 'UTC', version: '1' })).not.toContain('<script>');
    expect(renderTrendsText(trendsOf([]), options)).toBe('no runs in these logs\n');
  });
});
