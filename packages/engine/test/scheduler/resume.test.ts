import { describe, expect, test } from '@jest/globals';
import { owed } from '../../src/scheduler/index.ts';
import { story, tell } from './story.ts';
import { check, retries, workflow } from './workflow.ts';

const chain = workflow([{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }]);

describe('a resume', () => {
  test('keeps what it is told to and runs the rest', () => {
    const run = tell(
      chain,
      { attempt: 2 },
      { fromAttempt: 1, kept: [{ job: 0, status: 'succeeded' }], inFlight: [] },
    );
    expect(story(run.events, run.plan)).toEqual([
      '0s run.started',
      '0s run.adopted',
      '0s job.kept a succeeded',
      '0s job.starting b',
    ]);
    expect(run.events.at(-1)).toMatchObject({ token: '0.2.1.1.1' });
  });

  test('adopts a running job with the rest of its limit, and waits for it', () => {
    const timeLimit = { kind: 'fixed', limitMs: 60_000 } as const;
    const jobs = [{ id: 'a', timeLimit, retry: retries(2) }, { id: 'b' }];
    const fate = { kind: 'running', pid: 99, ticks: 5, sinceMs: 45_000 } as const;
    const run = tell(
      workflow(jobs),
      {},
      { fromAttempt: 1, kept: [], inFlight: [{ job: 0, round: 1, try: 2, fate }] },
    );
    expect(run.outcomes()).toEqual({ a: 'running', b: 'ready' });
    expect(run.wait(15_000)).toEqual(['15s job.signalled a SIGTERM time_limit']);
    run.dies('a', 'SIGTERM');
    expect(run.wait(20_000).at(-1)).toBe('35s job.starting a try 3');
  });

  test('adopts more jobs than there are workers now, and drains', () => {
    const jobs = ['a', 'b', 'c'].map((id) => ({ id, resources: { cpu: 1 } }));
    const inFlight = [0, 1].map((job) => {
      return { job, round: 1, try: 1, fate: { kind: 'running', pid: 9 + job, sinceMs: 0 } } as const;
    });
    const configuration = workflow(jobs, { resources: { cpu: 1 } });
    const run = tell(configuration, { parallel: true, workers: 1 }, { fromAttempt: 1, kept: [], inFlight });
    expect(run.exits('a').slice(2)).toEqual([]);
    expect(run.exits('b').at(-1)).toBe('0s job.starting c');
  });

  test('an adopted job that fails waits for a dependency that runs again before its retry', () => {
    const jobs = [{ id: 'a' }, { id: 'b', needs: ['a'], retry: retries(1) }];
    const fate = { kind: 'running', pid: 99, sinceMs: 0 } as const;
    const inFlight = [{ job: 1, round: 1, try: 1, fate }];
    const run = tell(workflow(jobs), {}, { fromAttempt: 1, kept: [], inFlight });
    expect(run.exits('b', 1)).toEqual(['0s job.exited b', '0s job.retrying b failed 10000']);
    expect(run.wait(10_000)).toEqual(['10s job.due b', '10s job.starting a']);
    expect(run.exits('a').at(-1)).toBe('10s job.starting b try 2');
  });

  test('an adopted job whose dependency then fails keeps its own last failure', () => {
    const jobs = [{ id: 'a' }, { id: 'b', needs: ['a'], retry: retries(1) }];
    const fate = { kind: 'exited', end: { exit_code: 1 } } as const;
    const inFlight = [{ job: 1, round: 1, try: 1, fate }];
    const run = tell(workflow(jobs), { onFailure: 'continue' }, { fromAttempt: 1, kept: [], inFlight });
    run.wait(10_000);
    expect(run.exits('a', 1).slice(1, 3)).toEqual(['10s job.finished a failed', '10s job.finished b failed']);
  });

  test('takes the exit of a job that ended meanwhile, and runs its post-checks', () => {
    const jobs = [{ id: 'a', postChecks: [check('x')] }];
    const inFlight = [{ job: 0, round: 1, try: 1, fate: { kind: 'exited', end: { exit_code: 0 } } as const }];
    const run = tell(workflow(jobs), {}, { fromAttempt: 1, kept: [], inFlight });
    expect(story(run.events, run.plan).slice(2)).toEqual([
      '0s job.adopted a',
      '0s job.exited a',
      '0s check.started a post 0',
    ]);
  });

  test('starts a try that never began as if nothing had been', () => {
    const inFlight = [{ job: 0, round: 1, try: 1, fate: { kind: 'never' } as const }];
    const run = tell(chain, { attempt: 2 }, { fromAttempt: 1, kept: [], inFlight });
    expect(run.events.at(-1)).toMatchObject({ type: 'job.starting', try: 1, token: '0.2.0.1.1' });
  });

  test('a job that is skipped by request is not kept', () => {
    const kept = [{ job: 0, status: 'succeeded' as const }];
    const run = tell(chain, { skip: ['a'] }, { fromAttempt: 1, kept, inFlight: [] });
    expect(run.outcomes()).toEqual({ a: 'skipped (requested)', b: 'starting', c: 'waiting' });
  });

  test('a job that is still under way is adopted, even if it is named as kept too', () => {
    const fate = { kind: 'running', pid: 99, sinceMs: 0 } as const;
    const kept = [{ job: 0, status: 'succeeded' as const }];
    const run = tell(chain, {}, { fromAttempt: 1, kept, inFlight: [{ job: 0, round: 1, try: 1, fate }] });
    expect(run.outcomes()).toEqual({ a: 'running', b: 'waiting', c: 'waiting' });
  });

  test('a kept failure counts, and stops nothing', () => {
    const kept = [{ job: 0, status: 'failed' as const }];
    const run = tell(workflow([{ id: 'a' }, { id: 'b' }]), {}, { fromAttempt: 1, kept, inFlight: [] });
    expect(run.exits('b').at(-1)).toBe('0s run.finished failed 1');
  });
});

