// The built command follows real runs of the built engine. Each step waits for what it needs, none for time to pass.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { removeFolder } from '../../../engine/test/removeFolder.ts';

const bin = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const engine = bin('../engine/bin/executioner-engine.js');
const logs = bin('bin/executioner-logs.js');

let folder: string;
let talking: Talking[];
beforeEach(() => {
  if (!existsSync(logs)) throw new Error('the package is not built: run "npm run build" first');
  folder = mkdtempSync(join(tmpdir(), 'logs-follow-real-'));
  talking = [];
  mkdirSync(join(folder, 'logs'));
});
afterEach(async () => {
  for (const { child } of talking) child.kill('SIGKILL');
  await Promise.all(talking.map(({ status }) => status));
  // Launchers go by themselves, a moment later.
  removeFolder(folder);
});

interface Talking {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves once one of its outputs holds the text. */
  says(text: string): Promise<void>;
  readonly status: Promise<number | null>;
}

function talk(script: string, ...words: string[]): Talking {
  const env = { ...process.env, EXECUTIONER_HOME: join(folder, 'state'), NO_COLOR: '1', TZ: 'UTC' };
  const child = spawn(process.execPath, [script, ...words], { cwd: folder, env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk;
  });
  const status = new Promise<number | null>((resolve) => child.on('close', resolve));
  const made: Talking = {
    child,
    stdout: () => out,
    stderr: () => err,
    status,
    async says(text) {
      while (!(out + err).includes(text)) await delay(20);
    },
  };
  talking.push(made);
  return made;
}

/** `hold` runs until its file is there; `load` fails unless its own is. */
function workflow(): string {
  const path = join(folder, 'flow.json');
  const jobs = [
    { id: 'hold', command: 'until test -e go; do sleep 0.05; done; echo held' },
    {
      id: 'load',
      command: 'echo reading; test -e mended || { echo "ERROR: no table orders"; exit 3; }',
      dependencies: ['hold'],
    },
    { id: 'report', command: 'echo reported', dependencies: ['load'] },
  ];
  writeFileSync(path, JSON.stringify({ version: 2, application_name: 'nightly', working_dir: folder, jobs }));
  return path;
}

/** Without what differs from time to time. */
function timeless(text: string): string {
  return text.replace(/^\d\d:\d\d:\d\d /gm, '').replace(/\d+(\.\d+)?m?s\b/g, 'T');
}

const failedRun = `▶ run 1 of nightly began
▶ hold started
✓ hold succeeded, T
▶ load started
✗ load failed, exit code 3, T
         | reading
         | ERROR: no table orders
○ report skipped, because of load
■ run 1 of nightly is stopping, because of load
✗ run 1 of nightly failed, T: 1 job succeeded, 1 skipped, 1 failed (load)
`;

describe('a run is followed', () => {
  test('that has not begun yet, to its end; then its resume, which is awaited too', async () => {
    const first = talk(logs, '--follow');
    await first.says('waiting for the next run');
    const run = talk(engine, workflow());
    await first.says('hold started');
    writeFileSync(join(folder, 'go'), '');
    expect([await first.status, await run.status]).toEqual([1, 1]);
    expect(timeless(first.stdout())).toBe(failedRun);

    writeFileSync(join(folder, 'mended'), '');
    const next = talk(logs, 'state', '--follow', '--format', 'json');
    await next.says('waiting for the next run in state');
    talk(engine, '--resume-from', '1');
    expect(await next.status).toBe(0);
    const told = next
      .stdout()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told.slice(-6).map(({ job, status, attempt }) => [job, status, attempt])).toEqual([
      [undefined, 'started', 2],
      ['load', 'running', undefined],
      ['load', 'succeeded', undefined],
      ['report', 'running', undefined],
      ['report', 'succeeded', undefined],
      [undefined, 'succeeded', 2],
    ]);
    expect(told.find(({ status }) => status === 'failed')).toMatchObject({
      job: 'load',
      exitCode: 3,
      output: ['reading', 'ERROR: no table orders'],
    });
    expect(told.at(-1)).toMatchObject({ run: 1, counts: { succeeded: 3 }, failed: [] });

    const whole = talk(logs, '1', '--follow');
    expect(await whole.status).toBe(0);
    expect(timeless(whole.stdout())).toContain(
      `${failedRun}▶ run 1 of nightly began, attempt 2\n▶ load started\n`,
    );
  });

  test('by its text log, from a glob', async () => {
    const following = talk(logs, 'logs/*.log', '--follow');
    await following.says('waiting for the next run in logs/*.log');
    talk(engine, workflow());
    await following.says('hold started');
    writeFileSync(join(folder, 'go'), '');
    expect(await following.status).toBe(1);
    const lines = timeless(following.stdout()).split('\n');
    expect(lines[0]).toBe('▶ run 1 of nightly began');
    expect(lines.slice(-5, -1)).toEqual([
      '         | ERROR: no table orders',
      '■ run 1 of nightly is stopping',
      expect.stringMatching(/^○ report skipped/),
      '✗ run 1 of nightly failed, T: 1 job succeeded, 1 skipped, 1 failed (load)',
    ]);
  });

  test('until its engine is killed, which is told', async () => {
    const run = talk(engine, workflow());
    await run.says("Starting job 'hold'");
    const following = talk(logs, '1', '--follow');
    await following.says('hold started');
    run.child.kill('SIGKILL');
    expect(await following.status).toBe(1);
    expect(following.stderr()).toContain(
      'the engine of this run is gone, and the run is not finished; executioner run --resume-from goes on with it',
    );
    writeFileSync(join(folder, 'go'), '');
    writeFileSync(join(folder, 'mended'), '');
    const resumed = talk(logs, 'state', '--follow');
    await resumed.says('waiting for the next run');
    const again = talk(engine, '--resume-from', '1');
    expect([await resumed.status, await again.status]).toEqual([0, 0]);
    expect(readFileSync(join(folder, 'logs/executioner.nightly.run-1.log'), 'utf8')).toContain('(attempt 2)');
  });

  test('until the follower is stopped: the run goes on', async () => {
    const run = talk(engine, workflow());
    await run.says("Starting job 'hold'");
    const following = talk(logs, '1', '--follow');
    await following.says('hold started');
    following.child.kill('SIGINT');
    expect(await following.status).toBe(130);
    writeFileSync(join(folder, 'go'), '');
    expect(await run.status).toBe(1);
  });
});
