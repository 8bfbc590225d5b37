import { describe, expect, test } from '@jest/globals';
import { actions, owed } from '../../src/scheduler/index.ts';
import { tell } from './story.ts';
import { check, retries, workflow } from './workflow.ts';

const onFailureOf = (job: string) => ({ job, when: 'failure' }) as const;
const alwaysAfter = (job: string) => ({ job, when: 'always' }) as const;

describe('a stop after a failure', () => {
  test('lets running jobs finish and starts nothing new', () => {
    const run = tell(workflow([{ id: 'a' }, { id: 'b' }, { id: 'c' }]), { parallel: true, workers: 2 });
    expect(run.exits('a', 1)).toEqual([
      '0s job.exited a',
      '0s job.finished a failed',
      '0s run.stopping failure',
      '0s job.skipped c stopped',
    ]);
    expect(run.exits('b')).toEqual([
      '0s job.exited b',
      '0s job.finished b succeeded',
      '0s run.finished failed 1',
    ]);
  });

  test('runs the cleanup of a failure, and what depends on it; the run has failed all the same', () => {
    const run = tell(
      workflow([
        { id: 'load' },
        { id: 'undo', needs: [onFailureOf('load')], retry: retries(1) },
        { id: 'report', needs: ['undo'] },
        { id: 'next', needs: ['load'] },
        { id: 'other' },
      ]),
    );
    expect(run.exits('load', 1)).toEqual([
      '0s job.exited load',
      '0s job.finished load failed',
      '0s job.skipped next dependency load',
      '0s run.stopping failure',
      '0s job.skipped other stopped',
      '0s job.starting undo',
    ]);
    expect(run.exits('undo', 1).at(-1)).toBe('0s job.retrying undo failed 10000');
    run.wait(10_000);
    expect(run.exits('undo').at(-1)).toBe('10s job.starting report');
    expect(run.exits('report').at(-1)).toBe('10s run.finished failed 1');
  });

  test('runs what always comes last, after jobs that ran and after jobs that never will', () => {
    const run = tell(
      workflow([
        { id: 'a', priority: 1 },
        { id: 'b', priority: 1 },
        { id: 'after b', needs: [alwaysAfter('b')] },
        { id: 'never' },
        { id: 'after never', needs: [alwaysAfter('never')] },
      ]),
      { parallel: true, workers: 2 },
    );
    expect(run.exits('a', 1).slice(2)).toEqual([
      '0s run.stopping failure',
      '0s job.skipped never stopped',
      '0s job.starting after never',
    ]);
    expect(run.exits('b').at(-1)).toBe('0s job.starting after b');
  });

  test('an allowed failure stops nothing', () => {
    const run = tell(
      workflow([
        { id: 'a', allowFailure: true },
        { id: 'b', needs: ['a'] },
      ]),
    );
    expect(run.exits('a', 1).slice(1)).toEqual(['0s job.finished a failed allowed', '0s job.starting b']);
    expect(run.exits('b').at(-1)).toBe('0s run.finished succeeded 0');
  });

  test('a cleanup that was not needed is no failure', () => {
    const run = tell(workflow([{ id: 'a' }, { id: 'undo', needs: [onFailureOf('a')] }]));
    expect(run.exits('a').slice(2)).toEqual([
      '0s job.skipped undo dependency a',
      '0s run.finished succeeded 0',
    ]);
  });

  test('a job in back-off keeps its place in a sequential run until a cleanup needs it', () => {
    const run = tell(
      workflow([{ id: 'a', retry: retries(1) }, { id: 'b' }, { id: 'undo', needs: [onFailureOf('a')] }]),
    );
    expect(run.exits('a', 1)).toEqual(['0s job.exited a', '0s job.retrying a failed 10000']);
    run.wait(10_000);
    expect(run.exits('a', 1).slice(1)).toEqual([
      '10s job.finished a failed',
      '10s run.stopping failure',
      '10s job.skipped b stopped',
      '10s job.starting undo',
    ]);
  });
});

