import { describe, expect, test } from '@jest/globals';
import type { Outcome, OutcomeReason } from '../../src/index.ts';
import { tell } from './story.ts';
import { workflow } from './workflow.ts';

interface Row {
  readonly outcome: Outcome;
  readonly reason?: OutcomeReason;
  readonly allowFailure?: boolean;
  /** Which conditions are met. */
  readonly met: readonly ('success' | 'failure' | 'always')[];
}

const failures = [
  'failed',
  'errored',
  'timed_out',
  'precheck_failed',
  'postcheck_failed',
  'unknown',
] as const;

const table: Row[] = [
  { outcome: 'succeeded', met: ['success', 'always'] },
  { outcome: 'succeeded', reason: 'marked', met: ['success', 'always'] },
  { outcome: 'skipped', reason: 'unchanged', met: ['success', 'always'] },
  { outcome: 'skipped', reason: 'requested', met: ['success', 'always'] },
  { outcome: 'skipped', reason: 'disabled', met: ['success', 'always'] },
  { outcome: 'skipped', reason: 'dependency', met: ['always'] },
  { outcome: 'skipped', reason: 'stopped', met: ['always'] },
  { outcome: 'cancelled', met: ['always'] },
  { outcome: 'cancelled', allowFailure: true, met: ['always'] },
  ...failures.map((outcome) => ({ outcome, met: ['failure', 'always'] }) as const),
  ...failures.map(
    (outcome) => ({ outcome, allowFailure: true, met: ['success', 'failure', 'always'] }) as const,
  ),
];

describe('which conditions an outcome meets', () => {
  for (const { outcome, reason, allowFailure = false, met } of table) {
    test(`${outcome}${reason ? ` (${reason})` : ''}${allowFailure ? ', allowed to fail' : ''}`, () => {
      const run = tell(
        workflow([
          { id: 'job', allowFailure },
          { id: 'success', needs: [{ job: 'job', when: 'success' }] },
          { id: 'failure', needs: [{ job: 'job', when: 'failure' }] },
          { id: 'always', needs: [{ job: 'job', when: 'always' }] },
        ]),
        { parallel: true, workers: 9, onFailure: 'continue' },
        { fromAttempt: 1, kept: [{ job: 0, status: outcome, ...(reason ? { reason } : {}) }], inFlight: [] },
      );
      const { job, ...dependents } = run.outcomes();
      expect(job).toBe(reason ? `${outcome} (${reason})` : outcome);
      expect(dependents).toEqual(
        Object.fromEntries(
          (['success', 'failure', 'always'] as const).map((when) => [
            when,
            met.includes(when) ? 'starting' : 'skipped (dependency job)',
          ]),
        ),
      );
    });
  }
});

test('a job waits for all of its dependencies, and one unmeetable edge is enough to skip it', () => {
  const run = tell(
    workflow([
      { id: 'a' },
      { id: 'b' },
      { id: 'both', needs: ['a', 'b'] },
      { id: 'late', needs: ['both', 'b'] },
    ]),
    { parallel: true, workers: 2, onFailure: 'continue' },
  );
  expect(run.exits('a', 1)).toEqual([
    '0s job.exited a',
    '0s job.finished a failed',
    '0s job.skipped both dependency a',
    '0s job.skipped late dependency both',
  ]);
  expect(run.exits('b')).toEqual([
    '0s job.exited b',
    '0s job.finished b succeeded',
    '0s run.finished failed 1',
  ]);
});

test('a chain of twenty thousand skips needs no stack', () => {
  const ids = Array.from({ length: 20_000 }, (_, index) => `j${index}`);
  const run = tell(workflow(ids.map((id, index) => ({ id, needs: index === 0 ? [] : [`j${index - 1}`] }))));
  const told = run.exits('j0', 1);
  expect(told).toHaveLength(20_000 + 3);
  expect(told.at(-3)).toBe('0s job.skipped j19999 dependency j19998');
});

test('a dependency that takes no part counts as satisfied', () => {
  const run = tell(workflow([{ id: 'a' }, { id: 'b', needs: ['a'] }]), { only: ['b'] });
  expect(run.exits('b').at(-1)).toBe('0s run.finished succeeded 0');
});
