import type { Job } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import type { JournalEvent } from '../../src/journal/index.ts';
import { type RunSummary, renderSummary, summaryFold } from '../../src/summary/index.ts';

const sources = { log: '/logs/run.log', jobLog: (id: string) => `/logs/${id}.log`, lastLines: () => [] };

type TestEvent = readonly [type: string, job: string | undefined, fields: object];

function fold(ids: readonly string[], ...events: readonly TestEvent[]): RunSummary {
  const summary = summaryFold(
    ids.map((id) => ({ id, description: `does ${id}`, noOutputTimeoutMs: 2000 }) as Job),
  );
  for (const [type, job, fields] of events) {
    const head = { v: 1, seq: 1, t: '2026-01-02T03:04:05.000Z', m: 65_000, run: 7, attempt: 1, type };
    const event = { ...head, ...(job === undefined ? {} : { job, round: 1, try: 1 }), ...fields };
    summary.take(event as unknown as JournalEvent);
  }
  return summary.summary(sources);
}

const finished = (job: string, status: string, more: object = {}) =>
  ['job.finished', job, { status, tries: 1, duration_ms: 1500, ...more }] as const;
const over = (outcome: string, exit_code: number) =>
  ['run.finished', undefined, { outcome, exit_code }] as const;

describe('why a job failed', () => {
  const reason = (...events: readonly TestEvent[]) =>
    /Reason (.*)/.exec(renderSummary(fold(['a'], ...events)))?.[1];
  const starting = ['job.starting', 'a', { limit_ms: 90_000 }] as const;

  test.each([
    [
      'an exit code',
      [['job.exited', 'a', { end: { exit_code: 3 } }], finished('a', 'failed', { tries: 2 })],
      '(failure): failed with exit code 3 (2 tries, 1.5 s)',
    ],
    ...(
      [
        [126, 'the command cannot be executed'],
        [127, 'the command was not found'],
        [137, 'as after SIGKILL'],
      ] as const
    ).map(
      ([exit_code, meaning]) =>
        [
          `an exit code of the shell: ${exit_code}`,
          [['job.exited', 'a', { end: { exit_code } }], finished('a', 'failed')],
          `(failure): failed with exit code ${exit_code}, ${meaning} (1 try, 1.5 s)`,
        ] as [string, TestEvent[], string],
    ),
    [
      'a signal',
      [['job.exited', 'a', { end: { signal: 'SIGSEGV' } }], finished('a', 'failed')],
      '(failure): failed with signal SIGSEGV (1 try, 1.5 s)',
    ],
    [
      'a time limit',
      [starting, ['job.exited', 'a', { end: { signal: 'SIGKILL' } }], finished('a', 'timed_out')],
      '(time limit): timed out, limit 90 s, ended by SIGKILL (1 try, 1.5 s)',
    ],
    [
      'a failed start',
      [
        ['job.failed_to_start', 'a', { error: { errno: 'ENOENT', message: 'no such folder' } }],
        finished('a', 'errored'),
      ],
      '(engine error): could not be started: no such folder (1 try, 1.5 s)',
    ],
    [
      'a pre-check',
      [
        [
          'check.finished',
          'a',
          { phase: 'pre', name: 'check_file_exists', ok: false, message: 'file "x" does not exist' },
        ],
        finished('a', 'precheck_failed'),
      ],
      '(check): pre-check failed: check_file_exists: file "x" does not exist',
    ],
    [
      'a post-check',
      [
        ['check.finished', 'a', { phase: 'post', name: 'check', ok: false }],
        finished('a', 'postcheck_failed'),
      ],
      '(check): post-check failed: check (1 try, 1.5 s)',
    ],
    [
      'one that may happen',
      [['job.exited', 'a', { end: { exit_code: 3 } }], finished('a', 'failed', { reason: 'allowed' })],
      '(failure): failed with exit code 3 (1 try, 1.5 s); it is allowed to fail',
    ],
    [
      'a limit on silence',
      [
        starting,
        ['job.signalled', 'a', { signal: 'SIGTERM', why: 'no_output' }],
        ['job.signalled', 'a', { signal: 'SIGKILL', why: 'grace' }],
        ['job.exited', 'a', { end: { signal: 'SIGKILL' } }],
        finished('a', 'timed_out'),
      ],
      '(time limit): timed out, silent for more than 2 s, ended by SIGKILL (1 try, 1.5 s)',
    ],
    [
      'a refused lock',
      [finished('a', 'errored', { reason: 'lock' })],
      '(engine error): could not take its locks',
    ],
    [
      'a lost lock',
      [
        starting,
        ['job.signalled', 'a', { signal: 'SIGTERM', why: 'lock_lost' }],
        finished('a', 'errored', { reason: 'lock' }),
      ],
      '(engine error): ended when it lost its lock (1 try, 1.5 s)',
    ],
    [
      'nothing known',
      [finished('a', 'unknown')],
      '(engine error): nobody can say how it ended (1 try, 1.5 s)',
    ],
  ] as const)('%s', (_, events, expected) => {
    expect(reason(...(events as readonly TestEvent[]))).toBe(expected);
  });

  test('only the last try counts', () => {
    const summary = fold(
      ['a'],
      ['check.finished', 'a', { phase: 'post', name: 'check', ok: false }],
      starting,
      ['job.exited', 'a', { end: { exit_code: 1 } }],
      finished('a', 'failed'),
    );
    expect(summary.failed[0]).toEqual({
      job: 'a',
      description: 'does a',
      status: 'failed',
      tries: 1,
      durationMs: 1500,
      limitMs: 90_000,
      silenceLimitMs: 2000,
      end: { exit_code: 1 },
      lastLines: [],
      log: '/logs/a.log',
    });
  });
});

