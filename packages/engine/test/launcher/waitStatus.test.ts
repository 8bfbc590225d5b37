import { constants } from 'node:os';
import { expect, test } from '@jest/globals';
import { processEnd, waitStatus } from '../../src/launcher/waitStatus.ts';

test('every exit code and every signal survives the way through a wait status', () => {
  const codes = Array.from({ length: 256 }, (_, code) => code);
  expect(codes.map((code) => processEnd(waitStatus(code, null)))).toEqual(
    codes.map((exit_code) => ({ exit_code })),
  );
  const signals = Object.keys(constants.signals) as NodeJS.Signals[];
  // Some signals have two names; one of them comes back.
  const numbers = signals.map(
    (signal) => constants.signals[processEnd(waitStatus(null, signal)).signal as NodeJS.Signals],
  );
  expect(numbers).toEqual(signals.map((signal) => constants.signals[signal]));
});

test('an exit code that looks like a signal is none', () => {
  expect([processEnd(waitStatus(137, null)), processEnd(waitStatus(null, 'SIGKILL'))]).toEqual([
    { exit_code: 137 },
    { signal: 'SIGKILL' },
  ]);
});

test('a core dump does not hide the signal', () => {
  expect(processEnd(0x80 | constants.signals.SIGSEGV)).toEqual({ signal: 'SIGSEGV' });
});
