import { describe, expect, test } from '@jest/globals';
import { excerptOf, failureCategory, type JobRecord, tellsOfTrouble } from '../../src/index.ts';

const show = (lines: readonly string[]) =>
  excerptOf(lines).map(
    ({ text, matters, skipped }) => `${skipped > 0 ? `(${skipped}) ` : ''}${matters ? '! ' : ''}${text}`,
  );

describe('the lines that matter', () => {
  test('are those of trouble, and the last', () => {
    const lines = [
      ...Array.from({ length: 20 }, (_, i) => `row ${i}`),
      'ERROR: no table',
      'cleaning up',
      'bye',
    ];
    expect(show(lines)).toEqual(['(19) row 19', '! ERROR: no table', 'cleaning up', 'bye']);
  });

  test('leave out what was said before, and frames of a stack trace unless that takes no room', () => {
    const lines = [
      'start',
      'java.lang.IllegalStateException: closed',
      '\tat a.B.failed(B.java:1)',
      '\tat a.C.d(C.java:2)',
      'ERROR giving up',
      'ERROR giving up',
    ];
    expect(show(lines)).toEqual([
      'start',
      '! java.lang.IllegalStateException: closed',
      '\tat a.B.failed(B.java:1)',
      '\tat a.C.d(C.java:2)',
      '(1) ! ERROR giving up',
    ]);
  });

  test('are shown with the frames of a trace left out where there are many', () => {
    const frames = Array.from({ length: 30 }, (_, i) => `\tat a.C.d(C.java:${i})`);
    expect(show(['start', 'now', 'java.lang.Error: closed', ...frames, 'ERROR giving up'])).toEqual([
      '(2) ! java.lang.Error: closed',
      '(28) \tat a.C.d(C.java:28)',
      '\tat a.C.d(C.java:29)',
      '! ERROR giving up',
    ]);
  });

  test('are told without the colours of a terminal', () => {
    expect(show(['\x1b[1m\x1b[31mERROR\x1b[0m no table'])).toEqual(['! ERROR no table']);
  });

  test('of output without trouble are the last ones', () => {
    expect(show(['', 'a', 'b', 'c', 'd', ''])).toEqual(['(3) c', 'd']);
    expect(show([])).toEqual([]);
    expect(show(['x'.repeat(400)])[0]).toHaveLength(301);
  });

  test('no errors are no trouble', () => {
    expect(['0 errors', 'Build finished: errors: 0', 'no failures'].filter(tellsOfTrouble)).toEqual([]);
    expect(['3 errors', "can't open file", 'ORA-00942: x'].filter(tellsOfTrouble)).toHaveLength(3);
  });
});

describe('the category of a failure', () => {
  const job = (status: JobRecord['status'], end: object = {}): JobRecord => ({
    id: 'a',
    status,
    tries: status === 'precheck_failed' ? [] : [{ startedAtMs: 0, endedAtMs: 1, ...end }],
    failedChecks: [],
  });
  test.each([
    [job('precheck_failed'), '', 'pre-check'],
    [job('timed_out', { signal: 'SIGTERM' }), '', 'time-limit'],
    [job('errored', { error: 'no such folder' }), '', 'start'],
    [job('failed', { exitCode: 127 }), '', 'not-found'],
    [job('failed', { signal: 'SIGKILL' }), '', 'killed'],
    [job('failed', { signal: 'SIGKILL' }), 'Out of memory: killed process 7', 'memory'],
    [job('failed', { signal: 'SIGSEGV' }), '', 'crash'],
    [job('failed', { exitCode: 1 }), 'connect: Connection refused', 'network'],
    [job('failed', { exitCode: 1 }), 'ORA-00942: table or view does not exist', 'database'],
    [job('failed', { exitCode: 1 }), 'write: No space left on device', 'disk'],
    [job('failed', { exitCode: 1 }), 'something else', 'exit-code'],
  ])('%#: is told by its end and its output', (failed, output, key) => {
    expect(failureCategory(failed, [output]).key).toBe(key);
  });
});
