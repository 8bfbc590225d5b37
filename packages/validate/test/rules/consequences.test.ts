// What follows from a mistake that is told is not told as another one.
import { describe, expect, test } from '@jest/globals';
import { type RuleSetting, validate, type World } from '../../src/index.ts';
import { hostOf } from '../host.ts';

const world: World = {
  lookAt: (path) =>
    path.startsWith('/bin/') && !path.endsWith('/nope')
      ? { kind: 'file', isReadable: true, isExecutable: true }
      : { kind: path === '/work' ? 'folder' : 'missing', isReadable: true, isExecutable: true },
  realPath: (path) => path,
  checkSyntax: () => undefined,
};

function codes(configuration: object, settings?: ReadonlyMap<string, RuleSetting>): string[] {
  const text = JSON.stringify({ version: 2, ...configuration });
  const { diagnostics } = validate(
    { file: '/work/w.json', text },
    { host: hostOf(), world, environment: { PATH: '/bin' }, ...(settings && { settings }) },
  );
  return diagnostics.map(({ code, message }) =>
    `${code} ${/"([^"]*)", which/.exec(message)?.[1] ?? ''}`.trim(),
  );
}

const jobs = [{ id: 'a', description: 'x', command: 'sort in.csv | nope' }];

describe('a PATH without the standard programs', () => {
  const broken = { env_variables: { PATH: '/opt/tool' }, jobs };

  test('is told, and not that each of them is missing; what is nowhere is', () => {
    expect(codes(broken)).toEqual(['W509', 'W401 nope']);
  });

  test('is what is missing when it is not told', () => {
    expect(codes(broken, new Map([['W509', 'off']]))).toEqual(['W401 sort', 'W401 nope']);
  });

  test('says nothing about programs that another PATH lacks', () => {
    expect(codes({ jobs })).toEqual(['W401 nope']);
  });
});

test('behind a syntax error nothing is taken for a program', () => {
  expect(codes({ jobs: [{ id: 'a', description: 'x', command: 'nope; echo $((1+2)' }] })).toEqual([
    'W401 nope',
    'E401',
  ]);
});

test.each([{ command: null }, {}, { command: ['true'] }])(
  'a command that is no text is not empty: %j',
  (rest) => {
    expect(codes({ jobs: [{ id: 'a', description: 'x', ...rest }] })).toEqual([
      expect.stringMatching(/^E20\d$/),
    ]);
  },
);
