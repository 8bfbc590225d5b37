import { expect, test } from '@jest/globals';
import { commandHelp, memoryIo, palette, programHelp } from '../../src/cli/index.ts';
import { call, sampleCommand } from './sample.ts';

test('help shows the whole table, groups in its order, common options last', async () => {
  expect(await call(['--help', '--nonsense'])).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: `sample: print the arguments it was given

Usage: sample [FILE] [OTHERS…] [options]

Shows what the parser made of the command line.

It is used by tests only.

Arguments:
  FILE                       the workflow to show
  OTHERS                     more of them

Options:
  -c, --config FILE          the workflow
      --env NAME=VALUE       set a variable
      --[no-]timings         show how long jobs took
      --order file|topological|critical
                             order of the jobs (default: file)
      --list-runs [APP]      list runs
      --mark-success         mark jobs
      --factor N             scale of estimates

Execution control:
  -n, --dry-run              start nothing
      --skip IDS             skip these jobs

Parallel execution:
  -j, --workers N            how many jobs at a time (default: 1)
      --parallel             several at a time
      --sequential           one at a time

Output:
  -o, --output FILE          write the result to FILE, whole or not at all; its
                             ending implies the format
      --format text|json     as text (plain text), json (for programs)
      --json                 the same as --format json

Common:
  -q, --quiet                say only what matters: no notes, no progress
  -v, --verbose              say more; show stack traces of internal errors
      --[no-]color           force colours on or off (NO_COLOR and FORCE_COLOR
                             are heeded)
  -h, --help                 show this help
      --version              show the version

Examples:
  $ sample nightly.yaml --dry-run
    start nothing

Exit codes:
  0      done, and nothing was found
  2      wrong usage, unreadable input or a configuration that cannot be used
  70     an error in executioner itself
  128+n  stopped by signal n (130: Ctrl-C, 143: terminated)
  3      the arguments are odd
`,
  });
});

test.each([40, 60, 80, 100, 200])(
  'no line is wider than a terminal of %d columns, save single words',
  (columns) => {
    const text = commandHelp(sampleCommand, { calledAs: 'sample', columns, colors: palette(false) });
    const tooWide = text
      .split('\n')
      .filter((line) => line.length > Math.min(columns, 100) && /\S\s+\S/.test(line.trim()));
    expect(tooWide.filter((line) => !/^ +(-., )?--|^ {2}\$/.test(line))).toEqual([]);
  },
);

test('an example of a sub-command shows the whole command line', () => {
  const text = commandHelp(sampleCommand, {
    calledAs: 'executioner sample',
    columns: 80,
    colors: palette(false),
  });
  expect(text).toContain('  $ executioner sample nightly.yaml --dry-run\n    start nothing\n');
});

test('help of a program lists its commands without loading them', () => {
  const load = () => Promise.reject(new Error('loaded'));
  const program = {
    name: 'tool',
    summary: 'Does things.',
    version: '1',
    commands: [{ name: 'sample', summary: 'prints', load }],
  };
  expect(programHelp(program, { calledAs: 'tool', columns: 80, colors: palette(false) })).toBe(`Does things.

Usage: tool COMMAND [arguments] [options]

Commands:
  sample      prints
  help        explain a command
  completion  print the completion script for bash, zsh or fish

tool help COMMAND (or tool COMMAND --help) explains one command.

Exit codes:
  0      done, and nothing was found
  1      findings: errors in a configuration, failed jobs, differences asked for
  2      wrong usage, unreadable input or a configuration that cannot be used
  70     an error in executioner itself
  128+n  stopped by signal n (130: Ctrl-C, 143: terminated)
`);
});

test('a terminal gets colours, and a memory without columns does not', async () => {
  expect(memoryIo({ columns: 80 }).io.stdout.isTTY).toBe(true);
  expect((await call(['--help'], { columns: 80 })).stdout).toContain('\u001b[1mUsage:\u001b[22m');
  expect((await call(['--help'])).stdout).not.toContain('\u001b');
});
