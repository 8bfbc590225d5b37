import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  CommandError,
  colorsEnabled,
  defineCommand,
  exitCodeOfSignal,
  memoryIo,
} from '../../src/cli/index.ts';
import { call } from './sample.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'executioner-kit-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** A command that does nothing but what `run` does. */
function commandOf(run: Parameters<typeof defineCommand>[0]['run']) {
  return defineCommand({ name: 'odd', summary: 'do odd things', examples: [], run });
}

describe('errors', () => {
  const expected = commandOf(() => {
    throw new CommandError('FILE_ODD', 'the file is odd', {
      hint: 'make it even',
      exitCode: 1,
      cause: new Error('bit 0 is set'),
    });
  });
  const bug = commandOf(() => {
    throw new TypeError('x is not a function');
  });

  test('an expected one shows code, message and hint', async () => {
    expect(await call([], {}, expected)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'error FILE_ODD: the file is odd\nhint: make it even\n',
    });
  });

  test('with --verbose its cause, and still no stack trace', async () => {
    const { stderr } = await call(['--verbose'], {}, expected);
    expect(stderr).toBe('error FILE_ODD: the file is odd\nhint: make it even\ncause: bit 0 is set\n');
  });

  test('an unexpected one is our bug and says how to report it', async () => {
    expect(await call([], {}, bug)).toEqual({
      exitCode: 70,
      stdout: '',
      stderr: `error INTERNAL: x is not a function
This is a bug in executioner, not a mistake of yours. Please report it, with this text and what you did:
  https://github.com/shwetalj/executioner/issues
  sample 1.2.3, in memory
hint: --verbose shows where it happened
`,
    });
  });

  test('its stack trace is shown with --verbose only', async () => {
    const { exitCode, stderr } = await call(['-v'], {}, bug);
    expect(exitCode).toBe(70);
    expect(stderr).toContain('TypeError: x is not a function\n    at ');
  });

  test('what is thrown need not be an error', async () => {
    const odd = commandOf(() => {
      throw 'a string';
    });
    expect((await call([], {}, odd)).stderr).toContain('error INTERNAL: a string\n');
  });
});

describe('the result', () => {
  test('goes to standard output, messages to standard error', async () => {
    const command = commandOf(async (_args, context) => {
      context.note('a note');
      context.warn('a warning');
      await context.writeResult('the result\n');
      return 0;
    });
    expect(await call([], {}, command)).toEqual({
      exitCode: 0,
      stdout: 'the result\n',
      stderr: 'a note\nwarning: a warning\n',
    });
    expect(await call(['--quiet'], {}, command)).toEqual({
      exitCode: 0,
      stdout: 'the result\n',
      stderr: 'warning: a warning\n',
    });
  });

  test('a reader that goes away does not stop the command or change its exit code', async () => {
    const written: boolean[] = [];
    const command = commandOf(async (_args, { io }) => {
      for (let line = 0; line < 3; line++) {
        written.push(io.stdout.closed);
        io.stdout.write(`${line}\n`);
      }
      return 1;
    });
    expect(await call([], { closeAfterWrites: 1 }, command)).toEqual({
      exitCode: 1,
      stdout: '0\n',
      stderr: '',
    });
    expect(written).toEqual([false, true, true]);
  });

  test('goes to the file of -o, which is named on standard error', async () => {
    const { exitCode, stdout, stderr } = await call(['-o', 'out.txt', 'a.json'], { cwd });
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: 'wrote out.txt\n' });
    expect(JSON.parse(readFileSync(join(cwd, 'out.txt'), 'utf8'))).toMatchObject({
      file: 'a.json',
      output: 'out.txt',
    });
    expect(readdirSync(cwd)).toEqual(['out.txt']);
  });

  test('-o - is standard output', async () => {
    const { stdout, stderr } = await call(['-o', '-'], { cwd });
    expect({ lines: stdout.split('\n').length, stderr, files: readdirSync(cwd) }).toEqual({
      lines: 2,
      stderr: '',
      files: [],
    });
  });
});