describe('the summary', () => {
  test('of a long chain of causes tells the nearest and the first', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => `j${index}`);
    const { skipped } = fold(
      ids,
      finished('j0', 'failed'),
      ...ids
        .slice(1)
        .map((id, index) => ['job.skipped', id, { reason: 'dependency', because: `j${index}` }] as const),
    );
    const because = (id: string) => {
      const { because: chain, between } = skipped.find(({ job }) => job === id)!;
      return [between, ...chain.map(({ job }) => job)];
    };
    expect(because('j4')).toEqual([0, 'j3', 'j2', 'j1', 'j0']);
    expect(because('j5')).toEqual([2, 'j4', 'j3', 'j0']);
    expect(because('j19999')).toEqual([19_996, 'j19998', 'j19997', 'j0']);
    const text = renderSummary({ ...fold(ids), skipped: skipped.slice(4, 5) });
    expect(text).toContain(
      'Skipped: needs j4 (skipped), which needs j3 (skipped), which through 2 more needs j0 (failed)\n',
    );
  });

  test('counts, and tells the chain of causes', () => {
    const skipped = (job: string, reason: string, because?: string) =>
      ['job.skipped', job, { reason, because }] as const;
    const text = renderSummary(
      fold(
        ['ok', 'bad', 'b', 'c', 'asked', 'late', 'uncalled', 'cut'],
        finished('ok', 'succeeded'),
        finished('bad', 'timed_out'),
        skipped('b', 'dependency', 'bad'),
        skipped('c', 'dependency', 'b'),
        skipped('asked', 'requested'),
        skipped('late', 'stopped'),
        skipped('uncalled', 'dependency', 'ok'),
        finished('cut', 'cancelled'),
        over('cancelled', 1),
      ),
    );
    expect(text.slice(text.indexOf('Duration'))).toBe(`Duration: 0:01:05
Jobs Completed: 1 of 8
Jobs Failed: 1
Jobs Skipped: 5
Jobs Cancelled: 1

Failed Jobs:
  - bad: does bad
      Reason (time limit): timed out, limit 0 s (1 try, 1.5 s)
      Log: /logs/bad.log

Cancelled Jobs:
  - cut

Skipped Jobs (unmet dependencies):
  - b: does b
      Skipped: needs bad (timed out)
  - c: does c
      Skipped: needs b (skipped), which needs bad (timed out)
  - uncalled: does uncalled
      Skipped: nothing called for it: ok (succeeded)

Skipped Jobs (the run was stopping):
  - late: does late

Skipped Jobs:
  - asked (requested)

Log: /logs/run.log
========================================
`);
  });

  test('says what a failed check has found', () => {
    const values = {
      path: '/data/x',
      exists: false,
      size: undefined,
      matches: ['a', 'b'],
      text: 'y'.repeat(300),
    };
    const text = renderSummary(
      fold(
        ['a'],
        ['check.finished', 'a', { phase: 'post', name: 'file_exists', ok: false, values }],
        finished('a', 'postcheck_failed'),
      ),
    );
    expect(text).toContain(
      `      Found: path: /data/x, exists: false, matches: ["a","b"], text: ${'y'.repeat(200)}…\n      Log:`,
    );
  });

  test('failures that were allowed are counted as such', () => {
    const failedLine = (...events: readonly TestEvent[]) =>
      /Jobs Failed: (.*)/.exec(renderSummary(fold(['a', 'b'], ...events)))?.[1];
    const allowed = finished('a', 'failed', { reason: 'allowed' });
    expect(failedLine(allowed)).toBe('1 (allowed to fail)');
    expect(failedLine(allowed, finished('b', 'failed'))).toBe('2 (1 of them allowed to fail)');
  });

  test('ends with the command that goes on, unless all is well', () => {
    const resumeCommand = 'executioner run w.json --resume-from 7';
    const ended = (outcome: string, code: number) =>
      renderSummary(fold(['a'], over(outcome, code)), { resumeCommand })
        .split('\n')
        .slice(-4);
    expect(ended('failed', 1)).toEqual([
      'Log: /logs/run.log',
      `Resume: ${resumeCommand}`,
      '='.repeat(40),
      '',
    ]);
    expect(ended('succeeded', 0)).toEqual(['', 'Log: /logs/run.log', '='.repeat(40), '']);
  });

  test('a long list is cut', () => {
    const ids = Array.from({ length: 30 }, (_, index) => `job${index}`);
    const text = renderSummary(fold(ids, ...ids.map((id) => finished(id, 'failed'))), { limit: 3 });
    expect(text.match(/ {2}- job/g)?.length).toBe(3);
    expect(text).toMatch(/… and 27 more/);
  });
});
