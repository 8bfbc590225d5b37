import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CheckResult, checkRegistry, runCheck } from '../../src/checks/index.ts';
import { makeContext } from './context.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plug-ins-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function run(
  name: string,
  text: string,
  params: Record<string, unknown> = {},
  { mode = 0o755, timeoutMs = 60_000 } = {},
): Promise<CheckResult> {
  await writeFile(join(folder, name), text);
  await chmod(join(folder, name), mode);
  return runCheck(
    { name: `./${name}`, params, timeoutMs },
    checkRegistry(),
    makeContext(folder, { workingDir: '/' }),
  );
}

const said = ({ ok, message }: CheckResult) => [ok, message.replaceAll(`${folder}/`, '')];

describe('a program', () => {
  test('gets the parameters on standard input, and what it prints last is the message', async () => {
    const result = await run(
      'echo.sh',
      '#!/bin/sh\necho checking\ncat\necho " in $PWD for $EXECUTIONER_JOB"\n',
      { rows: 3 },
    );
    expect(result).toEqual({
      ok: true,
      values: { plug_in: join(folder, 'echo.sh'), rows: 3, exit_code: 0 },
      message: 'checking | {"rows":3} in / for job',
    });
  });

  test('fails with any other exit code or a signal', async () => {
    expect(said(await run('two.sh', '#!/bin/sh\nexit 2\n'))).toEqual([
      false,
      'two.sh ended with exit code 2',
    ]);
    expect(said(await run('dead.sh', '#!/bin/sh\nkill -9 $$\n'))).toEqual([
      false,
      'dead.sh ended with signal SIGKILL',
    ]);
  });

  test('need not read its input', async () => {
    expect((await run('deaf.sh', '#!/bin/sh\nexec <&-\nexit 0\n', { text: 'x'.repeat(1 << 20) })).ok).toBe(
      true,
    );
  });

  test('that cannot be executed is explained', async () => {
    expect(said(await run('plain.py', 'print()', {}, { mode: 0o644 }))).toEqual([
      false,
      'the check plug-in "plain.py" is not executable: chmod +x it, or name a module (.mjs)',
    ]);
    expect(said(await run('gone.sh', '#!/absent/interpreter\n'))[1]).toMatch(
      /^the check plug-in "gone.sh" could not be started: .*ENOENT/,
    );
  });

  test('is ended by the time limit', async () => {
    const result = await run('slow.sh', '#!/bin/sh\nsleep 1000\n', {}, { timeoutMs: 100 });
    expect(result.message).toBe('./slow.sh gave no answer: it was not done within 0.1 s');
  });
});

describe('a module', () => {
  const module = (name: string, text: string, params = {}) => run(name, text, params, { mode: 0o644 });

  test('exports a function, or an object with run', async () => {
    const result = await module(
      'rows.mjs',
      'export default ({ rows }, { job }) => ({ ok: rows > 2, message: `${rows} rows of ${job}`, values: { found: rows } });',
      { rows: 3 },
    );
    expect(result).toEqual({
      ok: true,
      values: { plug_in: join(folder, 'rows.mjs'), rows: 3, found: 3 },
      message: '3 rows of job',
    });
    expect(
      said(
        await module(
          'object.mjs',
          'export default { wanted: 1, async run() { return this.wanted === 2; } };',
        ),
      ),
    ).toEqual([false, 'object.mjs did not pass']);
    expect(said(await module('named.mjs', 'export const run = () => true;'))).toEqual([
      true,
      'named.mjs passed',
    ]);
    expect(said(await module('common.cjs', 'module.exports = () => true;'))).toEqual([
      true,
      'common.cjs passed',
    ]);
  });

  test.each([
    ['broken.mjs', 'export default (', /^the check plug-in "broken.mjs" cannot be loaded: ./],
    ['empty.mjs', 'export const x = 1;', /exports neither a function as default nor an object with "run"$/],
    ['throws.mjs', 'export default () => { throw new Error("no table"); };', /^throws.mjs: no table$/],
    [
      'odd.mjs',
      'export default () => 7;',
      /^odd.mjs: it answered 7, which is neither true, false nor an object with "ok"$/,
    ],
  ])('%s is a failure that says why', async (name, text, message) => {
    const [ok, found] = said(await module(name, text));
    expect(ok).toBe(false);
    expect(found).toMatch(message);
  });
});

test('a path without a file', async () => {
  const absent = await runCheck(
    { name: './absent.sh', params: {}, timeoutMs: 1000 },
    checkRegistry(),
    makeContext(folder),
  );
  expect(said(absent)).toEqual([false, 'the check plug-in "absent.sh" does not exist']);
  const directory = await runCheck(
    { name: './', params: {}, timeoutMs: 1000 },
    checkRegistry(),
    makeContext(folder),
  );
  expect(directory.message).toMatch(/is not a file$/);
});
