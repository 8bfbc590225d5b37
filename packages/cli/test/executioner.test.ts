import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const bin = fileURLToPath(new URL('../bin/executioner.js', import.meta.url));
const journals = fileURLToPath(new URL('../../report/test/fixtures', import.meta.url));

let cwd: string;

beforeAll(() => {
  if (!existsSync(bin)) throw new Error('packages/cli is not built: run "npm run build" first');
  cwd = mkdtempSync(join(tmpdir(), 'executioner-cli-'));
  for (const [run, name] of [
    [7, 'resumed'],
    [12, 'mixed'],
  ] as const) {
    const folder = join(cwd, 'state/runs', String(run));
    mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(join(journals, name)).filter((each) => each.endsWith('.ndjson'))) {
      writeFileSync(join(folder, file), readFileSync(join(journals, name, file)));
    }
  }
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** Runs the built command in the temporary folder. */
function executioner(
  args: readonly string[],
  options: { readonly input?: string; readonly env?: Record<string, string> } = {},
) {
  const env = {
    PATH: process.env.PATH,
    HOME: cwd,
    EXECUTIONER_HOME: join(cwd, 'state'),
    TZ: 'UTC',
    ...options.env,
  };
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    env,
    input: options.input ?? '',
  });
  return { status: status ?? signal, stdout, stderr };
}

const expected = (name: string, file: string) => readFileSync(join(journals, name, file), 'utf8');

test('help, version, and wrong usage', () => {
  const help = executioner(['--help']);
  expect(help).toMatchObject({ status: 0, stderr: '' });
  expect(help.stdout).toContain('\nCommands:\n  run  ');
  expect(executioner([])).toEqual({ status: 2, stdout: '', stderr: help.stdout });
  expect(executioner(['--version'])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^executioner \d+\.\d+\.\d+\n$/),
  });
  expect(executioner(['rum'])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error UNKNOWN_COMMAND: there is no command "rum"\nhint: did you mean "executioner run"?\n',
  });
});

test("v1's command line: an option first is a run", () => {
  expect(executioner(['-c', 'jobs.json', '--paralel'])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error USAGE: unknown option --paralel\nhint: did you mean --parallel?\n',
  });
  writeFileSync(
    join(cwd, 'jobs.json'),
    JSON.stringify({ application_name: 'v1', working_dir: cwd, jobs: [{ id: 'a', command: 'true' }] }),
  );
  expect(executioner(['-c', 'jobs.json', '--dry-run'])).toMatchObject({ status: 0 });
});

