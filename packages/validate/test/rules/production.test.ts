// What another job makes is not missed, wherever in the file that job stands.
import { describe, expect, test } from '@jest/globals';
import { validate, type World } from '../../src/index.ts';
import { hostOf } from '../host.ts';

const world: World = {
  lookAt: (path) =>
    path === '/work' || path.startsWith('/bin/')
      ? { kind: path === '/work' ? 'folder' : 'file', isReadable: true, isExecutable: true }
      : { kind: 'missing' },
  realPath: (path) => path,
  checkSyntax: () => undefined,
};

function missingOf(commands: readonly string[]): string[] {
  const jobs = commands.map((command, index) => ({ id: `job_${index}`, description: 'x', command }));
  const text = JSON.stringify({ version: 2, jobs });
  const { diagnostics } = validate(
    { file: '/work/w.json', text },
    { host: hostOf(), world, environment: { PATH: '/bin' } },
  );
  return diagnostics.filter(({ code }) => /^W40[1-7]$/.test(code)).map(({ code, job }) => `${code} ${job}`);
}

const reader = 'sort < out/rows.csv';

describe('a path that is not there', () => {
  test('is missed when no job makes it', () => {
    expect(missingOf([reader])).toEqual(['W405 job_0']);
    expect(missingOf(['echo a', reader, 'echo b'])).toEqual(['W405 job_1']);
  });

  test.each([
    ['a path', 'cp in.csv out/rows.csv'],
    ['a folder by its name alone', 'cp -r in out'],
    ['an absolute path', 'cp in.csv /work/out/rows.csv'],
    ['a value of an option', 'cp --target-directory=out in.csv'],
    ['what a redirection writes, in a folder it has changed to', 'mkdir out && cd out && sort x > rows.csv'],
  ])(
    'is not missed when a job names %s, before the one that asks, behind it, and between two',
    (_, maker) => {
      expect(missingOf([maker, reader])).toEqual([]);
      expect(missingOf([reader, maker])).toEqual([]);
      expect(missingOf(['cat < nowhere/x', maker, reader])).toEqual(['W405 job_0']);
      expect(missingOf([reader, maker, 'cat < nowhere/x'])).toEqual(['W405 job_2']);
    },
  );

  test('is missed when only the job itself names it, behind the place that asks', () => {
    expect(missingOf([`${reader}; mkdir out`])).toEqual(['W405 job_0']);
  });
});
