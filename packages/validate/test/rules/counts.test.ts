import { expect, test } from '@jest/globals';
import { validate, type World } from '../../src/index.ts';
import { hostOf } from '../host.ts';

const host = hostOf();
const world: World = {
  lookAt: (path) =>
    path.includes('nope') ? { kind: 'missing' } : { kind: 'folder', isReadable: true, isExecutable: true },
  realPath: (path) => path,
  checkSyntax: () => undefined,
};

function messages(code: string, jobs: readonly object[]): string[] {
  const text = JSON.stringify({ version: 2, jobs: jobs.map((job, index) => ({ id: `j${index}`, ...job })) });
  const { diagnostics } = validate(
    { file: '/work/w.json', text },
    { host, world, environment: { PATH: '/bin' } },
  );
  return diagnostics.filter((diagnostic) => diagnostic.code === code).map(({ message }) => message);
}

const bare = { command: 'echo' };
const told = { ...bare, description: 'Greets' };

test.each([
  [[told, told], []],
  [[bare], ['job "j0" has no "description"']],
  [[told, bare, told], ['job "j1" has no "description"']],
  [[bare, bare], ['none of the 2 jobs has a "description": "j0", "j1"']],
  [[bare, told, bare, bare, bare], ['4 of 5 jobs have no "description": "j0", "j2", "j3" …']],
])('jobs without a description are counted in words', (jobs, expected) => {
  expect(messages('I215', jobs)).toEqual(expected);
});

test('one retry is no retries', () => {
  const never = { ...told, retry_on_status: [], retry_on_exit_codes: [] };
  expect(
    messages('W703', [
      { ...never, max_retries: 1 },
      { ...never, max_retries: 2 },
    ]),
  ).toEqual([
    'job "j0" has 1 retry, and no failure leads to one',
    'job "j1" has 2 retries, and no failure leads to one',
  ]);
});

test('one job runs and two jobs run', () => {
  const runs = { ...told, command: '/nope/x' };
  expect(messages('W401', [runs])).toEqual(['job "j0" runs "/nope/x", which does not exist']);
  expect(messages('W401', [runs, runs])).toEqual(['2 jobs ("j0", "j1") run "/nope/x", which does not exist']);
});

test('a function of the command is what a name like it was meant to be', () => {
  const text = JSON.stringify({
    version: 2,
    jobs: [{ id: 'a', description: 'x', command: 'report() { echo "$1"; }; reprot nope' }],
  });
  const nothing: World = { ...world, lookAt: () => ({ kind: 'missing' }) };
  const { diagnostics } = validate(
    { file: '/work/w.json', text },
    { host, world: nothing, environment: { PATH: '/bin' } },
  );
  const [found] = diagnostics.filter(({ code, message }) => code === 'W401' && message.includes('reprot'));
  expect(found?.hint).toBe('did you mean "report"?');
});