describe('the format', () => {
  const command = defineCommand({
    name: 'formats',
    summary: 'print its format',
    formats: {
      text: { summary: 'text', endings: ['.txt'] },
      md: { summary: 'Markdown', endings: ['.md', '.markdown'] },
      json: { summary: 'data', endings: ['.json'] },
    },
    examples: [],
    run(_args, { format, io }) {
      io.stdout.write(format);
      return 0;
    },
  });

  const cases: [argv: string[], format: string][] = [
    [[], 'text'],
    [['--json'], 'json'],
    [['--format', 'md'], 'md'],
    [['--format', 'markdown'], 'md'],
    [['--json', '--format', 'json'], 'json'],
    [['-o', 'x.md'], 'md'],
    [['-o', 'x.MARKDOWN'], 'md'],
    [['-o', 'folder.md/x'], 'text'],
    [['-o', '.json'], 'text'],
    [['-o', 'x.md', '--format', 'text'], 'text'],
    [['-o', 'x.md', '--json'], 'json'],
    [['--json', '--format', 'json'], 'json'],
  ];
  test.each(cases)('%j: %s', async (argv, format) => {
    expect((await call(argv, { cwd }, command)).stdout).toBe(format);
  });

  test('contradictions and unknown endings are refused', async () => {
    expect((await call(['--json', '--format', 'md'], {}, command)).stderr).toBe(
      'error FORMAT_CONFLICT: options --json and --format md contradict each other\n',
    );
    expect((await call(['-o', 'x.pdf'], {}, command)).stderr).toBe(
      'error FORMAT_UNKNOWN: cannot tell the format of "x.pdf": no format ends in .pdf\n' +
        'hint: use .txt, .md, .markdown, .json, or say it with --format\n',
    );
  });
});

test('colours: the option decides, then NO_COLOR, FORCE_COLOR, and whether it is a terminal', () => {
  const terminal = memoryIo({ columns: 80 }).io.stdout;
  const pipe = memoryIo().io.stdout;
  const seen = [
    colorsEnabled(terminal, {}, undefined),
    colorsEnabled(pipe, {}, undefined),
    colorsEnabled(terminal, { TERM: 'dumb' }, undefined),
    colorsEnabled(terminal, { NO_COLOR: '1' }, undefined),
    colorsEnabled(terminal, { NO_COLOR: '' }, undefined),
    colorsEnabled(pipe, { FORCE_COLOR: '1' }, undefined),
    colorsEnabled(pipe, { FORCE_COLOR: '' }, undefined),
    colorsEnabled(terminal, { FORCE_COLOR: '0' }, undefined),
    colorsEnabled(pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, undefined),
    colorsEnabled(pipe, { NO_COLOR: '1' }, true),
    colorsEnabled(terminal, { FORCE_COLOR: '1' }, false),
  ];
  expect(seen).toEqual([true, false, false, false, true, true, true, false, false, true, false]);
});

test('a file gets no colours, and is not fitted to the terminal', async () => {
  const command = defineCommand({
    name: 'looks',
    summary: 'print its looks',
    formats: { text: { summary: 'text' } },
    examples: [],
    async run(_args, { colors, columns, io }) {
      io.stdout.write(`${colors.red('x') !== 'x'} ${columns}`);
      return 0;
    },
  });
  expect((await call([], { columns: 70 }, command)).stdout).toBe('true 70');
  expect((await call(['-o', 'x'], { columns: 70 }, command)).stdout).toBe('false Infinity');
  expect((await call([], {}, command)).stdout).toBe('false Infinity');
});

test('a signal reaches the command that listens', async () => {
  const memory = memoryIo();
  const heard: string[] = [];
  const stop = memory.io.onSignal((name) => heard.push(name));
  memory.signal('SIGINT');
  stop();
  memory.signal('SIGTERM');
  expect(heard).toEqual(['SIGINT']);
  expect((['SIGHUP', 'SIGINT', 'SIGTERM'] as const).map(exitCodeOfSignal)).toEqual([129, 130, 143]);
});

describe('defineCommand refuses tables that cannot be parsed', () => {
  const base = { name: 'bad', summary: 'a bad table', examples: [], run: () => 0 };
  test.each([
    ['a spelling of ours', { ...base, options: { help: { type: 'flag', summary: '' } } }],
    ['a letter of ours', { ...base, options: { visible: { type: 'flag', short: 'v', summary: '' } } }],
    [
      'one letter for two',
      {
        ...base,
        options: {
          a1: { type: 'flag', short: 'a', summary: '' },
          a2: { type: 'flag', short: 'a', summary: '' },
        },
      },
    ],
    [
      'an alias that is a name',
      {
        ...base,
        options: { a1: { type: 'flag', aliases: ['a2'], summary: '' }, a2: { type: 'flag', summary: '' } },
      },
    ],
    [
      'an output option of ours',
      { ...base, formats: { json: { summary: '' } }, options: { json: { type: 'flag', summary: '' } } },
    ],
    [
      'one name for option and positional',
      { ...base, options: { file: { type: 'flag', summary: '' } }, positionals: { file: { summary: '' } } },
    ],
    [
      'a word after all the words',
      { ...base, positionals: { all: { summary: '', variadic: true }, last: { summary: '' } } },
    ],
    [
      'a required word after an optional one',
      { ...base, positionals: { one: { summary: '' }, two: { summary: '', required: true } } },
    ],
  ] as const)('%s', (_name, table) => {
    expect(() => defineCommand(table as Parameters<typeof defineCommand>[0])).toThrow(/^Internal error: /);
  });
});
