import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nearest } from '../../src/diagnostics/index.ts';

describe('nearest', () => {
  const ids = ['build', 'test', 'deploy_production', 'deploy_staging', 'Notify', 'a', 'lint-all'];

  test.each([
    ['biuld', 'build'],
    ['biuldd', 'build'],
    ['tests', 'test'],
    ['TEST', 'test'],
    ['notify', 'Notify'],
    ['deploy_prodution', 'deploy_production'],
    ['lint_all', 'lint-all'],
    ['build', 'build'],
  ])('%s means %s', (name, expected) => {
    expect(nearest(name, ids)).toBe(expected);
  });

  test.each(['b', '', 'xyz', 'completely_different', 'bxxxd'])('%j means nothing that is there', (name) => {
    expect(nearest(name, ids)).toBeUndefined();
  });

  test('equal names win over equal but for case, and those over near ones', () => {
    expect(nearest('load', ['lead', 'LOAD', 'load'])).toBe('load');
    expect(nearest('load', ['lead', 'LOAD', 'Load'])).toBe('LOAD');
    expect(nearest('load', ['lead', 'loan'])).toBe('lead');
  });

  test('takes any iterable, and none', () => {
    expect(nearest('biuld', new Set(ids))).toBe('build');
    expect(nearest('build', [])).toBeUndefined();
  });

  test('agrees with the full distance table on random names', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '_', '1', 'é'), maxLength: 14 });
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 12 }), (wanted, candidates) => {
        const found = nearest(wanted, candidates);
        const distances = candidates.map((candidate) => alignmentDistance(wanted, candidate));
        const limit = wanted.length < 2 ? 0 : Math.min(4, Math.max(1, Math.floor(wanted.length / 3)));
        const smallest = Math.min(...distances);
        if (smallest > limit) expect(found).toBeUndefined();
        else
          expect(found).toBe(candidates.includes(wanted) ? wanted : candidates[distances.indexOf(smallest)]);
      }),
      { numRuns: 2000 },
    );
  });
});

/** The whole table, as the textbook has it. */
function alignmentDistance(left: string, right: string): number {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  for (let row = 1; row <= a.length; row++) {
    for (let column = 1; column <= b.length; column++) {
      const options = [
        table[row - 1]![column]! + 1,
        table[row]![column - 1]! + 1,
        table[row - 1]![column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1),
      ];
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        options.push(table[row - 2]![column - 2]! + 1);
      }
      table[row]![column] = Math.min(...options);
    }
  }
  return table[a.length]![b.length]!;
}
