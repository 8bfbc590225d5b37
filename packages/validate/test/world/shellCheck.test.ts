import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { nodeHost } from '@executioner/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nodeWorld, validate } from '../../src/index.ts';
import { runShellCheck } from '../../src/world/shellCheck.ts';
import { cachedShellCheck } from '../../src/world/shellCheckCache.ts';

let folder: string;
/** Stands in for ShellCheck: remarks upon the first word of each script, dies of one that holds "deadly". */
let program: string;
let log: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'executioner-test-'));
  program = join(folder, 'shellcheck');
  log = join(folder, 'log');
  writeFileSync(
    program,
    `#!/bin/sh
echo "$3 $(($# - 3))" >> ${log}
shift 3
grep -q deadly "$@" && exit 3
printf '{"comments":['
for file; do
  printf '%s{"file":"%s","line":1,"endLine":1,"column":1,"endColumn":3,"level":"warning","code":2000,"message":"is %s"}' "$comma" "$file" "$(cat "$file")"
  comma=,
done
printf ']}'
`,
  );
  chmodSync(program, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('ShellCheck', () => {
  test('is asked about every script, a hundred at a time, and about each once', () => {
    writeFileSync(log, '');
    const ask = cachedShellCheck(program);
    const scripts = Array.from({ length: 250 }, (_, index) => `a${index}`);
    const answers = ask([...scripts, 'a7'], 'sh');
    expect(answers.map((remarks) => remarks?.map(({ message }) => message))).toEqual(
      [...scripts, 'a7'].map((script) => [`is ${script}`]),
    );
    expect(answers[3]).toEqual([{ level: 'warning', code: 2000, message: 'is a3', start: 0, end: 2 }]);
    expect(ask(['a9', 'b'], 'sh').map((remarks) => remarks?.length)).toEqual([1, 1]);
    const calls = readFileSync(log, 'utf8').trim().split('\n').sort();
    expect(calls).toEqual(['--shell=sh 1', '--shell=sh 100', '--shell=sh 100', '--shell=sh 50']);
  });

  test('leaves those without an answer whose process dies', () => {
    const scripts = Array.from({ length: 150 }, (_, index) => (index === 120 ? 'deadly' : `a${index}`));
    const answers = cachedShellCheck(program)(scripts, 'bash');
    expect(answers.indexOf(undefined)).toBe(100);
    expect(answers.filter((remarks) => remarks === undefined).length).toBe(50);
  });
});

test('ShellCheck leaves nothing running when it takes too long', async () => {
  const pids = join(folder, 'pids');
  const slow = join(folder, 'slow');
  writeFileSync(slow, `#!/bin/sh\necho $$ >> ${pids}\nexec sleep 600\n`);
  chmodSync(slow, 0o755);
  const scripts = Array.from({ length: 150 }, (_, index) => `a${index}`);
  expect(runShellCheck(slow, scripts, 'sh', 4000)).toEqual(scripts.map(() => undefined));
  const started = readFileSync(pids, 'utf8').trim().split('\n').map(Number);
  expect(started.length).toBe(2);
  for (let left = 6000; started.some(isRunning) && left > 0; left--) await setTimeout(10);
  expect(started.filter(isRunning)).toEqual([]);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('what ShellCheck has not looked at is told', () => {
  const words = ['ant', 'bee', 'cow', 'dog'];
  const remarks = (commands: readonly string[], shellCheckLimit?: number) => {
    const jobs = commands.map((command, index) => ({ id: `j${index}`, description: 'x', command }));
    const text = JSON.stringify({ version: 2, jobs });
    const { diagnostics } = validate(
      { file: join(folder, 'w.json'), text },
      {
        host: nodeHost(folder, folder),
        world: nodeWorld({ shellCheck: program, shellCheckLimit }),
        environment: { PATH: '/usr/bin:/bin' },
      },
    );
    return diagnostics
      .filter(({ code }) => code.endsWith('409') || code === 'I412')
      .map(({ code, job, message }) => (code === 'I412' ? message : `${code} ${job}`));
  };
  const commands = words.map((word) => `echo ${word} | cat`);

  test('beyond the limit, which counts different commands', () => {
    expect(remarks(commands)).toEqual(['I409 j0', 'I409 j1', 'I409 j2', 'I409 j3']);
    expect(remarks([...commands, commands[0]!], 4).length).toBe(4);
    expect(remarks(commands, 3)).toEqual([
      'I409 j0',
      'I409 j1',
      'I409 j2',
      'ShellCheck has looked at 3 of 4 different commands',
    ]);
  });

  test('and without an answer', () => {
    expect(remarks(['echo deadly | cat'])).toEqual(['ShellCheck gave no answer for 1 command']);
    expect(remarks([...commands, 'echo deadly | cat'])).toEqual(['ShellCheck gave no answer for 5 commands']);
  });
});
