import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const bin = fileURLToPath(new URL('../../bin/executioner-logs.js', import.meta.url));
const corpus = fileURLToPath(new URL('../../../../../shared/corpus/v1', import.meta.url));
const withCorpus = existsSync(corpus) ? describe : describe.skip;

let folder: string;
beforeAll(() => {
  if (!existsSync(bin)) throw new Error('the package is not built: run "npm run build" first');
  folder = mkdtempSync(join(tmpdir(), 'executioner-logs-command-'));
  writeFileSync(join(folder, 'run_123.log'), runLog(123));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = () => ({
  PATH: process.env.PATH,
  HOME: folder,
  EXECUTIONER_HOME: join(folder, 'state'),
  TZ: 'UTC',
});

function logs(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: environment(),
  });
  return { status, stdout, stderr };
}

function runLog(run: number): string {
  return `2026-11-20 02:27:01 - INFO - Created run summary for run ID: ${run}
2026-11-20 02:27:01 - INFO - Starting job 'a'
2026-11-20 02:27:02 - INFO - Job 'a' completed successfully in 1.12 seconds
2026-11-20 02:27:02 - INFO - Starting job 'b'
2026-11-20 02:27:05 - ERROR - Job b failed after 1 attempts.
2026-11-20 02:27:05 - INFO - Updated run summary for run ID: ${run} with status: FAILED
`;
}

describe('the built command', () => {
  test('works as the roadmap writes it', () => {
    expect(logs('run_123.log', '--summary')).toMatchObject({ status: 0, stderr: '' });
    expect(logs('run_123.log', '--errors-only')).toEqual({
      status: 1,
      stdout:
        'Run 123, started 2026-11-20 02:27:01 UTC\n✗ b: after 3.0s\n    next: what it printed is not at hand: name the log of the job too, executioner.*.job-b.run-123.log\n',
      stderr: '',
    });
    const report = logs('*.log', '--trends', '-o', 'performance_report.html');
    expect([report.status, report.stderr]).toEqual([0, 'wrote performance_report.html\n']);
    expect(readFileSync(join(folder, 'performance_report.html'), 'utf8')).toContain('Performance of 1 run');
  });

  test('writes every format that it names', () => {
    expect(JSON.parse(logs('run_123.log', '--json').stdout)).toMatchObject({
      runCount: 1,
      counts: { failed: 1 },
    });
    expect(logs('run_123.log', '--format', 'csv').stdout.split('\n')).toHaveLength(4);
    expect(logs('run_123.log', '--format', 'html').stdout).toMatch(/^<!doctype html>/);
    expect(logs('run_123.log', '--format', 'openmetrics').stdout).toMatch(/# EOF\n$/);
    expect(logs('run_123.log', '--format', 'junit').stdout).toMatch(/^<\?xml/);
    expect(JSON.parse(logs('run_123.log', '--format', 'otlp').stdout).resourceSpans).toHaveLength(1);
    const wrong = logs('run_123.log', '--trends', '--format', 'junit');
    expect([wrong.status, wrong.stderr]).toEqual([
      2,
      'error FORMAT_CONFLICT: --trends cannot be written as junit\nhint: it has text, json, md, html and csv; junit is there for --summary\n',
    ]);
  });

  test('chooses runs by time, job and number, and says what it could not read', () => {
    mkdirSync(join(folder, 'many'));
    for (let run = 1; run <= 3; run++)
      writeFileSync(join(folder, `many/run_${run}.log`), runLog(run).replaceAll('11-20', `11-1${run}`));
    const runsOf = (...words: string[]) =>
      JSON.parse(logs('many', '--json', ...words).stdout).runs.map(({ run }: { run: number }) => run);
    expect(runsOf()).toEqual([1, 2, 3]);
    expect(runsOf('--last', '2')).toEqual([2, 3]);
    expect(runsOf('--since', '2026-11-12', '--until', '2026-11-12')).toEqual([2]);
    expect(logs('many', '--job', 'a', '--errors-only').stdout).toBe('no failures\n');
    writeFileSync(join(folder, 'many/notes.log'), 'hello\n');
    const some = logs('many');
    expect([some.status, some.stdout.startsWith('3 runs'), some.stderr]).toEqual([
      2,
      true,
      'many/notes.log error E142: this is neither a log, nor a journal, nor a history database\n' +
        '  hint: the command patterns looks into files of any kind, line by line\n',
    ]);
    expect(logs('run_12.log').stderr).toContain('did you mean "run_123.log"?');
  });

  test('follows a run until it ends', async () => {
    const path = join(folder, 'executioner.app.run-5.log');
    const lines = runLog(5).split(/(?<=\n)/);
    writeFileSync(path, lines.slice(0, 2).join(''));
    const child = spawn(process.execPath, [bin, path, '--follow'], { cwd: folder, env: environment() });
    let output = '';
    let stage = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      // Each stage waits for what the one before was to show.
      if (stage === 0 && output.includes('▶ a started')) {
        stage = 1;
        appendFileSync(path, lines.slice(2, 4).join(''));
      }
      if (stage === 1 && output.includes('✓ a succeeded')) {
        stage = 2;
        appendFileSync(path, lines.slice(4).join(''));
      }
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(status).toBe(1);
    expect(output).toBe(
      `02:27:01 ▶ run 5 of app began
02:27:01 ▶ a started
02:27:02 ✓ a succeeded, 1.1s
02:27:02 ▶ b started
02:27:05 ✗ b failed, 3.0s
02:27:05 ✗ run 5 of app failed, 4.0s: 1 job succeeded, 1 failed (b)
`,
    );
  });
});

withCorpus("version 1's logs and histories", () => {
  test('are read without a complaint', () => {
    cpSync(join(corpus, 'logs'), join(folder, 'v1'), { recursive: true });
    const summary = logs('v1', '--summary');
    expect([summary.status, summary.stderr]).toEqual([0, '']);
    expect(summary.stdout).toMatch(/^\d+ runs of \d+ workflows, \d+ failed\n/);
    const errors = logs('v1', '--errors-only');
    expect(errors.status).toBe(1);
    expect(errors.stdout).toContain('✗ retry_job: file missing: exit code 2, 4 tries in 5.2s');
    expect(logs('v1/*.log', '--trends', '-o', 'v1.html').status).toBe(0);
    const history = logs(join(corpus, 'history/schema-v8.db'));
    expect(history.status).toBe(0);
    expect(history.stdout).toMatch(/^\d+ runs of/);
  });
});
