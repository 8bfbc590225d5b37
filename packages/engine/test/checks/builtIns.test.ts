import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInCheckNames } from '@executioner/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CheckContext, type CheckResult, checkRegistry, runCheck } from '../../src/checks/index.ts';
import { keepOutput } from '../../src/output/index.ts';
import { makeContext } from './context.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'built-ins-'));
  await mkdir(join(folder, 'out'));
  await writeFile(join(folder, 'empty.txt'), '');
  await writeFile(join(folder, 'rows.txt'), 'header\n1200 rows loaded\nErrör: none\n');
  await utimes(join(folder, 'empty.txt'), 1_000_000, 1_000_000);
});

afterAll(() => rm(folder, { recursive: true }));

function check(
  name: string,
  params: Record<string, unknown>,
  { timeoutMs = 60_000, ...context }: Partial<CheckContext> & { readonly timeoutMs?: number } = {},
): Promise<CheckResult> {
  return runCheck({ name, params, timeoutMs }, checkRegistry(), makeContext(folder, context));
}

const verdict = async (result: Promise<CheckResult>) => {
  const { ok, message } = await result;
  return [ok, message.replaceAll(`${folder}/`, '')];
};

test('every built-in name of a configuration is there', () => {
  expect([...checkRegistry().keys()]).toEqual(builtInCheckNames);
});

describe('files', () => {
  test.each<[string, Record<string, unknown>, boolean, string]>([
    ['file_exists', { path: 'rows.txt' }, true, 'file "rows.txt" exists'],
    ['file_exists', { path: 'out' }, false, '"out" is not a file'],
    ['file_not_empty', { path: 'rows.txt' }, true, 'file "rows.txt" has 37 bytes'],
    ['file_not_empty', { path: 'empty.txt' }, false, 'file "empty.txt" is empty'],
    [
      'file_not_empty',
      { path: 'rows.txt', min_size: '1kB' },
      false,
      'file "rows.txt" has 37 bytes, fewer than 1000',
    ],
    ['file_not_empty', { path: 'absent' }, false, 'file "absent" does not exist'],
    ['dir_exists', { path: 'out' }, true, 'folder "out" exists'],
    ['dir_exists', { path: 'rows.txt' }, false, '"rows.txt" is not a folder'],
    ['dir_exists', { path: 'absent' }, false, 'folder "absent" does not exist'],
    [
      'file_newer_than',
      { path: 'rows.txt', than: 'empty.txt' },
      true,
      'file "rows.txt" is newer than "empty.txt"',
    ],
    [
      'file_newer_than',
      { path: 'empty.txt', than: 'rows.txt' },
      false,
      'file "empty.txt" is not newer than "rows.txt"',
    ],
    ['file_newer_than', { path: 'rows.txt', than: 'absent' }, false, 'file "absent" does not exist'],
    ['file_contains', { path: 'rows.txt', text: 'Errör' }, true, '"Errör" occurs in "rows.txt", line 3'],
    [
      'file_contains',
      { path: 'rows.txt', text: 'loaded\nErr' },
      true,
      '"loaded\nErr" occurs in "rows.txt", line 2',
    ],
    [
      'file_contains',
      { path: 'rows.txt', text: 'header', ignore_case: 'false' },
      true,
      '"header" occurs in "rows.txt", line 1',
    ],
    ['file_contains', { path: 'rows.txt', text: 'HEADER' }, false, '"HEADER" does not occur in "rows.txt"'],
    [
      'file_contains',
      { path: 'rows.txt', text: 'HEADER', ignore_case: true },
      true,
      '"HEADER" occurs in "rows.txt", line 1',
    ],
    [
      'file_contains',
      { path: 'rows.txt', pattern: '^\\d+ rows loaded$' },
      true,
      '/^\\d+ rows loaded$/ occurs in "rows.txt", line 2',
    ],
    ['file_contains', { path: 'rows.txt', pattern: '^rows' }, false, '/^rows/ does not occur in "rows.txt"'],
    ['file_contains', { path: 'out', text: 'x' }, false, '"out" is a folder, not a file'],
  ])('%s %j: %s', async (name, params, ok, message) => {
    expect(await verdict(check(name, params))).toEqual([ok, message]);
  });

  test('values say what was looked at and found', async () => {
    expect((await check('file_contains', { path: 'rows.txt', pattern: 'rows' })).values).toEqual({
      path: 'rows.txt',
      pattern: 'rows',
      file: join(folder, 'rows.txt'),
      line: 2,
      text: '1200 rows loaded',
    });
    expect((await check('file_not_empty', { path: 'rows.txt' })).values).toEqual({
      path: 'rows.txt',
      file: join(folder, 'rows.txt'),
      exists: true,
      size_bytes: 37,
      min_size_bytes: 1,
    });
  });

  test('an age is counted from now', async () => {
    expect((await check('file_newer_than', { path: 'rows.txt', max_age: '1h' })).ok).toBe(true);
    const old = await check('file_newer_than', { path: 'empty.txt', max_age: '3600' });
    expect(old.message).toMatch(/was changed \d+ s ago, more than 3600 s$/);
    expect(old.values).toMatchObject({ modified: '1970-01-12T13:46:40.000Z', max_age_ms: 3_600_000 });
  });

  test('a pattern that takes for ever on a line is ended by the time limit', async () => {
    await writeFile(join(folder, 'unlucky.txt'), `${'a'.repeat(60)}!\n`);
    const result = await check(
      'file_contains',
      { path: 'unlucky.txt', pattern: '^(a+)+$' },
      { timeoutMs: 300 },
    );
    expect(result.message).toBe('file_contains gave no answer: it was not done within 0.3 s');
  });
});

