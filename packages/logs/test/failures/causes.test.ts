import { describe, expect, test } from '@jest/globals';
import { causesOf } from '../../src/index.ts';
import { job, run, skipped } from '../runs.ts';

describe('causes', () => {
  test('lead from each failure to the jobs that it kept from running', () => {
    const jobs = [
      job('load', [1]),
      skipped('mail', 'report'),
      skipped('report', 'load'),
      job('other', [2], 2000),
      skipped('x', 'other'),
    ];
    const { roots, stopped, unexplained } = causesOf(run(1, jobs));
    expect(
      roots.map(({ job: { id }, skipped: kept }) => [id, kept.map(({ chain }) => chain.join(' '))]),
    ).toEqual([
      ['load', ['load report', 'load report mail']],
      ['other', ['other x']],
    ]);
    expect([stopped, unexplained]).toEqual([undefined, []]);
  });

  test('are guessed only where there is one failure', () => {
    const unknown = {
      id: 'next',
      status: 'skipped',
      reason: 'dependency',
      tries: [],
      failedChecks: [],
    } as const;
    expect(causesOf(run(1, [job('a', [1]), unknown])).roots[0]!.skipped[0]!.chain).toEqual(['a', 'next']);
    expect(causesOf(run(1, [job('a', [1]), job('b', [1]), unknown])).unexplained).toEqual([
      { id: 'next', candidates: ['a', 'b'] },
    ]);
  });

  test('tell what stopped the run', () => {
    const never = { id: 'z', status: 'skipped', reason: 'stopped', tries: [], failedChecks: [] } as const;
    const byFailure = run(1, [job('a', [1]), never], { stopped: { why: 'failure', by: 'a', job: 'a' } });
    expect(causesOf(byFailure).stopped).toEqual({ by: 'the failure of "a"', jobs: ['z'] });
    const bySignal = run(1, [never], { stopped: { why: 'cancel', by: 'SIGINT' } });
    expect(causesOf(bySignal).stopped?.by).toBe('SIGINT');
  });

  test('end, also where jobs name each other in a circle', () => {
    const circle = [skipped('a', 'b'), skipped('b', 'a'), job('c', [1]), job('d', [1])];
    expect(causesOf(run(1, circle)).unexplained.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});
