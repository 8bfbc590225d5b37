import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { callLogs } from '../inProcess.ts';
import { type LoggedTestJob, writeTextLogs } from '../textLogs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-causes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const failed: readonly LoggedTestJob[] = [
  { id: 'load', exitCode: 3, seconds: 2 },
  { id: 'clean', exitCode: 1, seconds: 5 },
  { id: 'report' },
  { id: 'mail' },
];
const jobs = [
  { id: 'load', command: './load.sh' },
  { id: 'clean', command: './clean.sh' },
  { id: 'report', command: './report.sh', dependencies: ['load'] },
  { id: 'mail', command: './mail.sh', dependencies: ['report'] },
];
const configuration = JSON.stringify({ application_name: 'nightly', working_dir: '/tmp', jobs });

async function errors(...words: string[]): Promise<string> {
  const { stdout, stderr } = await callLogs([...words, '--errors-only'], folder);
  expect(stderr).toBe('');
  return stdout;
}

describe('which failure kept which jobs from running, where the log does not tell', () => {
  test('is unknown without more', async () => {
    const log = writeTextLogs(join(folder, 'logs'), 1, failed);
    expect(await errors(log)).toContain('not run because of one of these failures: report, mail');
  });

  test('is told by the configuration that is given', async () => {
    const log = writeTextLogs(join(folder, 'logs'), 1, failed);
    mkdirSync(join(folder, 'flows'));
    writeFileSync(join(folder, 'flows/nightly.json'), configuration);
    expect(await errors(log, '--config', 'flows/nightly.json')).toContain(
      'kept 2 jobs from running (by flows/nightly.json): report → mail',
    );
    const postMortem = await callLogs([log, '--post-mortem', '-c', 'flows/nightly.json'], folder);
    expect(postMortem.stdout).toContain(
      'mail was skipped: it needs report, which needs load, by flows/nightly.json',
    );
  });

  test('is told by one beside the log, or above it, of the same application', async () => {
    const log = writeTextLogs(join(folder, 'logs'), 1, failed);
    writeFileSync(join(folder, 'other.json'), configuration.replace('nightly', 'other'));
    writeFileSync(join(folder, 'broken.json'), '{');
    expect(await errors(log)).toContain('one of these failures');
    writeFileSync(join(folder, 'flow.yaml'), configuration);
    expect(await errors(log)).toContain('kept 2 jobs from running (by flow.yaml): report → mail');
  });

  test('is told by the configuration that the engine has stored', async () => {
    const log = writeTextLogs(join(folder, 'elsewhere'), 1, failed);
    const stored = {
      applicationName: 'nightly',
      jobs: jobs.map(({ dependencies = [], ...job }) => ({
        ...job,
        dependencies: dependencies.map((id) => ({ job: id, when: 'success' })),
      })),
    };
    mkdirSync(join(folder, 'state/runs/1'), { recursive: true });
    writeFileSync(join(folder, 'state/runs/1/journal.1.ndjson'), '');
    writeFileSync(join(folder, 'state/runs/1/config.1.json'), JSON.stringify(stored));
    expect(await errors(log)).toContain(
      'kept 2 jobs from running (by the configuration stored with the run): report → mail',
    );
  });

  test('is told with doubt by the other logs in the folder', async () => {
    for (const run of [1, 2, 3])
      writeTextLogs(join(folder, 'logs'), run, [
        { id: 'load', exitCode: 0, seconds: 2 },
        { id: 'clean', exitCode: 0, seconds: 9 },
        { id: 'report', exitCode: 0, from: 3 },
        { id: 'mail', exitCode: 0, from: 5 },
      ]);
    const log = writeTextLogs(join(folder, 'logs'), 4, failed);
    const likely = 'probably kept 2 jobs from running (by the order in 3 other runs): report, mail';
    expect(await errors(log)).toContain(likely);
    expect(await errors('logs')).toContain(likely);
    const { stdout } = await callLogs([log, '--post-mortem'], folder);
    expect(stdout).toContain('report was skipped: it probably needs load, by the order in 3 other runs');
    expect(stdout).toContain('What changed since the last good run, run 3');
  });

  test('a configuration that cannot be read is an error', async () => {
    const log = writeTextLogs(folder, 1, failed);
    const { status, stderr } = await callLogs([log, '--config', 'nope.json'], folder);
    expect(status).toBe(2);
    expect(stderr).toContain(
      'error CONFIGURATION_UNREADABLE: --config: the configuration file "nope.json" does not exist',
    );
  });
});
