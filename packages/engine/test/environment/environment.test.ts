import { describe, expect, test } from '@jest/globals';
import { inheritedEnvironment, parseAssignments } from '../../src/environment/index.ts';

describe('what jobs inherit', () => {
  const engine = { PATH: '/bin', HOME: '/root', AWS_SECRET: 'x', LANG: 'C', absent: undefined };

  test.each([
    [{ kind: 'all' } as const, { PATH: '/bin', HOME: '/root', AWS_SECRET: 'x', LANG: 'C' }],
    [{ kind: 'none' } as const, {}],
    [{ kind: 'default' } as const, { PATH: '/bin', HOME: '/root', LANG: 'C' }],
    [{ kind: 'listed', names: ['AWS_SECRET', 'MISSING'] } as const, { AWS_SECRET: 'x' }],
  ])('%j', (inheritance, expected) => {
    expect(inheritedEnvironment(inheritance, engine)).toEqual(expected);
  });
});

describe('--env', () => {
  test.each([
    [['A=1,B=2'], { A: '1', B: '2' }],
    [['A=1', 'B=2', 'A=3'], { A: '3', B: '2' }],
    [['LIST=a,b,c'], { LIST: 'a,b,c' }],
    [['URL=http://x/?a=b,C=d'], { URL: 'http://x/?a=b', C: 'd' }],
    [['A=1, B=2,'], { A: '1', B: '2' }],
    [['EMPTY='], { EMPTY: '' }],
  ])('%j', (values, expected) => {
    expect(parseAssignments(values)).toEqual(expected);
  });

  test.each([['A'], ['1A=2'], ['=x'], ['']])('refuses %j', (value) => {
    expect(() => parseAssignments([value])).toThrow(/is not NAME=value/);
  });
});
