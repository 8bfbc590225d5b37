import { expect, test } from '@jest/globals';
import { resumeCommand } from '../../src/cli/resumeCommand.ts';
import type { RunArguments } from '../../src/cli/runArguments.ts';

const args = { workflow: 'w.json', skip: [], env: [] } as unknown as RunArguments;
const command = (more: Partial<RunArguments>) =>
  resumeCommand({ ...args, ...more }, 12, ['PIN'], 'executioner run');

test('names the workflow and the run', () => {
  expect(command({})).toBe('executioner run w.json --resume-from 12');
  expect(command({ workflow: undefined, config: "it's.json" })).toBe(
    `executioner run 'it'\\''s.json' --resume-from 12`,
  );
});

test('a workflow that was not named is found through the run', () => {
  expect(command({ workflow: undefined, resumeFrom: 12 })).toBe('executioner run --resume-from 12');
});

test('repeats the options of the run', () => {
  expect(
    command({
      continueOnError: true,
      parallel: true,
      workers: 4,
      select: '+load',
      skip: ['a', 'b c'],
      env: ['A=1,B=x y'],
    }),
  ).toBe(
    "executioner run w.json --resume-from 12 --continue-on-error --parallel --workers 4 --select +load --skip 'a,b c' --env A=1 --env 'B=x y'",
  );
});

test('shows no secrets', () => {
  expect(command({ env: ['DB_PASSWORD=hunter22', 'PIN=4711'] })).toBe(
    'executioner run w.json --resume-from 12 --env "DB_PASSWORD=$DB_PASSWORD" --env "PIN=$PIN"',
  );
});

test('there is none for standard input', () => {
  expect(command({ workflow: '-' })).toBeUndefined();
});
