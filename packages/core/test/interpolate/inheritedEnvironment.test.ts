import { describe, expect, test } from '@jest/globals';
import { inheritedEnvironment } from '../../src/interpolate/index.ts';

const environment = { PATH: '/bin', LC_ALL: 'C', DB_PASSWORD: 'x', EMPTY: '', UNSET: undefined };

describe('inheritedEnvironment', () => {
  test.each([
    [{ kind: 'all' } as const, { PATH: '/bin', LC_ALL: 'C', DB_PASSWORD: 'x', EMPTY: '' }],
    [{ kind: 'none' } as const, {}],
    [{ kind: 'default' } as const, { PATH: '/bin', LC_ALL: 'C' }],
    [{ kind: 'listed', names: ['EMPTY', 'UNSET', 'ABSENT', 'toString'] } as const, { EMPTY: '' }],
  ])('%j', (inheritance, expected) => {
    expect(inheritedEnvironment(inheritance, environment)).toEqual(expected);
  });
});
