import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { build } from 'esbuild';
import { torture } from './killing.ts';
import { bundlePrograms, type Programs } from './programs.ts';

jest.setTimeout(600_000);

const kills = 100;
const folder = mkdtempSync(join(tmpdir(), 'executioner-killing-'));
let programs: Programs;

beforeAll(async () => {
  programs = await bundlePrograms(fileURLToPath(new URL('../..', import.meta.url)), folder, build);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Needs /proc, to see that nobody is left.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('engines killed at random moments', () => {
  test(`${kills} times: every job runs to its end once, its output is in its log once, and nobody is left`, async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const { violations, ...counts } = await torture({ programs, seed, kills });
    expect({ seed, violations }).toEqual({ seed, violations: [] });
    expect(counts.kills).toBeGreaterThanOrEqual(kills);
  });
});
