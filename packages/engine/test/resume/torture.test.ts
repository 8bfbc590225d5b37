import { fileURLToPath } from 'node:url';
import { describe, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';

jest.setTimeout(900_000);

const kills = 100;
const script = fileURLToPath(new URL('../../../../scripts/torture.mjs', import.meta.url));

// Needs /proc, to see that nobody is left.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('engines killed at random moments', () => {
  test(`${kills} times: every job runs to its end once, its output is in its log once, and nobody is left`, async () => {
    const { exitCode, all } = await execa(process.execPath, [script, '--kills', `${kills}`], {
      all: true,
      reject: false,
    });
    expect({ exitCode, all }).toEqual({
      exitCode: 0,
      all: expect.stringMatching(/^seed \d+: \d+ kills, .* kept every promise$/m),
    });
  });
});
