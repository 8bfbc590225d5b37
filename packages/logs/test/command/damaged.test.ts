import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callLogs } from '../inProcess.ts';
import { writeTextLogs } from '../textLogs.ts';

let folder: string;
const cut = 'executioner.nightly.run-4.log.gz';

/** Three good runs, and a failed one whose compressed log is cut off. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-damaged-'));
  for (const run of [1, 2, 3]) writeTextLogs(folder, run, [{ id: 'load', exitCode: 0, output: ['loaded'] }]);
  const lines = Array.from(
    { length: 500 },
    (_, i) =>
      `2026-01-04 01:${String(i % 60).padStart(2, '0')}:00 - INFO - Starting job 'job ${i * 7919}'\n` +
      `2026-01-04 01:${String(i % 60).padStart(2, '0')}:00 - ERROR - Job job ${i * 7919} failed after 1 attempts.\n`,
  );
  const load =
    "2026-01-04 01:00:00 - INFO - Starting job 'load'\n2026-01-04 01:00:01 - ERROR - Job load failed after 1 attempts.\n";
  const packed = gzipSync(
    `2026-01-04 01:00:00 - INFO - Created run summary for run ID: 4\n${load}${lines.join('')}`,
  );
  writeFileSync(join(folder, cut), packed.subarray(0, packed.length - 200));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const of = (words: string): string[] => words.split(' ').map((word) => (word === 'CUT' ? cut : word));

describe('a compressed log that is cut off', () => {
  it.each([
    ...['text', 'json', 'md', 'html', 'csv', 'openmetrics', 'junit', 'otlp'].map(
      (format) => `CUT --format ${format}`,
    ),
    ...['text', 'json', 'csv'].map((format) => `CUT --errors-only --format ${format}`),
    ...['text', 'json', 'csv'].map((format) => `CUT --trends --format ${format}`),
    'CUT --post-mortem',
    ...['text', 'json', 'csv'].map((format) => `patterns CUT --format ${format}`),
    'novelty CUT --good executioner.nightly.run-1.log',
    'bisect --job load CUT executioner.nightly.run-1.log',
    'retries CUT',
  ])('gives what it holds, an error once, and exit code 2: %s', async (words) => {
    const { status, stdout, stderr } = await callLogs(of(words), folder);
    expect([status, stderr.match(/E145/g)]).toEqual([2, ['E145']]);
    expect(stdout).not.toBe('');
  });

  it('is not followed', async () => {
    const { status, stdout, stderr } = await callLogs(of('CUT --follow'), folder);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('is compressed, so nothing more is written to it');
  });
});
