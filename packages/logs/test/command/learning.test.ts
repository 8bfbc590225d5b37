import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callLogs } from '../inProcess.ts';

const engine = new URL('../../../engine/bin/executioner-engine.js', import.meta.url).pathname;
const logs = new URL('../../bin/executioner-logs.js', import.meta.url).pathname;

let folder: string;

function env(): NodeJS.ProcessEnv {
  return { ...process.env, EXECUTIONER_HOME: join(folder, 'state'), NO_COLOR: '1', TZ: 'UTC' };
}

/** Secrets that change with every run, in all the ways a configuration can hold one. */
const secrets = (mode: string, number: number) => ({
  DB_PASSWORD: `pw-${mode}-${number}-hush`,
  SHORT_TOKEN: `q${number}`,
  CONNECT: `scott/tiger-${number}-hush@db`,
  ADDRESS: `db://me:open-${number}-hush@db1`,
});

function run(mode: string, number: number): void {
  const file = join(folder, 'nightly.json');
  const command =
    'echo loading 100 rows; test "$MODE" = fast || { echo ORA-00942: no table t7; exit 3; }; echo loaded 100 rows';
  const jobs = [
    { id: 'load', command, max_retries: 1, retry_delay: 0.1, retry_on_exit_codes: [3] },
    { id: 'report', command: 'echo reporting', dependencies: ['load'] },
  ];
  const content = {
    version: 2,
    application_name: 'nightly',
    working_dir: folder,
    env_variables: { MODE: mode, ...secrets(mode, number) },
    // Before the third run nobody had thought of it.
    ...(number < 3 ? {} : { secrets: ['CONNECT'] }),
    jobs,
  };
  writeFileSync(file, JSON.stringify(content));
  spawnSync(process.execPath, [engine, file], { env: env(), encoding: 'utf8' });
}