describe('cancelling', () => {
  const jobs = [
    { id: 'running' },
    { id: 'starting' },
    { id: 'checking', preChecks: [check('x')] },
    { id: 'retrying', retry: retries(1) },
    { id: 'verifying', postChecks: [check('y')] },
    { id: 'undo', needs: [onFailureOf('running')] },
    { id: 'locking', locks: ['db'] },
  ];
  const midway = () => {
    const run = tell(workflow(jobs), { parallel: true, workers: 6 });
    run.started('running');
    run.exits('retrying', 1);
    run.exits('verifying');
    return run;
  };

  test('ends what runs, abandons what waits, and starts no cleanup', () => {
    const run = midway();
    expect(run.command('cancel')).toEqual([
      '0s run.stopping cancel',
      '0s job.signalled running SIGTERM cancel',
      '0s job.finished checking cancelled',
      '0s job.finished retrying failed',
      '0s job.finished verifying cancelled',
      '0s job.skipped undo stopped',
      '0s job.finished locking cancelled',
    ]);
    expect(run.started('starting')).toEqual([
      '0s job.started starting',
      '0s job.signalled starting SIGTERM cancel',
    ]);
    expect(run.dies('starting', 'SIGTERM')[1]).toBe('0s job.finished starting cancelled');
    expect(run.wait(10_000)).toEqual(['10s job.signalled running SIGKILL grace']);
    expect(run.dies('running', 'SIGKILL').slice(1)).toEqual([
      '10s job.finished running cancelled',
      '10s run.finished cancelled 1',
    ]);
  });

  test('a second time kills at once', () => {
    const run = midway();
    run.command('cancel');
    expect(run.command('cancel')).toEqual([]);
    expect(run.command('kill')).toEqual(['0s run.stopping kill', '0s job.signalled running SIGKILL cancel']);
    expect(run.started('starting').at(-1)).toBe('0s job.signalled starting SIGKILL cancel');
    expect(run.wait(60_000)).toEqual([]);
  });

  test('a job that was never launched after all is not launched any more', () => {
    const run = midway();
    run.command('cancel');
    expect(run.fate('starting', { kind: 'never' })).toEqual(['0s job.finished starting cancelled']);
  });

  test('a job that ends by itself between the cancel and its own confirmation is cancelled', () => {
    const run = midway();
    run.command('cancel');
    expect(run.exits('starting')[1]).toBe('0s job.finished starting cancelled');
  });

  test('a retry that is due while the run is paused is abandoned with its last failure', () => {
    const run = tell(workflow([{ id: 'a', retry: retries(1) }]));
    run.exits('a', 1);
    run.command('pause');
    expect(run.wait(20_000)).toEqual(['10s job.due a']);
    expect(run.command('cancel')).toEqual([
      '20s run.stopping cancel',
      '20s job.finished a failed',
      '20s run.finished cancelled 1',
    ]);
  });
});

// Scenario E, as far as the scheduler goes: a sequential run that stops, a job in back-off, a cleanup of its failure
// whose lock belongs to a run that is dead, and a person who presses Ctrl-C twice.
describe('a person who loses patience with a stuck cleanup', () => {
  const jobs = [
    { id: 'load', retry: retries(1) },
    { id: 'next', needs: ['load'] },
    { id: 'undo', needs: [onFailureOf('load')], locks: ['db'], preChecks: [check('x')] },
    { id: 'report', needs: [alwaysAfter('undo')] },
  ];

  test('in the back-off: the failure stands, and not even the cleanup starts', () => {
    const run = tell(workflow(jobs));
    run.exits('load', 1);
    expect(run.command('cancel')).toEqual([
      '0s run.stopping cancel',
      '0s job.finished load failed',
      '0s job.skipped next dependency load',
      '0s job.skipped undo stopped',
      '0s job.skipped report stopped',
      '0s run.finished cancelled 1',
    ]);
    expect(run.command('kill')).toEqual([]);
    expect(owed(run.state, run.plan)).toEqual([]);
  });

  test('while the lock does not come: the cleanup is cancelled at once and gives up its claim', () => {
    const run = tell(workflow(jobs));
    run.exits('load', 1);
    run.wait(10_000);
    expect(run.exits('load', 1).at(-1)).toBe('10s lock.requested undo');
    expect(run.wait(3_600_000)).toEqual([]);
    expect(run.command('cancel')).toEqual([
      '3610s run.stopping cancel',
      '3610s job.finished undo cancelled',
      '3610s job.skipped report stopped',
      '3610s run.finished cancelled 1',
    ]);
    const released = run.events
      .flatMap((event) => actions(event, run.plan))
      .filter(({ type }) => type === 'release');
    expect(released).toEqual([{ type: 'release', job: 2, locks: ['db'] }]);
    expect(run.lock('undo', true)).toEqual([]);
  });
});
