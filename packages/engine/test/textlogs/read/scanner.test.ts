import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { hashOf } from '../../../src/textlogs/read/hash.ts';
import { minuteClock } from '../../../src/textlogs/read/minuteClock.ts';
import { Scanner } from '../../../src/textlogs/read/scanner.ts';
import * as column from '../../../src/textlogs/read/scannerColumn.ts';
import { compileTemplates } from '../../../src/textlogs/read/template.ts';

test('the scanner is the one that its sources make', () => {
  const root = fileURLToPath(new URL('../../../../..', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate-scanner.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
}, 60_000);

test('the scanner hashes names and messages as the tables do', () => {
  const scanner = new Scanner(compileTemplates([['Job {job} ended.']]));
  const names = ['', 'a', 'ab', 'abc', 'load', 'größer', 'warehouse/region-7/table_17'];
  const lines = names.map(
    (name) => `2026-01-02 03:04:05 - WARNING - Job ${name} ended${name.length % 2 ? '.' : '!'}`,
  );
  scanner.begin(minuteClock());
  const end = scanner.take(Buffer.from(lines.join('\n')));
  expect(scanner.scan(0, end)).toBe(lines.length);
  lines.forEach((_, record) => {
    const at = record * column.ints;
    const [start, stop, hash] =
      scanner.ints[at + column.sentence] === 0
        ? [column.jobStart, column.jobEnd, column.jobHash]
        : [column.messageAt, column.lineEnd, column.messageHash];
    expect(scanner.ints[at + hash]).toBe(
      hashOf(scanner.view, scanner.ints[at + start]!, scanner.ints[at + stop]!),
    );
  });
});