describe('disk_space', () => {
  test('compares bytes and percent', async () => {
    expect((await check('disk_space', { min_free: 1 })).ok).toBe(true);
    expect((await check('disk_space', { min_free_percent: 0 })).ok).toBe(true);
    const full = await check('disk_space', { path: 'out', min_free: '900000TB' });
    expect(full.message).toMatch(/^only .* are free at ".*out", fewer than 900 PB$/);
    expect(full.values).toMatchObject({ path: join(folder, 'out'), min_free_bytes: 9e17 });
    expect((await check('disk_space', { min_free_percent: 101 })).message).toMatch(/fewer than 101 %$/);
    expect((await check('disk_space', { path: 'absent', min_free: 1 })).message).toMatch(
      /cannot be looked at: ENOENT/,
    );
  });
});

describe('env_set', () => {
  const environment = { A: 'x', EMPTY: '' };
  test.each<[Record<string, unknown>, boolean, string]>([
    [{ name: 'A' }, true, 'A is set'],
    [{ name: ['A', 'EMPTY', 'B'] }, false, 'B is not set, EMPTY is empty'],
    [{ name: 'toString' }, false, 'toString is not set'],
    [{ name: 'A', value: 'x' }, true, 'A is set as expected'],
    [{ name: 'EMPTY', value: '' }, true, 'EMPTY is set as expected'],
    [{ name: 'A', value: 'y' }, false, 'A has another value'],
  ])('%j', async (params, ok, message) => {
    expect(await verdict(check('env_set', params, { environment }))).toEqual([ok, message]);
  });
});

describe('network', () => {
  let silent: Server;
  let web: HttpServer;
  const portOf = (server: Server | HttpServer) => (server.address() as AddressInfo).port;
  const sockets = new Set<{ destroy(): void }>();
  beforeAll(async () => {
    silent = createServer((socket) => sockets.add(socket.on('error', () => {})));
    web = createHttpServer((request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: '/' });
      else response.writeHead(request.headers['x-key'] === 'k' ? 200 : 401);
      response.end('body');
    });
    await Promise.all(
      [silent, web].map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))),
    );
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all([silent, web].map((server) => new Promise((resolve) => server.close(resolve))));
  });

  test('tcp_port: open, closed, and a port written as text', async () => {
    const port = portOf(silent);
    expect(await check('tcp_port', { host: '127.0.0.1', port: String(port) })).toEqual({
      ok: true,
      values: { host: '127.0.0.1', port, open: true },
      message: `127.0.0.1:${port} accepts connections`,
    });
    const closed = await check('tcp_port', { host: '127.0.0.1', port: 1 });
    expect(closed).toMatchObject({ ok: false, values: { open: false, errno: 'ECONNREFUSED' } });
  });

  test('http_status: what is expected, what is not, headers, no redirection', async () => {
    const url = `http://127.0.0.1:${portOf(web)}/`;
    expect(await check('http_status', { url, headers: { 'X-Key': 'k' } })).toEqual({
      ok: true,
      values: { url, method: 'GET', expected: '2xx', status: 200 },
      message: `${url} answered with status 200`,
    });
    expect((await check('http_status', { url })).message).toBe(`${url} answered with status 401, not 2xx`);
    expect((await check('http_status', { url, status: [200, '401'] })).ok).toBe(true);
    expect((await check('http_status', { url: `${url}moved`, status: 302 })).ok).toBe(true);
    expect((await check('http_status', { url: 'http://127.0.0.1:1/' })).message).toMatch(
      /gave no answer: .*ECONNREFUSED/,
    );
  });

  test('http_status: a server that never answers is left at the time limit', async () => {
    const url = `http://127.0.0.1:${portOf(silent)}/`;
    const left = new Promise((resolve) =>
      silent.once('connection', (socket) => socket.once('close', resolve).resume()),
    );
    expect((await check('http_status', { url }, { timeoutMs: 100 })).message).toBe(
      'http_status gave no answer: it was not done within 0.1 s',
    );
    await left;
  });
});

