import { describe, expect, test } from '@jest/globals';
import { story, tell } from './story.ts';
import { workflow } from './workflow.ts';

describe('a sequential run', () => {
  test('starts one job after the other and finishes', () => {
    const run = tell(workflow([{ id: 'a' }, { id: 'b', needs: ['a'] }]));
    expect(story(run.events, run.plan)).toEqual(['0s run.started', '0s job.starting a']);
    expect(run.started('a')).toEqual(['0s job.started a']);
    run.wait(5000);
    expect(run.exits('a')).toEqual(['5s job.exited a', '5s job.finished a succeeded', '5s job.starting b']);
    expect(run.exits('b')).toEqual([
      '5s job.exited b',
      '5s job.finished b succeeded',
      '5s run.finished succeeded 0',
    ]);
  });

  test('takes the jobs in the order in which they became ready, not in file order', () => {
    const run = tell(workflow([{ id: 'last', needs: ['first'] }, { id: 'first' }, { id: 'second' }]));
    expect(run.exits('first').at(-1)).toBe('0s job.starting second');
    expect(run.exits('second').at(-1)).toBe('0s job.starting last');
  });

  test('prefers the higher priority among ready jobs', () => {
    const run = tell(workflow([{ id: 'a' }, { id: 'b', priority: 1 }, { id: 'c', priority: 2 }]));
    expect(story(run.events, run.plan).at(-1)).toBe('0s job.starting c');
    expect(run.exits('c').at(-1)).toBe('0s job.starting b');
  });

  test('stops after a failure: dependents are skipped with their cause, the others as never started', () => {
    const run = tell(
      workflow([{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }, { id: 'd' }]),
    );
    expect(run.exits('a', 3)).toEqual([
      '0s job.exited a',
      '0s job.finished a failed',
      '0s job.skipped b dependency a',
      '0s job.skipped c dependency b',
      '0s run.stopping failure',
      '0s job.skipped d stopped',
      '0s run.finished failed 1',
    ]);
  });

  test('continues after a failure when told to', () => {
    const run = tell(workflow([{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c' }]), {
      onFailure: 'continue',
    });
    expect(run.exits('a', 3).slice(1)).toEqual([
      '0s job.finished a failed',
      '0s job.skipped b dependency a',
      '0s job.starting c',
    ]);
    expect(run.exits('c').at(-1)).toBe('0s run.finished failed 1');
  });

  test('an empty run succeeds', () => {
    const run = tell(workflow([]));
    expect(story(run.events, run.plan)).toEqual(['0s run.started', '0s run.finished succeeded 0']);
  });
});
