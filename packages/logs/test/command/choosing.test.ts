import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callLogs } from '../inProcess.ts';
import { writeTextLogs } from '../textLogs.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-choosing-'));
  for (const run of [1, 2])
    writeTextLogs(folder, run, [
      { id: 'extract', exitCode: 0, output: ['extracted'] },
      { id: 'load', exitCode: 3, output: ['no table orders'] },
    ]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const call = (words: string) => callLogs(words.split(' '), folder);

describe('a name that nothing has', () => {
  it.each([
    '. --job lod',
    '. --errors-only --job lod',
    '. --trends --job lod',
    'bisect . --job lod',
    'retries . --job lod',
    'patterns . --job lod',
  ])('is no empty answer, but an error with the nearest one: %s', async (words) => {
    const { status, stdout, stderr } = await call(words);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/NO_RUNS: no .* job "lod"\nhint: did you mean "load"\?/);
  });

  it('is told of an application too, with those there are', async () => {
    const { status, stderr } = await call('. --app hourly');
    expect(status).toBe(2);
    expect(stderr).toContain('no run is of an application "hourly"\nhint: there are nightly');
  });

  it('is none of a job that ran, but not in the time that was asked for', async () => {
    expect((await call('. --job load --since 2030-01-01')).status).toBe(0);
  });
});

describe('patterns', () => {
  it('are those of one job where that is chosen', async () => {
    const { patterns } = JSON.parse((await call('patterns . --job load --json')).stdout);
    const templates = patterns.map(({ template }: { template: string }) => template);
    expect(templates).toContain('no table orders');
    expect(templates).not.toContain('extracted');
  });

  it('take no options that choose runs', async () => {
    const { status, stderr } = await call('patterns . --last 1');
    expect(status).toBe(2);
    expect(stderr).toContain('--last choose none');
  });
});
