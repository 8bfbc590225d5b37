import { describe, expect, test } from '@jest/globals';
import { backoffMs } from '../../src/scheduler/backoff.ts';
import { tell } from './story.ts';
import { check, retries, workflow } from './workflow.ts';

describe('retries', () => {
  test('follow a failure after growing waits, until there are none left', () => {
    const run = tell(workflow([{ id: 'a', retry: retries(2) }]));
    expect(run.exits('a', 7)).toEqual(['0s job.exited a', '0s job.retrying a failed 10000']);
    expect(run.wait(9999)).toEqual([]);
    expect(run.wait(1)).toEqual(['10s job.due a', '10s job.starting a try 2']);
    expect(run.exits('a', 7)).toEqual(['10s job.exited a', '10s job.retrying a failed 20000']);
    expect(run.wait(20_000)).toEqual(['30s job.due a', '30s job.starting a try 3']);
    expect(run.exits('a', 7).slice(0, 2)).toEqual(['30s job.exited a', '30s job.finished a failed']);
    expect(run.events.find((event) => event.type === 'job.finished')).toMatchObject({
      tries: 3,
      duration_ms: 30_000,
    });
  });

  const table = [
    { name: 'FAILED in retry_on_status', on: ['FAILED'], codes: [], code: 2, retried: true },
    { name: 'the exit code in retry_on_exit_codes', on: [], codes: [2, 3], code: 2, retried: true },
    { name: 'neither of them', on: ['ERROR', 'TIMEOUT'], codes: [1], code: 2, retried: false },
  ] as const;
  for (const { name, on, codes, code, retried } of table) {
    test(`${retried ? 'follow' : 'do not follow'} with ${name}`, () => {
      const run = tell(workflow([{ id: 'a', retry: retries(1, { onStatus: on, onExitCodes: codes }) }]));
      expect(run.exits('a', code)[1]).toBe(
        `0s job.${retried ? 'retrying a failed 10000' : 'finished a failed'}`,
      );
    });
  }

  test('a process killed by a signal has failed, with no exit code', () => {
    const run = tell(
      workflow([{ id: 'a', retry: retries(1, { onStatus: [], onExitCodes: [0, 1, 9, 137] }) }]),
    );
    expect(run.dies('a', 'SIGKILL')[1]).toBe('0s job.finished a failed');
  });

  test('a start that failed is an error, retried where ERROR is', () => {
    const error = { kind: 'errored', error: { errno: 'ENOENT', message: 'no such folder' } } as const;
    expect(tell(workflow([{ id: 'a', retry: retries(1) }])).fate('a', error)).toEqual([
      '0s job.failed_to_start a',
      '0s job.retrying a errored 10000',
    ]);
    const strict = tell(workflow([{ id: 'a', retry: retries(1, { onStatus: ['FAILED'] }) }]));
    expect(strict.fate('a', error)[1]).toBe('0s job.finished a errored');
  });

  test('a retry that would come after max_retry_time is not waited for', () => {
    const run = tell(workflow([{ id: 'a', retry: retries(9, { maxRetryTimeMs: 29_999 }) }]));
    run.exits('a', 1);
    run.wait(10_000);
    expect(run.exits('a', 1)[1]).toBe('10s job.finished a failed');
    const longer = tell(workflow([{ id: 'a', retry: retries(9, { maxRetryTimeMs: 30_000 }) }]));
    longer.exits('a', 1);
    longer.wait(10_000);
    expect(longer.exits('a', 1)[1]).toBe('10s job.retrying a failed 20000');
  });

  test('keep the worker in a sequential run: nothing overtakes them', () => {
    const run = tell(workflow([{ id: 'a', retry: retries(1) }, { id: 'b' }]));
    expect(run.exits('a', 1)).toEqual(['0s job.exited a', '0s job.retrying a failed 10000']);
    expect(run.wait(10_000)).toEqual(['10s job.due a', '10s job.starting a try 2']);
    expect(run.exits('a').at(-1)).toBe('10s job.starting b');
  });

  test('give worker, pools and locks back in a parallel run, and ask for them again', () => {
    const demand = { resources: { cpu: 2 }, locks: ['db'] };
    const run = tell(
      workflow(
        [
          { id: 'a', retry: retries(1), priority: 1, ...demand },
          { id: 'b', ...demand },
          { id: 'c', ...demand },
        ],
        {
          resources: { cpu: 2 },
        },
      ),
      { parallel: true, workers: 2, onFailure: 'continue' },
    );
    expect(run.lock('a', true)).toEqual(['0s lock.granted a', '0s job.starting a']);
    expect(run.exits('a', 1)).toEqual([
      '0s job.exited a',
      '0s job.retrying a failed 10000',
      '0s lock.requested b',
    ]);
    run.lock('b', true);
    expect(run.wait(10_000)).toEqual(['10s job.due a']);
    expect(run.exits('b').at(-1)).toBe('10s lock.requested a');
    expect(run.lock('a', true).at(-1)).toBe('10s job.starting a try 2');
  });

  test('are abandoned by a stop, with the failure they were to mend', () => {
    const run = tell(workflow([{ id: 'a', retry: retries(5) }, { id: 'b' }]), { parallel: true, workers: 2 });
    run.exits('a', 1);
    expect(run.exits('b', 1)).toEqual([
      '0s job.exited b',
      '0s job.finished b failed',
      '0s run.stopping failure',
      '0s job.finished a failed',
      '0s run.finished failed 1',
    ]);
  });
});

