import { describe, expect, test } from '@jest/globals';
import { tell } from './story.ts';
import { retries, workflow } from './workflow.ts';

const three = workflow([{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c' }]);

describe('commands about the run', () => {
  test('pause lets running jobs finish and starts nothing until resume', () => {
    const run = tell(three);
    expect(run.command('pause')).toEqual(['0s run.paused']);
    expect(run.command('pause')).toEqual([]);
    expect(run.exits('a')).toEqual(['0s job.exited a', '0s job.finished a succeeded']);
    expect(run.command('resume')).toEqual(['0s run.resumed', '0s job.starting c']);
  });

  test('a paused run stays open after its last job', () => {
    const run = tell(workflow([{ id: 'a' }]), { onFailure: 'continue' });
    run.command('pause');
    expect(run.exits('a', 1)).toEqual(['0s job.exited a', '0s job.finished a failed']);
    expect(run.command('retry', 'a')).toEqual(['0s job.reset a']);
    expect(run.command('resume')).toEqual(['0s run.resumed', '0s job.starting a']);
    expect(run.exits('a').at(-1)).toBe('0s run.finished succeeded 0');
  });

  test('fewer workers drain, more workers start at once', () => {
    const run = tell(workflow(['a', 'b', 'c', 'd'].map((id) => ({ id }))), { parallel: true, workers: 2 });
    expect(run.workers(1)).toEqual(['0s run.changed 1']);
    expect(run.exits('a').slice(2)).toEqual([]);
    expect(run.workers(3)).toEqual(['0s run.changed 3', '0s job.starting c', '0s job.starting d']);
  });

  test('nothing is heard before the start or after the end', () => {
    const run = tell(workflow([{ id: 'a' }]));
    run.exits('a');
    expect(run.command('pause')).toEqual([]);
    expect(run.exits('a')).toEqual([]);
    expect(run.wait(1e9)).toEqual([]);
  });
});

describe('commands about a job', () => {
  test('skip takes a waiting job out and lets its dependents run', () => {
    const run = tell(three);
    expect(run.command('skip', 'a')).toEqual([]);
    expect(run.command('skip', 'c')).toEqual(['0s job.skipped c requested']);
    run.exits('a');
    expect(run.exits('b').at(-1)).toBe('0s run.finished succeeded 0');
  });

  test('a held job stands aside until it is released', () => {
    const run = tell(three);
    run.command('hold', 'b');
    run.command('hold', 'c');
    expect(run.exits('a').slice(2)).toEqual([]);
    expect(run.command('release', 'b')).toEqual(['0s job.released b', '0s job.starting b']);
  });

  test('a held retry keeps its worker in a sequential run', () => {
    const run = tell(workflow([{ id: 'a', retry: retries(1) }, { id: 'b' }]));
    run.exits('a', 1);
    run.command('hold', 'a');
    expect(run.wait(10_000)).toEqual(['10s job.due a']);
    expect(run.command('release', 'a')).toEqual(['10s job.released a', '10s job.starting a try 2']);
  });

  test('retry ends a back-off at once', () => {
    const run = tell(workflow([{ id: 'a', retry: retries(1) }]));
    run.exits('a', 1);
    expect(run.command('retry', 'a')).toEqual(['0s job.due a', '0s job.starting a try 2']);
    expect(run.wait(60_000)).toEqual([]);
  });

  test('retry opens a failed job again, in a new round, with all that was skipped because of it', () => {
    const chain = workflow([{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }, { id: 'd' }]);
    const run = tell(chain, { onFailure: 'continue' });
    run.exits('a', 1);
    expect(run.outcomes()).toEqual({
      a: 'failed',
      b: 'skipped (dependency a)',
      c: 'skipped (dependency b)',
      d: 'starting',
    });
    expect(run.command('retry', 'a')).toEqual(['0s job.reset a', '0s job.reset b', '0s job.reset c']);
    expect(run.exits('d').at(-1)).toBe('0s job.starting a');
    expect(run.events.at(-1)).toMatchObject({ round: 2, try: 1, token: '0.1.0.2.1' });
    run.exits('a');
    run.exits('b');
    expect(run.exits('c').at(-1)).toBe('0s run.finished succeeded 0');
  });

  test('a job that was skipped for near and far reasons at once comes back with them', () => {
    const diamond = workflow([
      { id: 'a' },
      { id: 'b', needs: ['a'] },
      { id: 'c', needs: ['b'] },
      { id: 'd', needs: ['a', 'c'] },
      { id: 'other' },
    ]);
    const run = tell(diamond, { onFailure: 'continue' });
    run.exits('a', 1);
    expect(run.command('mark', 'a')).toEqual([
      '0s job.reset a',
      '0s job.marked a',
      '0s job.reset b',
      '0s job.reset d',
      '0s job.reset c',
    ]);
    expect(run.outcomes()).toMatchObject({ b: 'ready', c: 'waiting', d: 'waiting' });
  });

  test('a job is not opened again under a dependent that has begun', () => {
    const undo = { id: 'undo', needs: [{ job: 'a', when: 'failure' as const }], retry: retries(1) };
    const run = tell(workflow([{ id: 'a' }, undo]), { onFailure: 'continue' });
    run.exits('a', 1);
    expect(run.command('retry', 'a')).toEqual([]);
    run.exits('undo', 1);
    expect(run.command('mark', 'a')).toEqual([]);
  });

  test('mark makes a failed job succeed without running it', () => {
    const run = tell(workflow([{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c' }]), {
      onFailure: 'continue',
    });
    run.exits('a', 1);
    expect(run.command('mark', 'a')).toEqual(['0s job.reset a', '0s job.marked a', '0s job.reset b']);
    expect(run.exits('c').at(-1)).toBe('0s job.starting b');
    expect(run.exits('b').at(-1)).toBe('0s run.finished succeeded 0');
    expect(run.outcomes()).toEqual({ a: 'succeeded (marked)', b: 'succeeded', c: 'succeeded' });
  });

  test('mark spares a waiting job its turn', () => {
    const run = tell(three);
    expect(run.command('mark', 'c')).toEqual(['0s job.marked c']);
    expect(run.command('mark', 'a')).toEqual([]);
  });

  test('nothing is opened again in a run that stops', () => {
    const run = tell(three, { parallel: true, workers: 2 });
    run.exits('a', 1);
    expect(run.command('retry', 'a')).toEqual([]);
    expect(run.command('mark', 'a')).toEqual([]);
  });
});

describe('approval', () => {
  const gated = () => tell(workflow([{ id: 'a' }, { id: 'b' }]), { approvals: new Map([['a', 60_000]]) });

  test('holds nothing while it waits', () => {
    const run = gated();
    expect(run.outcomes()).toEqual({ a: 'approving', b: 'starting' });
    expect(run.command('approve', 'a')).toEqual(['0s job.approved a']);
    expect(run.exits('b').at(-1)).toBe('0s job.starting a');
  });

  test('refused or not given in time, the job is cancelled', () => {
    const refused = gated();
    expect(refused.command('reject', 'a')).toEqual(['0s job.finished a cancelled rejected']);
    expect(refused.exits('b').at(-1)).toBe('0s run.finished failed 1');
    expect(gated().wait(60_000)).toEqual(['60s job.finished a cancelled rejected']);
  });
});

describe('a change of a job', () => {
  const jobs = [
    { id: 'first' },
    { id: 'high', needs: ['first'], priority: 5 },
    { id: 'low', needs: ['first'] },
    { id: 'late', needs: ['first'], priority: -1 },
  ];
  const order = (run: ReturnType<typeof tell>) => {
    for (const id of ['first', 'high', 'low', 'late', 'high', 'low', 'late']) {
      run.started(id);
      run.exits(id);
    }
    return run.events.flatMap((event) => (event.type === 'job.starting' ? [run.plan.ids[event.job]] : []));
  };

  test.each([
    ['sequential', {}],
    ['parallel', { parallel: true, workers: 1 }],
  ] as const)('another priority puts it behind the jobs that have this one already: %s', (_, options) => {
    const behind = tell(workflow(jobs), options);
    behind.modify('late', { priority: 5 });
    expect(order(behind)).toEqual(['first', 'high', 'late', 'low']);
    const between = tell(workflow(jobs), options);
    between.modify('late', { priority: 3 });
    expect(order(between)).toEqual(['first', 'high', 'late', 'low']);
    const last = tell(workflow(jobs), options);
    last.modify('high', { priority: -9 });
    expect(order(last)).toEqual(['first', 'low', 'late', 'high']);
  });

  test('a job that stands in line changes its place', () => {
    const two = { parallel: true, workers: 2 };
    const run = tell(workflow([{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }]), two);
    run.modify('d', { priority: 1 });
    run.started('a');
    expect(run.exits('a').at(-1)).toBe('0s job.starting d');
  });

  test('another limit and other retries count for the next try', () => {
    const run = tell(workflow([{ id: 'a', retry: retries(1) }]));
    run.started('a');
    run.exits('a', 1);
    expect(run.modify('a', { timeout: 5, max_retries: 2 })).toEqual(['0s job.modified a']);
    run.wait(10_000);
    run.started('a');
    expect(run.wait(5000)[0]).toBe('15s job.signalled a SIGTERM time_limit');
    expect(run.dies('a', 'SIGTERM')[1]).toMatch(/job\.retrying a/);
  });

  test('comes too late for one that is under way or has ended', () => {
    const run = tell(workflow([{ id: 'a' }, { id: 'b', needs: ['a'] }]));
    expect(run.modify('a', { priority: 1 })).toEqual([]);
    run.started('a');
    run.exits('a');
    expect(run.modify('a', { priority: 1 })).toEqual([]);
  });
});

describe('locks', () => {
  const locked = () =>
    tell(
      workflow([
        { id: 'a', locks: ['db'] },
        { id: 'b', locks: ['db'] },
      ]),
      { parallel: true, workers: 2 },
    );

  test('two jobs of a run never want the same lock at once', () => {
    const run = locked();
    expect(run.outcomes()).toEqual({ a: 'locking', b: 'ready' });
    expect(run.lock('a', true)).toEqual(['0s lock.granted a', '0s job.starting a']);
    expect(run.exits('a').at(-1)).toBe('0s lock.requested b');
  });

  test('a refused lock is an error of the job', () => {
    expect(locked().lock('a', false).slice(0, 2)).toEqual([
      '0s lock.lost a',
      '0s job.finished a errored lock',
    ]);
  });

  test('a job that loses its lock is ended', () => {
    const run = locked();
    run.lock('a', true);
    expect(run.lock('a', false)).toEqual(['0s lock.lost a']);
    expect(run.started('a')).toEqual(['0s job.started a', '0s job.signalled a SIGTERM lock_lost']);
    expect(run.dies('a', 'SIGTERM')[1]).toBe('0s job.finished a errored lock');
  });

  test('a lock lost in a back-off is asked for again', () => {
    const run = tell(workflow([{ id: 'a', locks: ['db'], retry: retries(1) }]));
    run.lock('a', true);
    run.exits('a', 1);
    run.lock('a', false);
    expect(run.wait(10_000)).toEqual(['10s job.due a', '10s lock.requested a']);
    expect(run.lock('a', true).at(-1)).toBe('10s job.starting a try 2');
  });
});
