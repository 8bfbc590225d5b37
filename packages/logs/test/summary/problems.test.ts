import { expect, test } from '@jest/globals';
import { problemTally } from '../../src/summary/problems.ts';

test('of very many warnings those are kept that came again and again, and the latest of the others', () => {
  const tally = problemTally();
  for (let second = 0; second < 10_000; second++) {
    tally.add({ atMs: second * 1000, level: 'WARNING', message: `once ${second}` });
    if (second % 100 === 0) tally.add({ atMs: second * 1000, level: 'ERROR', message: 'often' });
  }
  const groups = tally.groups();
  expect(groups).toHaveLength(500);
  expect(groups.find(({ message }) => message === 'often')).toEqual({
    level: 'ERROR',
    message: 'often',
    job: undefined,
    count: 100,
    firstAtMs: 0,
    lastAtMs: 9_900_000,
  });
  const others = groups.filter(({ message }) => message !== 'often').map(({ message }) => message);
  expect(others).toEqual(Array.from({ length: 499 }, (_, index) => `once ${9501 + index}`));
});