describe('command', () => {
  test('compares the exit code, in the folder and environment of the job', async () => {
    const environment = { PATH: '/usr/bin:/bin', ROWS: '37' };
    expect(
      await check('command', { command: 'test $(wc -c < rows.txt) -eq $ROWS' }, { environment }),
    ).toMatchObject({
      ok: true,
      message: 'the command ended with exit code 0',
    });
    expect(await check('command', { command: 'echo one; echo two >&2; exit 3' })).toEqual({
      ok: false,
      values: {
        command: 'echo one; echo two >&2; exit 3',
        expected_exit_code: 0,
        exit_code: 3,
        output: ['one', 'two'],
      },
      message: 'the command ended with exit code 3, not 0: two',
    });
    expect((await check('command', { command: 'exit 3', exit_code: '3' })).ok).toBe(true);
    expect((await check('command', { command: 'kill -9 $$' })).message).toBe(
      'the command ended with signal SIGKILL, not 0',
    );
    expect((await check('command', { command: 'x' }, { workingDir: '/absent' })).message).toMatch(
      /could not be started: .*ENOENT/,
    );
  });

  test('the time limit ends the whole process group', async () => {
    // A time by which its processes can be told, whether or not they have come up before the limit.
    const sleep = `1000.${process.pid}`;
    const result = await check('command', { command: `sleep ${sleep} & sleep ${sleep}` }, { timeoutMs: 500 });
    expect(result.message).toBe('command gave no answer: it was not done within 0.5 s');
    await untilNone(sleep);
  });

  test('does not wait for a process that keeps the output open', async () => {
    const { ok, values } = await check('command', { command: 'sleep 1000 & echo $!' });
    expect(ok).toBe(true);
    process.kill(Number((values.output as string[])[0]), 'SIGKILL');
  });

  test('output is held in bounded memory', async () => {
    const { values } = await check('command', { command: 'yes 0123456789 | head -c 20000000; exit 1' });
    expect(values.output).toEqual([...Array(9).fill('0123456789'), '012345678']);
  });
});

/** Waits until no process has the word in its command line. */
async function untilNone(word: string): Promise<void> {
  for (;;) {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const lines = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
    if (!(await Promise.all(lines)).some((line) => line.includes(word))) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('output of a try', () => {
  async function outputOf(before: string, text: string) {
    const path = join(folder, 'spool');
    await writeFile(path, `${before}${text}after`);
    const offset = Buffer.byteLength(before);
    return keepOutput({ path, offset }, offset + Buffer.byteLength(text));
  }

  test('is looked at between its offsets only', async () => {
    const output = await outputOf('before\n', 'one\nImport finished\n');
    await rm(join(folder, 'spool'));
    const of = (name: string, params: Record<string, unknown>) => verdict(check(name, params, { output }));
    expect(await of('output_contains', { text: 'finished' })).toEqual([
      true,
      'the command printed "finished", line 2',
    ]);
    expect(await of('output_contains', { text: 'before' })).toEqual([
      false,
      '"before" does not occur in what the command printed',
    ]);
    expect(await of('output_contains', { pattern: 'after' })).toEqual([
      false,
      '/after/ does not occur in what the command printed',
    ]);
    expect(await of('output_not_contains', { pattern: '^Import' })).toEqual([
      false,
      'the command printed /^Import/, line 2: Import finished',
    ]);
    expect(await of('output_not_contains', { text: 'after' })).toEqual([
      true,
      '"after" does not occur in what the command printed',
    ]);
    output.close();
    expect((await of('output_contains', { text: 'one' }))[1]).toMatch(
      /the output cannot be read: the output is no longer kept/,
    );
  });

  test('may be gone, which the check says', async () => {
    const output = keepOutput({ path: '/no/such/spool', offset: 0 }, 7);
    expect((await check('output_contains', { text: 'one' }, { output })).message).toMatch(
      /the output cannot be read: ENOENT/,
    );
  });

  test('may be empty', async () => {
    const output = await outputOf('before', '');
    expect((await check('output_not_contains', { text: 'b' }, { output })).ok).toBe(true);
    expect((await check('output_contains', { text: 'b' }, { output })).ok).toBe(false);
    output.close();
  });

  test('is not there before the command has run', async () => {
    expect((await check('output_contains', { text: 'x' })).message).toBe(
      'there is no output to look at: the command has not run',
    );
  });
});
