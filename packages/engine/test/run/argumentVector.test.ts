import { expect, test } from '@jest/globals';
import { splitWords } from '../../src/run/index.ts';

test.each([
  ['a b  c', ['a', 'b', 'c']],
  ['\'a b\' "c d"', ['a b', 'c d']],
  ['a"b"\'c\'\\ d', ['abc d']],
  ['"say \\"hi\\" for \\$5 \\n"', ['say "hi" for $5 \\n']],
  ["''", ['']],
  [' \n ', []],
  ['$HOME * | >', ['$HOME', '*', '|', '>']],
  ["it's", undefined],
  ['"open', undefined],
  ['end\\', undefined],
])('%s', (command, words) => {
  expect(splitWords(command)).toEqual(words);
});