describe('checks and retries', () => {
  test('a failed pre-check is never retried and starts nothing', () => {
    const run = tell(workflow([{ id: 'a', preChecks: [check('x'), check('y')], retry: retries(3) }]));
    expect(run.checked('a', 'pre', 0, true)).toEqual([
      '0s check.finished a pre 0 true',
      '0s check.started a pre 1',
    ]);
    expect(run.checked('a', 'pre', 1, false).slice(0, 2)).toEqual([
      '0s check.finished a pre 1 false',
      '0s job.finished a precheck_failed',
    ]);
  });

  test('pre-checks come before the first try alone, post-checks after each', () => {
    const job = { id: 'a', preChecks: [check('x')], postChecks: [check('y')], retry: retries(1) };
    const run = tell(workflow([job]));
    expect(run.checked('a', 'pre', 0, true).at(-1)).toBe('0s job.starting a');
    run.exits('a', 1);
    expect(run.wait(10_000)).toEqual(['10s job.due a', '10s job.starting a try 2']);
    expect(run.exits('a')).toEqual(['10s job.exited a', '10s check.started a post 0']);
    expect(run.checked('a', 'post', 0, true)).toEqual([
      '10s check.finished a post 0 true',
      '10s job.finished a succeeded',
      '10s run.finished succeeded 0',
    ]);
  });

  test('a failed post-check is retried only when the exit code asks for it', () => {
    const job = { id: 'a', postChecks: [check('y')] };
    const plain = tell(workflow([{ ...job, retry: retries(1) }]));
    plain.exits('a');
    expect(plain.checked('a', 'post', 0, false)[1]).toBe('0s job.finished a postcheck_failed');
    const asking = tell(workflow([{ ...job, retry: retries(1, { onExitCodes: [0] }) }]));
    asking.exits('a');
    expect(asking.checked('a', 'post', 0, false)[1]).toBe('0s job.retrying a postcheck_failed 10000');
  });

  test('an answer about another check than the one under way is ignored', () => {
    const run = tell(workflow([{ id: 'a', preChecks: [check('x'), check('y')] }]));
    expect(run.checked('a', 'pre', 1, false)).toEqual([]);
    expect(run.checked('a', 'post', 0, false)).toEqual([]);
    run.checked('a', 'pre', 0, true);
    expect(run.checked('a', 'pre', 0, false)).toEqual([]);
  });
});

describe('the wait before a retry', () => {
  test('is delay × backoff^(k−1)', () => {
    const waits = [1, 2, 3].map((tryNumber) => backoffMs(retries(3, { backoff: 1.5 }), 1, 0, tryNumber));
    expect(waits).toEqual([10_000, 15_000, 22_500]);
  });

  test('jitter moves it within its bounds, by seed, job and try alone', () => {
    const policy = retries(3, { jitter: 0.2, backoff: 1 });
    const waits = Array.from({ length: 3000 }, (_, job) => backoffMs(policy, 42, job, 1));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(8000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(12_000);
    expect(Math.min(...waits)).toBeLessThan(8100);
    expect(Math.max(...waits)).toBeGreaterThan(11_900);
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    expect(Math.abs(mean - 10_000)).toBeLessThan(100);
    expect(backoffMs(policy, 42, 5, 1)).toBe(waits[5]);
    expect(backoffMs(policy, 43, 5, 1)).not.toBe(waits[5]);
    expect(backoffMs(policy, 42, 5, 2)).not.toBe(waits[5]);
  });

  test('is at least a tenth of a second when there is jitter', () => {
    expect(backoffMs(retries(1, { delayMs: 0, jitter: 0.1 }), 1, 0, 1)).toBe(100);
    expect(backoffMs(retries(1, { delayMs: 0, jitter: 0 }), 1, 0, 1)).toBe(0);
  });
});
