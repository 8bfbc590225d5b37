import { describe, expect, test } from '@jest/globals';
import { parseAssignments } from '../../src/index.ts';

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
