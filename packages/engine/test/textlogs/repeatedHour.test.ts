import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const source = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** What a log of these times tells, in a process whose zone is set: minutes from the first line to each. */
async function minutes(zone: string, stamps: readonly string[]): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stamps-'));
  try {
    const script = join(folder, 'read.mjs');
    writeFileSync(
      script,
      `import { textLogParser } from ${JSON.stringify(source)};
      const times = [];
      const parser = textLogParser({ run: 1, onFact: (_, { atMs }) => times.push(atMs) });
      parser.push(Buffer.from(process.argv[2]));
      parser.end();
      console.log(JSON.stringify(times.map((ms) => (ms - times[0]) / 60000)));`,
    );
    const log = stamps.map((stamp, index) => `${stamp} - INFO - Starting job 'j${index}'\n`).join('');
    const { stdout, stderr } = spawnSync(process.execPath, [script, log], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('a log over a change of clocks', () => {
  test('goes on when they are set back, and an hour comes twice', async () => {
    const stamps = ['01:50', '02:30', '02:59', '02:00', '02:10', '02:59', '03:00', '03:30'];
    expect(
      await minutes(
        'Europe/Berlin',
        stamps.map((time) => `2026-10-25 ${time}:00`),
      ),
    ).toEqual([0, 40, 69, 70, 80, 129, 130, 160]);
  });

  test('also by half an hour, and where lines of the same moment are out of order', async () => {
    const stamps = ['01:20:00', '01:59:30', '01:59:10', '01:30:05', '01:59:00', '02:00:00'];
    expect(
      await minutes(
        'Australia/Lord_Howe',
        stamps.map((time) => `2026-04-05 ${time}`),
      ),
    ).toEqual([0, 39.5, 39 + 10 / 60, 40 + 5 / 60, 69, 70]);
  });

  test('has no hour that is left out when they are set forward', async () => {
    expect(await minutes('Europe/Berlin', ['2026-03-29 01:59:00', '2026-03-29 03:01:00'])).toEqual([0, 2]);
  });

  test('takes times that go back on any other day as they are', async () => {
    expect(await minutes('Europe/Berlin', ['2026-06-01 02:30:00', '2026-06-01 02:00:00'])).toEqual([0, -30]);
  });
});
