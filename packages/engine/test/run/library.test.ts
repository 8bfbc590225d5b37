import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { launcherPath } from '../../src/launcher/index.ts';

let folder: string;
let program: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'engine-library-'));
  program = join(folder, 'program.mjs');
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));
  await build({
    entryPoints: [fileURLToPath(new URL('./fixtures/program.ts', import.meta.url))],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'esm',
    target: 'node20',
    external: ['koffi', 'libsql', 'nodemailer'],
    alias: { '@executioner/core': fileURLToPath(new URL('../../../core/src/index.ts', import.meta.url)) },
    define: { __PACKAGE_VERSION__: '"0"' },
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function runProgram(mode: string) {
  const child = spawn(process.execPath, [program, folder, launcherPath(), mode]);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (part: string) => {
      output[name] += part;
    });
  const [exitCode] = await once(child, 'close');
  return { exitCode, ...output };
}

test('several workflows at once: signals untouched, nothing open after the results, the process ends by itself', async () => {
  const { exitCode, stdout, stderr } = await runProgram('read');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    exitCodes: [0, 0, 0],
    last: 'run.finished',
    signalsUntouched: true,
    open: [],
  });
});

test('runs whose results nobody reads end before the process does', async () => {
  expect(await runProgram('unread')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  const logs = [4, 5, 6].map((run) =>
    readFileSync(join(folder, 'state', 'runs', `${run}`, 'journal.1.ndjson'), 'utf8').includes(
      'run.finished',
    ),
  );
  expect(logs).toEqual([true, true, true]);
});

test('an engine that fails rejects the result, ends the events and its jobs, and leaves nothing open', async () => {
  const { exitCode, stdout, stderr } = await runProgram('failing');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({ told: 'no paper', seen: expect.any(Array), open: [] });
});

test('one that nobody waits for does not take the process along, and says it in the run log', async () => {
  expect(await runProgram('failing unread')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  const [log = ''] = readdirSync(join(folder, 'logs')).filter((name) =>
    name.startsWith('executioner.failing.run-'),
  );
  expect(readFileSync(join(folder, 'logs', log), 'utf8')).toMatch(
    / - ERROR - The engine has failed, running jobs are killed: no paper\n/,
  );
});

test('a start that is refused says so at once, and leaves nothing open', async () => {
  const { exitCode, stdout, stderr } = await runProgram('refused');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    told: ['LAUNCHER', 'STATE_FOLDER', 'WORKING_FOLDER'],
    leftOpen: 0,
    open: [],
  });
});
