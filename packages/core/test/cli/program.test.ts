import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  type Command,
  defineCommand,
  type MemoryIoOptions,
  memoryIo,
  type Program,
  runProgram,
} from '../../src/cli/index.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'executioner-program-'));
  writeFileSync(join(cwd, 'nightly'), '');
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const loaded: string[] = [];

function entry(name: string): Program['commands'][number] {
  const command: Command = defineCommand({
    name,
    summary: `${name} things`,
    positionals: { file: { summary: 'a file' } },
    options: {
      config: { type: 'text', short: 'c', summary: 'a file' },
      parallel: { type: 'flag', summary: 'at once' },
    },
    examples: [],
    run({ file, config, parallel }, { calledAs, io, quiet }) {
      io.stdout.write(JSON.stringify({ calledAs, file, config, parallel, quiet }));
      return 0;
    },
  });
  return {
    name,
    summary: command.summary,
    load: () => {
      loaded.push(name);
      return Promise.resolve(command);
    },
  };
}

const program: Program = {
  name: 'tool',
  summary: 'Does things.',
  version: '1.2.3',
  commands: [entry('run'), entry('report')],
  defaultCommand: 'run',
};

async function call(argv: readonly string[], options: MemoryIoOptions = {}) {
  loaded.length = 0;
  const memory = memoryIo({ cwd, ...options });
  const exitCode = await runProgram(program, argv, memory.io);
  return { exitCode, stdout: memory.stdout(), stderr: memory.stderr(), loaded: [...loaded] };
}

const routed: [argv: string[], seen: Record<string, unknown>][] = [
  [['run', 'x.json'], { calledAs: 'tool run', file: 'x.json', parallel: false, quiet: false }],
  [
    ['report', '--parallel', 'x.json'],
    { calledAs: 'tool report', file: 'x.json', parallel: true, quiet: false },
  ],
  [
    ['--quiet', 'report', 'x.json'],
    { calledAs: 'tool report', file: 'x.json', parallel: false, quiet: true },
  ],
  [
    ['-c', 'jobs.json', '--parallel'],
    { calledAs: 'tool run', config: 'jobs.json', parallel: true, quiet: false },
  ],
  [['-q', '-c', 'jobs.json'], { calledAs: 'tool run', config: 'jobs.json', parallel: false, quiet: true }],
  [['nightly'], { calledAs: 'tool run', file: 'nightly', parallel: false, quiet: false }],
  [['./report'], { calledAs: 'tool run', file: './report', parallel: false, quiet: false }],
  [['missing.yml'], { calledAs: 'tool run', file: 'missing.yml', parallel: false, quiet: false }],
];

test.each(routed)('%j', async (argv, seen) => {
  const { exitCode, stdout, stderr, loaded } = await call(argv);
  expect({ exitCode, stderr, seen: JSON.parse(stdout || 'null'), loaded }).toEqual({
    exitCode: 0,
    stderr: '',
    seen,
    loaded: [String(seen.calledAs).split(' ')[1]],
  });
});

test('nothing to do: help on standard error, exit code 2', async () => {
  const [nothing, asked] = [await call([]), await call(['--help'])];
  expect(nothing).toEqual({ exitCode: 2, stdout: '', stderr: asked.stdout, loaded: [] });
  expect(asked).toMatchObject({ exitCode: 0, stderr: '', loaded: [] });
  expect(asked.stdout).toContain(
    'Without a COMMAND, an option or a file goes to run: tool nightly.yaml is tool\nrun nightly.yaml.\n',
  );
});

test('help and version need no command to be loaded', async () => {
  expect(await call(['--version'])).toEqual({ exitCode: 0, stdout: 'tool 1.2.3\n', stderr: '', loaded: [] });
  expect((await call(['help'])).stdout).toBe((await call(['-h'])).stdout);
  expect((await call(['report', '--version'])).stdout).toBe('tool 1.2.3\n');
});

test('help of a command is the same in three ways', async () => {
  const texts = await Promise.all(
    [
      ['help', 'report'],
      ['report', '--help'],
      ['report', '-h'],
    ].map(async (argv) => (await call(argv)).stdout),
  );
  expect(texts[0]).toContain('Usage: tool report [FILE] [options]');
  expect(new Set(texts).size).toBe(1);
});

test('a word that is no command: the nearest one', async () => {
  expect([await call(['reprot', 'x']), await call(['help', 'rum']), await call(['fsck'])]).toEqual([
    {
      exitCode: 2,
      stdout: '',
      stderr: 'error UNKNOWN_COMMAND: there is no command "reprot"\nhint: did you mean "tool report"?\n',
      loaded: [],
    },
    {
      exitCode: 2,
      stdout: '',
      stderr: 'error UNKNOWN_COMMAND: there is no command "rum"\nhint: did you mean "tool run"?\n',
      loaded: [],
    },
    {
      exitCode: 2,
      stdout: '',
      stderr: 'error UNKNOWN_COMMAND: there is no command "fsck"\nhint: tool --help lists the commands\n',
      loaded: [],
    },
  ]);
});

test('a command that cannot be loaded is our bug', async () => {
  const broken: Program = {
    ...program,
    commands: [{ name: 'run', summary: '', load: () => Promise.reject(new Error('no such chunk')) }],
  };
  const memory = memoryIo({ cwd });
  expect(await runProgram(broken, ['run'], memory.io)).toBe(70);
  expect(memory.stderr()).toContain('error INTERNAL: no such chunk\nThis is a bug in executioner');
});