describe('a try that nobody can say the end of', () => {
  const lost = (onUnknown: 'rerun' | 'fail' | 'ask') => {
    const run = tell(chain, { onUnknown });
    return { run, told: run.fate('a', { kind: 'unknown' }) };
  };

  test('runs again when that is allowed', () => {
    const { run, told } = lost('rerun');
    expect(told).toEqual(['0s job.lost a', '0s job.retrying a unknown 0']);
    expect(run.wait(0)).toEqual(['0s job.due a', '0s job.starting a try 2']);
  });

  test('fails the job when not', () => {
    expect(lost('fail').told.slice(0, 2)).toEqual(['0s job.lost a', '0s job.finished a unknown']);
  });

  test('asks a person', () => {
    const { run, told } = lost('ask');
    expect(told).toEqual(['0s job.lost a', '0s job.approving a']);
    expect(run.command('approve', 'a')).toEqual(['0s job.approved a', '0s job.starting a try 2']);
    expect(lost('ask').run.command('reject', 'a')[0]).toBe('0s job.finished a unknown rejected');
  });
});

describe('what is owed', () => {
  test('names all that was begun and not confirmed, and nothing else', () => {
    const jobs = [
      { id: 'locking', locks: ['one'] },
      { id: 'checking', preChecks: [check('x'), check('y')] },
      { id: 'starting' },
      { id: 'running', locks: ['two'] },
      { id: 'stopping', timeLimit: { kind: 'fixed', limitMs: 1000 } as const },
      { id: 'verifying', postChecks: [check('z')] },
      { id: 'retrying', retry: retries(1) },
      { id: 'waiting', needs: ['running'] },
    ];
    const run = tell(workflow(jobs), { parallel: true, workers: 9, run: 5 });
    run.checked('checking', 'pre', 0, true);
    run.lock('running', true);
    run.started('running');
    run.started('stopping');
    run.exits('verifying');
    run.exits('retrying', 1);
    run.wait(1000);
    expect(owed(run.state, run.plan)).toEqual([
      { type: 'acquire', job: 0, locks: ['one'] },
      { type: 'check', job: 1, phase: 'pre', index: 1 },
      { type: 'launch', job: 2, round: 1, try: 1, token: '5.1.2.1.1', limitMs: 3_600_000 },
      { type: 'acquire', job: 3, locks: ['two'] },
      { type: 'signal', job: 4, signal: 'SIGTERM' },
      { type: 'check', job: 5, phase: 'post', index: 0 },
    ]);
    run.wait(10_000);
    expect(owed(run.state, run.plan)).toContainEqual({ type: 'signal', job: 4, signal: 'SIGKILL' });
  });
});
