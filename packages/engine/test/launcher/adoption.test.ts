import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { type Adopted, adopt } from '../../src/launcher/index.ts';
import { processIdentity } from '../../src/runs/index.ts';
import { until } from './rig.ts';

const folder = mkdtempSync(join(tmpdir(), 'executioner-adoption-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { pid, ticks = 0, bootId = '', host } = processIdentity();
const gonePid = 2 ** 22 - 1;

function records(name: string, launcher: { pid: number; ticks: number }): string {
  const path = join(folder, name);
  const line = { type: 'launcher', v: 1, t: 1, ...launcher, boot_id: bootId, host, spawner: 'fast' };
  writeFileSync(path, `${JSON.stringify(line)}\n`);
  return path;
}

const gone = (job: number, path: string): Adopted => ({
  job,
  token: `token ${job}`,
  fate: { kind: 'running', pid: gonePid, ticks: 0, records: path },
});

test('a process that is gone is lost only when its launcher is gone too; until then its end is waited for', async () => {
  const attended = records('attended', { pid, ticks });
  const abandoned = records('abandoned', { pid: gonePid, ticks: 0 });
  const told: string[] = [];
  const adoption = adopt([gone(0, attended), gone(1, abandoned)], {
    exited: (job, { spoolEnd }, end) => told.push(`${job} exited ${end.exit_code}, ${spoolEnd} bytes`),
    errored: (job) => told.push(`${job} errored`),
    lost: (job) => told.push(`${job} lost`),
  });
  await until('the lost one', () => told.length > 0);
  const exit = {
    type: 'exited',
    t: 2,
    token: 'token 0',
    status: 768,
    spool: 'spool/1.0',
    offset: 0,
    spool_end: 5,
  };
  const line = `${JSON.stringify(exit)}\n`;
  appendFileSync(attended, line.slice(0, 20));
  appendFileSync(attended, line.slice(20));
  await until('the end', () => told.length > 1);
  expect(told).toEqual(['1 lost', '0 exited 3, 5 bytes']);
  expect(adoption.signal(0, 'SIGTERM')).toBe(false);
  adoption.close();
});
