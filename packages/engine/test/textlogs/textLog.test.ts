import type { Job } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import type { JournalEvent } from '../../src/journal/index.ts';
import { textLog } from '../../src/textlogs/index.ts';

const retry = {
  maxRetries: 2,
  delayMs: 1000,
  backoff: 2,
  jitter: 0,
  maxRetryTimeMs: 60_000,
  onStatus: ['FAILED'],
  onExitCodes: [1],
};

function job(id: string, settings: object = {}): Job {
  return {
    id,
    command: `run ${id}`,
    retry: { ...retry, maxRetries: 0 },
    preChecks: [{ name: 'check_file_exists', params: { path: 'a.sql', deep: true }, timeoutMs: 1 }],
    postChecks: [],
    allowFailure: false,
    ...settings,
  } as unknown as Job;
}

/** The lines of events, as `destination LEVEL message`. Each event is a type, a job or none, a time and its own fields. */
type Short = readonly [type: string, job: string | undefined, m: number, fields?: object];

function lines(jobs: readonly Job[], ...events: readonly Short[]): string[] {
  const log = textLog(jobs);
  return events.flatMap(([type, id, m, fields]) => {
    const head = { v: 1, seq: 1, t: new Date(m).toISOString(), m, run: 7, attempt: 1, type };
    const ofJob = id === undefined ? {} : { job: id, round: 1, try: 1 };
    const event = { ...head, ...ofJob, ...fields } as unknown as JournalEvent;
    return log.lines(event).map(({ to, level, message, atMs, job: about }) => {
      expect(atMs).toBe(m);
      expect(about).toBe(id);
      return `${to} ${level} ${message}`;
    });
  });
}

const started = (options: object = {}): Short => ['run.started', undefined, 0, { options, workers: 3 }];
const starting = (id: string, m: number, number = 1): Short => [
  'job.starting',
  id,
  m,
  { try: number, limit_ms: 10_000 },
];
const exited = (id: string, m: number, end: object): Short => ['job.exited', id, m, { end }];
const ended = (id: string, m: number, status: string, more: object = {}): Short => [
  'job.finished',
  id,
  m,
  { status, tries: 1, duration_ms: m, ...more },
];

