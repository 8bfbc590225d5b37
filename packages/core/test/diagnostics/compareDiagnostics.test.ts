import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareDiagnostics, createLineIndex, type Diagnostic } from '../../src/diagnostics/index.ts';

const index = createLineIndex('x'.repeat(10));
const diagnostics = fc
  .record(
    {
      code: fc.constantFrom('E101' as const, 'E190' as const, 'W190' as const),
      severity: fc.constantFrom('error' as const, 'warning' as const),
      message: fc.constantFrom('a', 'b', 'ä'),
      file: fc.constantFrom('a.yaml', 'b.yaml', '-'),
      range: fc.tuple(fc.nat(3), fc.nat(3)).map(([start, length]) => index.rangeOf(start, start + length)),
      job: fc.constantFrom('x', 'y'),
    },
    { requiredKeys: ['code', 'severity', 'message'], noNullPrototype: true },
  )
  .map((diagnostic) => diagnostic as Diagnostic);

describe('compareDiagnostics', () => {
  test('file, place, code, message; without file and place first', () => {
    const at = (start: number) => index.rangeOf(start, start + 1);
    const base = { severity: 'error' as const, message: 'm' };
    const sorted: Diagnostic[] = [
      { ...base, code: 'E190' },
      { ...base, code: 'E101', file: 'a' },
      { ...base, code: 'E190', file: 'a', range: at(1) },
      { ...base, code: 'W190', file: 'a', range: at(1) },
      { ...base, code: 'W190', file: 'a', range: at(1), message: 'n' },
      { ...base, code: 'E101', file: 'a', range: at(2) },
      { ...base, code: 'E101', file: 'b', range: at(0) },
    ];
    expect([...sorted].reverse().sort(compareDiagnostics)).toEqual(sorted);
  });

  test('is a total order', () => {
    fc.assert(
      fc.property(diagnostics, diagnostics, diagnostics, (a, b, c) => {
        expect(Math.sign(compareDiagnostics(a, b))).toBe(0 - Math.sign(compareDiagnostics(b, a)));
        if (compareDiagnostics(a, b) <= 0 && compareDiagnostics(b, c) <= 0) {
          expect(compareDiagnostics(a, c)).toBeLessThanOrEqual(0);
        }
        if (compareDiagnostics(a, b) === 0) expect({ ...a, severity: 0 }).toEqual({ ...b, severity: 0 });
      }),
      { numRuns: 2000 },
    );
  });
});
