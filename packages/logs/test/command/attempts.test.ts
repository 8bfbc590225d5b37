import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callLogs } from '../inProcess.ts';

const engine = fileURLToPath(new URL('../../../engine/bin/executioner-engine.js', import.meta.url));
let folder: string;

function run(mode: string, ...words: string[]): void {
  const file = join(folder, 'nightly.json');
  const jobs = [
    { id: 'extract', command: 'echo extracted' },
    {
      id: 'load',
      command: 'test "$MODE" = fast || exit 3',
      dependencies: ['extract'],
      max_retries: 1,
      retry_delay: 0.1,
      retry_jitter: 0,
      retry_on_exit_codes: [3],
    },
  ];
  const env_variables = { MODE: mode };
  writeFileSync(
    file,
    JSON.stringify({ version: 2, application_name: 'nightly', working_dir: folder, env_variables, jobs }),
  );
  const env = { ...process.env, EXECUTIONER_HOME: join(folder, 'state') };
  spawnSync(process.execPath, [engine, ...(words.length > 0 ? words : [file])], { env, encoding: 'utf8' });
}

/** Five good runs; one that failed, also when it was resumed, until that was mended: at its end all is well. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-attempts-'));
  for (let good = 0; good < 5; good++) run('fast');
  run('safe');
  run('safe', '--resume-from', '6');
  run('fast', '--resume-from', '6', '--resume-failed-only');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a run that was resumed', () => {
  it('is learnt from attempt by attempt: what failed in one, and with which configuration', async () => {
    const { stdout } = await callLogs(['bisect', '--job', 'load', '--json'], folder);
    const bisection = JSON.parse(stdout);
    expect(bisection).toMatchObject({ runs: 8, failures: 2 });
    const again = JSON.parse((await callLogs(['bisect', '--job', 'extract', '--json'], folder)).stdout);
    // It was kept when the failed job alone was tried again.
    expect(again.failures).toBe(0);
    expect(again.runs).toBeLessThan(8);
  });

  it('gives its failed retries, too', async () => {
    const { stdout } = await callLogs(['retries', '--json'], folder);
    const { runs, jobs } = JSON.parse(stdout);
    expect(runs).toBe(6);
    expect(jobs).toMatchObject([
      { job: 'load', runs: 8, firstFailures: 2, curve: [{ retry: 1, made: 2, succeeded: 0 }] },
    ]);
  });
});
