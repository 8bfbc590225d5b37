import { describe, expect, test } from '@jest/globals';
import type { LaunchFate } from '../../src/launcher/index.ts';
import { type DecideOptions, decideResume } from '../../src/resume/decision.ts';
import { describeDecision } from '../../src/resume/index.ts';
import type { Standing } from '../../src/resume/standing.ts';
import { makePlan } from '../../src/scheduler/index.ts';
import { workflow } from '../scheduler/workflow.ts';

const definitionHash = ({ id }: { readonly id: string }) => `definition of ${id}`;
const plan = makePlan(
  workflow([{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }, { id: 'new' }]),
  { definitionHash },
);

let seq = 0;
function standing(job: string, more: Partial<Standing>): [string, Standing] {
  seq += 1;
  return [job, { job, startedSeq: seq, definitionHash: definitionHash({ id: job }), ...more }];
}

const past = (job: string) => ({ token: `token of ${job}`, round: 1, try: 1, wasSignalled: false });

function decided(
  standings: readonly [string, Standing][],
  fates: Readonly<Record<string, LaunchFate>> = {},
  options: DecideOptions = {},
): string[] {
  const of = (token: string) => fates[token.slice('token of '.length)] ?? ({ kind: 'never' } as const);
  return decideResume(plan, new Map(standings), { of }, options).decisions.map(
    (decision) => `${decision.action} ${decision.job}: ${describeDecision(decision)}`,
  );
}

const keptText = 'it has succeeded, and nothing it is made of has changed';
const exited = (exit_code: number): LaunchFate => ({
  kind: 'exited',
  end: { exit_code },
  endedAtMs: 1,
  spool: { path: '/spool', offset: 0 },
  spoolEnd: 0,
});

describe('what a resume decides', () => {
  test('what depends on a job that runs again runs again too', () => {
    expect(
      decided([
        standing('a', { outcome: 'succeeded' }),
        standing('b', { outcome: 'succeeded', definitionHash: 'another' }),
        standing('c', { outcome: 'succeeded' }),
      ]),
    ).toEqual([
      `keep a: ${keptText}`,
      'run b: its definition has changed: its variables, checks, dependencies, folder or shell',
      'run c: "b", which it depends on, runs again',
      'run new: it has not run yet',
    ]);
  });

  test('a success that is older than the last run of its dependency does not stand', () => {
    const c = standing('c', { outcome: 'succeeded' });
    const others = [standing('a', { outcome: 'succeeded' }), standing('b', { outcome: 'succeeded' })];
    expect(decided([...others, c])[2]).toBe('run c: "b", which it depends on, has run again since');
  });

  test.each<[string, LaunchFate, string]>([
    [
      'that runs is taken over',
      { kind: 'running', pid: 7, records: '/r' },
      'take_over a: it still runs, as process 7',
    ],
    ['that succeeded counts', exited(0), 'take_over a: it ended with exit code 0 after its engine was gone'],
    ['that failed runs again', exited(3), 'run a: it ended in failure after its engine was gone'],
    [
      'that was ended by its launcher runs again',
      { ...exited(0), wasStopped: true } as LaunchFate,
      'run a: it ended in failure after its engine was gone',
    ],
    ['that never started runs', { kind: 'never' }, 'run a: it was about to start, and never did'],
    [
      'of unknown fate is said to be',
      { kind: 'unknown' },
      'take_over a: unknown: it was started, and nobody can say how it ended',
    ],
  ])('a try %s', (_, fate, expected) => {
    expect(decided([standing('a', { latest: past('a') })], { a: fate })[0]).toBe(expected);
  });

  test('an unknown job may be refused; a running one is taken over whatever was asked for', () => {
    const unknown = [standing('a', { latest: past('a') })];
    expect(decided(unknown, { a: { kind: 'unknown' } }, { refused: new Set(['a']) })[0]).toBe(
      'keep a: nobody can say how it ended, and it is not to run again: it counts as failed',
    );
    expect(decided(unknown, { a: { kind: 'running', pid: 7, records: '/r' } }, { failedOnly: true })[0]).toBe(
      'take_over a: it still runs, as process 7',
    );
  });

  test('failures only: what failed, and what was skipped because of it', () => {
    expect(
      decided(
        [
          standing('a', { outcome: 'failed' }),
          standing('b', { outcome: 'skipped', reason: 'dependency' }),
          standing('c', { outcome: 'succeeded' }),
        ],
        {},
        { failedOnly: true },
      ),
    ).toEqual([
      'run a: it ended failed',
      'run b: "a", which it depends on, runs again',
      `keep c: ${keptText}`,
      'keep new: it has not failed: it never had its turn',
    ]);
  });

  test('new, renamed and removed jobs are said', () => {
    const gone = standing('old', { outcome: 'succeeded', definitionHash: definitionHash({ id: 'new' }) });
    const options = { formerIds: new Set(['a', 'b', 'old', 'never']) };
    const { decisions, removed } = decideResume(
      plan,
      new Map([gone]),
      { of: () => ({ kind: 'never' }) },
      options,
    );
    expect(decisions.slice(2).map(describeDecision)).toEqual([
      'it is new',
      'it is new, and looks like "old" under another name',
    ]);
    expect(removed).toEqual([{ job: 'old' }, { job: 'never' }]);
  });
});