function learn(
  words: readonly string[],
  input?: string,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [logs, ...words], { cwd: folder, env: env(), encoding: 'utf8', input });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-learning-'));
  const modes = ['fast', 'fast', 'fast', 'fast', 'safe', 'safe', 'safe'];
  for (const [index, mode] of modes.entries()) run(mode, index + 1);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('learning from real runs', () => {
  it('logs --post-mortem tells what happened, for the terminal, as Markdown, page and JSON', () => {
    const { status, stdout } = learn(['--post-mortem']);
    expect(status).toBe(1);
    for (const part of [
      'Post-mortem of run 7 of nightly: failed',
      'load: database error, exit code 3, 2 tries',
      'It is failure 3 in a row, since run 5.',
      'What changed since the last good run, run 4',
      'variable MODE of load: changed',
      'ORA-<*>: no table t<*>',
      'report was skipped: it needs load',
      'executioner run --resume-from 7',
    ])
      expect(stdout).toContain(part);
    learn(['5', '--post-mortem', '-o', 'five.html']);
    expect(readFileSync(join(folder, 'five.html'), 'utf8')).toContain('Post-mortem of run 5 of nightly');
    learn(['7', '--post-mortem', '-o', 'seven.md']);
    expect(readFileSync(join(folder, 'seven.md'), 'utf8')).toContain('## What failed first: load');
    const { failures, since } = JSON.parse(learn(['--post-mortem', '--json']).stdout);
    expect(failures[0].job.id).toBe('load');
    expect(since.changes.map(({ name }: { name: string }) => name)).toContain('variable MODE');
  });

  it('runs the commands that a post-mortem proposes', () => {
    const { steps } = JSON.parse(learn(['--post-mortem', '--json']).stdout);
    const commands = steps.flatMap(({ command = '' }) =>
      command.startsWith('executioner logs ') ? [command] : [],
    );
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      const words = command.split(' ').slice(2);
      expect({ command, status: learn(words).status }).toEqual({ command, status: 0 });
    }
  });

  it('logs bisect names the change after which a job began to fail', () => {
    const { status, stdout } = learn(['bisect', '--job', 'load']);
    expect(status).toBe(0);
    expect(stdout).toContain('Failing since run 5');
    expect(stdout).toContain('1. variable MODE of load: changed (failed in 0 of 4 before, in 3 of 3 after)');
    expect(learn(['bisect', '--job', 'load', '--show-values']).stdout).toContain(
      '1. variable MODE of load: "fast" → "safe" (failed',
    );
    expect(learn(['bisect', '--job', 'nope']).stderr).toContain('no run has a job "nope"');
    expect(learn(['bisect']).status).toBe(2);
  });

  it('shows no secret in any form, with and without values', async () => {
    const asked = [
      ['--post-mortem'],
      ['3', '--post-mortem'],
      ['bisect', '--job', 'load'],
      ['--summary'],
      ['--errors-only'],
      ['--trends'],
      ['novelty'],
      ['retries'],
    ];
    for (const words of asked)
      for (const more of [[], ['--show-values']])
        for (const format of ['text', 'json', ...(words.includes('--post-mortem') ? ['md', 'html'] : [])]) {
          const { stdout } = await callLogs([...words, ...more, '--format', format], folder);
          expect(stdout).not.toBe('');
          expect(stdout).not.toMatch(/-hush|q[1-7]\b/);
        }
    const told = learn(['--post-mortem', '--show-values']).stdout;
    expect(told).toContain('variable MODE of load: "fast" → "safe"');
    for (const name of ['DB_PASSWORD', 'SHORT_TOKEN', 'CONNECT', 'ADDRESS']) expect(told).toContain(name);
  });

  it('logs retries tells that no retry helped', () => {
    const { jobs } = JSON.parse(learn(['retries', '--json']).stdout);
    expect(jobs[0]).toMatchObject({ job: 'load', curve: [{ retry: 1, made: 3, succeeded: 0 }] });
    expect(learn(['retries']).stdout).toContain('0 of 3 retries helped');
  });

  it('logs novelty ranks what is new and gone, and compares files', () => {
    const { stdout } = learn(['novelty']);
    expect(stdout).toMatch(/^new +2 +0 +0 of 4 .*ORA-<\*>: no table t<\*>$/m);
    expect(stdout).toMatch(/^gone +0 +4 +4 of 4 .*loaded <\*> rows$/m);
    expect(stdout).not.toContain('Job load: FAILED');
    writeFileSync(join(folder, 'good.log'), 'all went well\n');
    writeFileSync(join(folder, 'bad.log'), 'nothing went well\n');
    const files = learn(['novelty', 'bad.log', '--good', 'good.log']).stdout;
    expect(files).toMatch(/new .*nothing went well/);
    expect(files).toMatch(/gone .*all went well/);
  });

  it('logs patterns reads files, compressed ones, runs and standard input', () => {
    const text = 'took 5 ms\ntook 7 ms\n\nsaid "a, b"\n';
    const csv = 'line,pattern,template\n1,1,took <*> ms\n2,1,took <*> ms\n3,2,\n4,3,"said ""a, b"""\n';
    writeFileSync(join(folder, 'plain.log'), text);
    writeFileSync(join(folder, 'packed.log.gz'), gzipSync(text));
    for (const words of [['plain.log'], ['packed.log.gz']])
      expect(learn(['patterns', ...words, '--format', 'csv']).stdout).toBe(csv);
    expect(learn(['patterns', '-', '--raw', '--format', 'csv'], text).stdout).toBe(csv);
    learn(['patterns', 'plain.log', '-o', 'out.csv']);
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toBe(csv);
    expect(learn(['patterns', '1']).stdout).toContain('loaded <*> rows');
    expect(learn(['patterns', 'plain.log', 'packed.log.gz', '--format', 'csv']).stdout).toContain(
      '1,1,took <*> ms,plain.log',
    );
    const { status, stderr } = learn(['patterns', 'nope.log']);
    expect(status).toBe(2);
    expect(stderr).toContain('INPUT_NOT_FOUND');
  });

  it('takes the runs of text logs too', () => {
    const names = execFileSync('ls', [join(folder, 'logs')], { encoding: 'utf8' }).split('\n');
    expect(names).toContain('executioner.nightly.run-7.log');
    const { status, stdout } = learn(['logs/executioner.nightly.run-7.log', '--post-mortem']);
    expect(status).toBe(1);
    expect(stdout).toContain('Post-mortem of run 7 of nightly: failed');
    expect(stdout).toContain('ORA-00942: no table t7');
  });
});