describe('the text log', () => {
  test('of a job that succeeds', () => {
    expect(
      lines([job('a')], starting('a', 10), exited('a', 140, { exit_code: 0 }), ended('a', 150, 'succeeded')),
    ).toEqual([
      "run INFO Starting job 'a'",
      'run INFO Running job: a Command: run a',
      'job INFO Executing job - a: run a',
      'job INFO Job a: SUCCESS',
      "run INFO Job 'a' completed successfully in 0.13 seconds",
    ]);
  });

  test('of a command with line breaks: they stay, but for the last', () => {
    const [, running] = lines([job('a', { command: 'one\ntwo\n' })], starting('a', 1));
    expect(running).toBe('run INFO Running job: a Command: one\ntwo');
  });

  test('of the run around it', () => {
    const finished: Short = ['run.finished', undefined, 9, { outcome: 'failed', exit_code: 1, counts: {} }];
    expect(lines([job('a'), job('b')], started({ parallel: true }), finished)).toEqual([
      'application INFO Initialized run ID: 7, attempt: 1',
      'run INFO Created run summary for run ID: 7',
      'run INFO Parallel execution with 3 workers',
      'run WARNING The following jobs were not completed: a, b',
      'run INFO Updated run summary for run ID: 7 with status: FAILED',
    ]);
  });

  test('names as not completed what was cancelled or never ran, not what was asked to be skipped or not called for', () => {
    const jobs = ['ok', 'bad', 'left', 'asked', 'stopped', 'uncalled', 'cut'].map((id) => job(id));
    const all = lines(
      jobs,
      ended('ok', 1, 'succeeded'),
      ended('bad', 1, 'failed'),
      ended('cut', 1, 'cancelled'),
      ['job.skipped', 'left', 1, { reason: 'dependency', because: 'bad' }],
      ['job.skipped', 'asked', 1, { reason: 'requested' }],
      ['job.skipped', 'stopped', 1, { reason: 'stopped' }],
      ['job.skipped', 'uncalled', 1, { reason: 'dependency', because: 'ok' }],
      ['run.finished', undefined, 1, { outcome: 'failed' }],
    );
    expect(all).toContain('run INFO Skipping job asked (requested)');
    expect(all.at(-2)).toBe('run WARNING The following jobs were not completed: left, stopped, cut');
  });

  test('of a failure that stops a parallel run', () => {
    const all = lines(
      [job('a'), job('b')],
      started({ parallel: true }),
      starting('a', 1),
      starting('b', 1),
      exited('a', 5, { exit_code: 3 }),
      ended('a', 5, 'failed'),
      ['run.stopping', undefined, 5, { why: 'failure', by: 'a' }],
    );
    expect(all.slice(9)).toEqual([
      'job ERROR Job a: FAILED with exit code 3',
      'run ERROR Job a failed after 1 attempts.',
      'run ERROR Stopping execution.',
      'run WARNING Exit code set to: 1',
      'run INFO Execution marked as interrupted',
      'run INFO Waiting for 1 active jobs to complete...',
    ]);
  });

  test('of a failure that does not stop it, or may happen', () => {
    const goesOn = 'run WARNING Job a failed but continuing.';
    expect(lines([job('a')], started({ on_failure: 'continue' }), ended('a', 5, 'failed')).at(-1)).toBe(
      goesOn,
    );
    expect(lines([job('a', { allowFailure: true })], started(), ended('a', 5, 'failed')).at(-1)).toBe(goesOn);
  });

  test('of retries and their end', () => {
    const jobs = [job('a', { retry })];
    expect(
      lines(
        jobs,
        starting('a', 1),
        exited('a', 2, { signal: 'SIGKILL' }),
        ['job.retrying', 'a', 2, { status: 'failed', delay_ms: 2250 }],
        starting('a', 2300, 2),
        exited('a', 2400, { exit_code: 1 }),
        ['job.retrying', 'a', 2400, { try: 2, status: 'postcheck_failed', delay_ms: 40 }],
        starting('a', 2440, 3),
        exited('a', 2500, { exit_code: 1 }),
        ended('a', 2500, 'failed', { tries: 3 }),
      ).slice(3),
    ).toEqual([
      'job ERROR Job a: FAILED with exit code -9 (SIGKILL)',
      'run INFO Will retry job a in 2.3 seconds (attempt 1/2)',
      'run INFO Retry attempt 1/2 for job a',
      'job ERROR Job a: FAILED with exit code 1',
      'run ERROR Job a failed post-checks after 0.10 seconds.',
      'run INFO Will retry job a in 0.0 seconds (attempt 2/2)',
      'run INFO Retry attempt 2/2 for job a',
      'job ERROR Job a: FAILED with exit code 1',
      'run ERROR Job a failed after 3 attempts.',
    ]);
  });

  test.each([
    ['failed', { exit_code: 4 }, 5, 'run ERROR Job a failed after 1 attempts.'],
    [
      'timed_out',
      { signal: 'SIGTERM' },
      5,
      "run ERROR Job a failed with status 'TIMEOUT' and exit code -1. No retry conditions met.",
    ],
    [
      'errored',
      undefined,
      5,
      "run ERROR Job a failed with status 'ERROR' and exit code -2. No retry conditions met.",
    ],
    [
      'failed',
      { exit_code: 1 },
      70_000,
      'run WARNING Job a exceeded maximum retry time of 60s after 1 attempts.',
    ],
  ])('of a job that is %s with %j and not tried again', (status, end, m, expected) => {
    const all = lines(
      [job('a', { retry })],
      starting('a', 0),
      ...(end ? [exited('a', m, end)] : []),
      ended('a', m, status),
    );
    expect(all.at(-1)).toBe(expected);
  });

  test('of a time limit: nothing more is said when the process is gone', () => {
    expect(
      lines(
        [job('a')],
        starting('a', 0),
        ['job.signalled', 'a', 10_000, { signal: 'SIGTERM', why: 'time_limit' }],
        ['job.signalled', 'a', 11_000, { signal: 'SIGKILL', why: 'grace' }],
        exited('a', 11_000, { signal: 'SIGKILL' }),
        ended('a', 11_000, 'timed_out'),
      ).slice(3),
    ).toEqual([
      'job ERROR Job a timed out after 10 seconds (timeout=10).',
      'run ERROR Job a timed out after 10 seconds (timeout=10).',
      'job WARNING Job a outlived its grace period and gets SIGKILL',
      'run ERROR Job a failed after 1 attempts.',
    ]);
  });

  test('of checks: the parameters on the terminal, the reason in the log of the job', () => {
    const check = (ok: boolean, more: object): Short => [
      'check.finished',
      'a',
      3,
      { phase: 'pre', index: 0, name: 'check_file_exists', ok, ...more },
    ];
    const begun: Short = ['check.started', 'a', 1, { phase: 'pre', index: 0, name: 'check_file_exists' }];
    expect(
      lines(
        [job('a')],
        begun,
        check(true, {}),
        check(false, { message: 'it is not there' }),
        ended('a', 3, 'precheck_failed'),
      ),
    ).toEqual([
      "run INFO Starting job 'a'",
      'run INFO Running job: a Command: run a',
      'job INFO Executing job - a: run a',
      'terminal INFO Job a pre_check: check_file_exists(path=a.sql, deep=true) - passed',
      'job INFO Pre-check passed: check_file_exists',
      'terminal INFO Job a pre_check: check_file_exists(path=a.sql, deep=true) - failed (it is not there)',
      'job ERROR Pre-check failed: check_file_exists',
      'job ERROR it is not there',
      'run ERROR Pre-checks failed for job a. Skipping job execution.',
    ]);
    expect(lines([job('a')], begun, check(false, { values: { unknown_check: 'x' } })).slice(3)).toEqual([
      'terminal INFO Job a pre_check: check_file_exists(path=a.sql, deep=true) - failed (unknown check)',
      'job ERROR Unknown pre-check: check_file_exists',
    ]);
  });

  test('of a stop and a kill by a person', () => {
    expect(
      lines(
        [job('a')],
        starting('a', 1),
        ['run.stopping', undefined, 2, { why: 'cancel', by: 'SIGINT' }],
        ['job.signalled', 'a', 2, { signal: 'SIGTERM', why: 'cancel' }],
        ['run.stopping', undefined, 3, { why: 'kill', by: 'SIGINT' }],
        exited('a', 4, { signal: 'SIGKILL' }),
        ended('a', 4, 'cancelled'),
      ).slice(3),
    ).toEqual([
      'run WARNING Received SIGINT. Stopping 1 running job.',
      'job WARNING Job a is stopped with SIGTERM',
      'run ERROR Received SIGINT. Killing 1 running job.',
      'job ERROR Job a: FAILED with exit code -9 (SIGKILL)',
      'run WARNING Job a was cancelled.',
    ]);
  });

  test('of an event that it does not know: nothing', () => {
    expect(lines([job('a')], ['job.invented', 'a', 1], ['run.invented', undefined, 1])).toEqual([]);
  });
});
