import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CheckDefinition, type CheckResult, checkRegistry, runCheck } from '../../src/checks/index.ts';
import { makeContext } from './context.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checks-'));
  await mkdir(join(folder, 'logs'));
  await writeFile(join(folder, 'input.sql'), 'select 1;');
  await symlink('input.sql', join(folder, 'linked.sql'));
  await writeFile(join(folder, 'logs/clean.log'), 'all is well\nSP2-0734: unknown command\n');
  await writeFile(
    join(folder, 'logs/broken.log'),
    'line 1\r\nORA-00942: table or view does not exist\r\nline 3\r\n',
  );
  await writeFile(join(folder, 'logs/.hidden.log'), 'ORA-00001\n');
  await writeFile(join(folder, 'logs/latin1.log'), Buffer.from([0xe9, 0x0a, 0xff]));
});

afterAll(() => rm(folder, { recursive: true }));

function check(name: string, params: Record<string, unknown>, timeoutMs = 60_000): Promise<CheckResult> {
  return runCheck({ name, params, timeoutMs }, checkRegistry([neverDone, broken]), makeContext(folder));
}

const neverDone: CheckDefinition = {
  name: 'never_done',
  summary: 'Waits for ever.',
  parameters: [],
  run: () => new Promise(() => {}),
};

const broken: CheckDefinition = {
  name: 'broken',
  summary: 'Throws.',
  parameters: [{ name: 'count', type: 'number', optional: true, description: 'Unused.' }],
  run: () => Promise.reject(new Error('no disk')),
};

describe('check_file_exists', () => {
  const exists = (path: string) => check('check_file_exists', { path });

  test('passes for a file, relative to the working folder or absolute, and through a link', async () => {
    expect(await exists('input.sql')).toEqual({
      ok: true,
      values: { path: 'input.sql', file: join(folder, 'input.sql'), exists: true, size_bytes: 9 },
      message: `file "${join(folder, 'input.sql')}" exists`,
    });
    expect((await exists(join(folder, 'input.sql'))).ok).toBe(true);
    expect((await exists('linked.sql')).ok).toBe(true);
  });

  test('fails for a missing file, a path through a file, and a folder', async () => {
    expect(await exists('absent.sql')).toEqual({
      ok: false,
      values: { path: 'absent.sql', file: join(folder, 'absent.sql'), exists: false },
      message: `file "${join(folder, 'absent.sql')}" does not exist`,
    });
    expect((await exists('input.sql/below')).ok).toBe(false);
    expect((await exists('logs')).message).toBe(`"${join(folder, 'logs')}" is not a file`);
  });
});

describe('check_no_ora_errors', () => {
  const ora = (log_file: string) => check('check_no_ora_errors', { log_file });

  test('names the file, the line and its text', async () => {
    const file = join(folder, 'logs/broken.log');
    expect(await ora('./logs/b*.log')).toEqual({
      ok: false,
      values: {
        log_file: './logs/b*.log',
        files: 1,
        file,
        line: 2,
        text: 'ORA-00942: table or view does not exist',
      },
      message: `${file}:2: ORA-00942: table or view does not exist`,
    });
  });

  test('passes when no matching file has one, whatever its encoding', async () => {
    expect((await ora('logs/[cl]*.log')).message).toBe('no ORA- in 2 files');
    expect((await ora('logs/[!b]*.log')).ok).toBe(true);
  });

  test('fails when no file matches: the log that should prove success is missing', async () => {
    expect(await ora('logs/*.txt')).toEqual({
      ok: false,
      values: { log_file: 'logs/*.txt', files: 0 },
      message: 'no file matches "logs/*.txt"',
    });
    expect((await ora('absent.log')).ok).toBe(false);
  });

  test('a wildcard does not match hidden files, a leading dot does', async () => {
    expect((await ora('logs/?lean.log')).ok).toBe(true);
    expect((await ora('logs/*h*.log')).message).toBe('no file matches "logs/*h*.log"');
    expect((await ora('logs/.h*.log')).ok).toBe(false);
  });

  test('a folder cannot be read', async () => {
    expect((await ora('log?')).message).toMatch(/is a folder, not a file$/);
  });

  test('finds an error that straddles two chunks, and counts lines right', async () => {
    const chunk = 1 << 18;
    const before = 'x'
      .repeat(99)
      .concat('\n')
      .repeat(chunk / 100)
      .slice(0, chunk - 2);
    await writeFile(join(folder, 'large.txt'), `${before}ORA-1 here\nmore\n`);
    const found = await ora('large.txt');
    expect(found.values).toMatchObject({ line: before.split('\n').length });
    expect(found.values.text).toMatch(/ORA-1 here$/);
  });
});

describe('check_no_ora_or_sp2_errors', () => {
  const sp2 = (log_file: string) => check('check_no_ora_or_sp2_errors', { log_file });

  test('finds both kinds', async () => {
    expect((await sp2('logs/clean.log')).values).toMatchObject({
      line: 2,
      text: 'SP2-0734: unknown command',
    });
    expect((await sp2('logs/broken.log')).values).toMatchObject({ line: 2 });
    expect((await sp2('input.sql')).ok).toBe(true);
  });

  test('takes the name literally and fails for a missing file', async () => {
    expect((await sp2('logs/*.log')).ok).toBe(false);
    expect((await sp2('absent.log')).message).toMatch(/absent\.log" does not exist/);
  });
});

describe('running a check', () => {
  test('an unknown check fails and names the nearest', async () => {
    expect(await check('check_file_exist', { path: 'x' })).toEqual({
      ok: false,
      values: { unknown_check: 'check_file_exist' },
      message: 'there is no check "check_file_exist"; did you mean "check_file_exists"?',
    });
  });

  test('wrong parameters fail before the check runs', async () => {
    expect((await check('check_file_exists', {})).message).toBe(
      'check_file_exists needs the parameter "path"',
    );
    expect((await check('check_file_exists', { path: 3 })).message).toBe(
      'the parameter "path" of check_file_exists must be a string, not 3',
    );
    expect((await check('check_file_exists', { path: 'x', mode: 1 })).message).toBe(
      'check_file_exists has no parameter "mode"',
    );
  });

  test('an exception and the time limit are failures', async () => {
    expect((await check('broken', {})).message).toBe('broken gave no answer: no disk');
    expect((await check('never_done', {}, 20)).message).toBe(
      'never_done gave no answer: it was not done within 0.02 s',
    );
  });

  test('stops when the run is stopped', async () => {
    const controller = new AbortController();
    const context = makeContext(folder, { signal: controller.signal });
    const running = runCheck(
      { name: 'never_done', params: {}, timeoutMs: 60_000 },
      checkRegistry([neverDone]),
      context,
    );
    controller.abort();
    expect(await running).toEqual({
      ok: false,
      values: {},
      message: 'never_done gave no answer: it was stopped',
    });
  });
});
