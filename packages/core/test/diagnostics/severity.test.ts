import { describe, expect, test } from '@jest/globals';
import {
  countSeverities,
  describeCounts,
  exitCodeForDiagnostics,
  type Severity,
} from '../../src/diagnostics/index.ts';

const of = (...severities: Severity[]) => severities.map((severity) => ({ severity }));

describe('counts', () => {
  test.each([
    [of(), { error: 0, warning: 0, info: 0 }, 'no problems'],
    [of('error', 'warning', 'error'), { error: 2, warning: 1, info: 0 }, '2 errors, 1 warning'],
    [of('info', 'info'), { error: 0, warning: 0, info: 2 }, '2 infos'],
  ])('%j', (diagnostics, counts, text) => {
    expect(countSeverities(diagnostics)).toEqual(counts);
    expect(describeCounts(counts)).toBe(text);
  });
});

describe('exitCodeForDiagnostics', () => {
  test.each([
    [of(), {}, 0],
    [of('warning', 'info'), {}, 0],
    [of('warning'), { warningsAreErrors: true }, 1],
    [of('info'), { warningsAreErrors: true }, 0],
    [of('warning', 'error'), {}, 1],
    [of('error'), { onErrors: 2 as const }, 2],
    [of('warning'), { onErrors: 2 as const, warningsAreErrors: true }, 2],
  ])('%j with %j is %i', (diagnostics, options, code) => {
    expect(exitCodeForDiagnostics(diagnostics, options)).toBe(code);
  });
});