describe('report', () => {
  test('the latest run in a pipe: whole, without colours', () => {
    const { status, stdout, stderr } = executioner(['report']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const normalized = (text: string) => text.replace(/…|\s+/g, ' ');
    expect(stdout).toContain('Run 12 of nightly <load> & "check" | *x*: failed (exit code 1)\n');
    expect(stdout).toContain('needs "flaky\\u{202e}_job\\n"\n');
    expect(normalized(stdout)).toContain('clean_up ✓ succeeded +21s 1m 02s 1 0');
  });

  test('a run by number, folder and journal, all attempts in order', () => {
    const byNumber = executioner(['report', '7', '--format', 'md']);
    expect(byNumber).toEqual({ status: 0, stdout: expected('resumed', 'expected.md'), stderr: '' });
    expect(executioner(['report', 'state/runs/7', '--format', 'md'])).toEqual(byNumber);
    const first = executioner(['report', 'state/runs/7/journal.1.ndjson']);
    expect(first.stdout).toContain('Run 7 of etl: not finished\n');
  });

  test('a journal on standard input, as JSON', () => {
    const input = expected('mixed', 'journal.1.ndjson');
    expect(executioner(['report', '-', '--json'], { input })).toEqual({
      status: 0,
      stdout: expected('mixed', 'expected.json'),
      stderr: '',
    });
  });

  test('the ending of the output file implies the format', () => {
    expect(executioner(['report', '12', '-o', 'run-12.html'])).toEqual({
      status: 0,
      stdout: '',
      stderr: 'wrote run-12.html\n',
    });
    const page = readFileSync(join(cwd, 'run-12.html'), 'utf8');
    expect(page.startsWith('<!doctype html>')).toBe(true);
    expect(page).not.toContain('<script');
  });

  test('a cut-off end is a warning, a damaged line an error with its place', () => {
    const whole = expected('mixed', 'journal.1.ndjson');
    const cut = executioner(['report', '-'], { input: whole.slice(0, -20) });
    expect({ status: cut.status, stderr: cut.stderr }).toEqual({
      status: 0,
      stderr: 'warning: the last line of the journal is cut off and was ignored: standard input\n',
    });
    const [first, , ...rest] = whole.split('\n');
    const damaged = executioner(['report', '-'], { input: [first, '{"oops"', ...rest].join('\n') });
    expect({ status: damaged.status, stdout: damaged.stdout }).toEqual({ status: 2, stdout: '' });
    expect(damaged.stderr).toMatch(
      /^error JOURNAL_DAMAGED: standard input:2: this line is not a journal event\nhint: /,
    );
  });

  test('what cannot be shown is said, with what to do', () => {
    const state = join(cwd, 'state');
    expect([
      executioner(['report', '99']).stderr,
      executioner(['report'], { env: { EXECUTIONER_HOME: 'none' } }).stderr,
      executioner(['report', 'stat']).stderr,
      executioner(['report', '-']).stderr,
      executioner(['report', '--time-zone', 'Mars/Olympus']).stderr,
      executioner(['report', '-o', 'missing/x.md']).stderr,
    ]).toEqual([
      `error RUN_NOT_FOUND: there is no journal of run 99 in "${state}"\nhint: the latest run is 12\n`,
      `error RUN_NOT_FOUND: there are no runs in "${join(cwd, 'none')}" yet\nhint: executioner run workflow.json makes one; EXECUTIONER_HOME says where runs are kept\n`,
      'error INPUT_NOT_FOUND: cannot read "stat": there is no such file\nhint: did you mean "state"?\n',
      'error JOURNAL_DAMAGED: the journal holds no event\nhint: a journal lies at runs/<number>/journal.1.ndjson in the state folder\n',
      'error TIME_ZONE_UNKNOWN: there is no time zone "Mars/Olympus"\nhint: use a name such as UTC or Europe/Paris\n',
      'error OUTPUT_FOLDER_MISSING: cannot write "missing/x.md": there is no folder "missing"\nhint: make it first: mkdir -p missing\n',
    ]);
  });
});

describe('standard output', () => {
  test('a reader that goes away is no error', async () => {
    const input = expected('mixed', 'journal.1.ndjson');
    // As JSON, many times over, the report is larger than any pipe holds.
    const many = Array.from({ length: 400 }, (_, index) =>
      input.replaceAll('"extract"', `"extract${index}"`).split('\n').slice(3, 4).join(''),
    ).map((line, index) => line.replace(/"seq":\d+/, `"seq":${index + 2}`));
    const child = spawn(process.execPath, [bin, 'report', '-', '--json'], {
      cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout.destroy();
    child.stdin.end(`${[input.split('\n')[0], ...many].join('\n')}\n`);
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  (existsSync('/dev/full') ? test : test.skip)('a full disk is an error', () => {
    const script = '"$0" "$1" report 12 --json > /dev/full';
    const { status, stderr } = spawnSync('sh', ['-c', script, process.execPath, bin], {
      cwd,
      encoding: 'utf8',
      env: { EXECUTIONER_HOME: join(cwd, 'state') },
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^error OUTPUT_FAILED: cannot write standard output: ENOSPC/),
    });
  });
});

test('completion knows commands, options and runs', () => {
  expect(executioner(['__complete', 'r']).stdout).toBe(
    'file\nrun\trun the jobs of a workflow in the order of their dependencies\n' +
      'report\tshow a run: its outcome, jobs, timeline and failures, for the terminal or as a page\n',
  );
  expect(executioner(['__complete', 'report', '']).stdout).toBe('none\n12\t\n7\t\n');
  expect(executioner(['completion', 'fish']).stdout).toContain('executioner completion fish | source');
});
