import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { hashOf } from '../../../src/textlogs/read/hash.ts';
import { minuteClock } from '../../../src/textlogs/read/minuteClock.ts';
import { Scanner } from '../../../src/textlogs/read/scanner.ts';
import * as column from '../../../src/textlogs/read/scannerColumn.ts';
import { compiledSentences } from '../../../src/textlogs/read/sentences.ts';
import { compileTemplates } from '../../../src/textlogs/read/template.ts';

test('the scanner is the one that its sources make', () => {
  const root = fileURLToPath(new URL('../../../../..', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate-scanner.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

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

const lines = fc
  .tuple(
    fc.constantFrom(
      '2026-01-02 03:04:05',
      '2026-01-02 03:04:06',
      '2026-11-23 22:59:59,123',
      '2026-01-02 3:4:5',
      '',
    ),
    fc.constantFrom(' - INFO - ', ' - ERROR - ', ' - \u001b[31mWARNING\u001b[0m - ', ' - LOUD - ', ' '),
    fc.constantFrom('', '[RUN #7] ', '[RUN #main] ', '[RUN #'),
    fc.constantFrom(
      "Starting job 'größer als'",
      'Running job: a Command: echo "a Command: b"',
      "Job 'load_17' completed successfully in 0.25 seconds",
      'Will retry job x in 2.5 seconds (attempt 1/3)',
      'Updated run summary for run ID: 12 with status: SUCCESS',
      "Job a failed with status 'FAILED' and exit code -2. No retry conditions met.",
      'something else \r',
      '',
    ),
  )
  .map((parts) => parts.join(''));

test('the scanner finds the same as WebAssembly and as JavaScript', () => {
  const scanners = [
    new Scanner(compiledSentences()),
    new Scanner(compiledSentences(), (module, imports = {}) => module.script(imports)),
  ] as const;
  fc.assert(
    fc.property(fc.array(lines, { minLength: 1, maxLength: 30 }), (texts) => {
      const [first, second] = scanners.map((scanner) => {
        scanner.begin(minuteClock());
        scanner.ints.fill(0);
        scanner.numbers.fill(0);
        const count = scanner.scan(0, scanner.take(Buffer.from(texts.join('\n'))));
        return {
          count,
          ints: scanner.ints.slice(0, count * column.ints),
          numbers: scanner.numbers.slice(0, count * column.numbers),
        };
      });
      expect(first!.count).toBe(texts.length);
      expect(second).toEqual(first);
    }),
    { numRuns: 500 },
  );
});

test('logs are read where there is no WebAssembly', () => {
  const script = `
    import { textLogParser } from './dist/index.js';
    const found = [];
    const parser = textLogParser({ onFact: (fact) => found.push(fact.type) });
    parser.push(Buffer.from("2026-01-02 03:04:05 - INFO - Created run summary for run ID: 3\\n2026-01-02 03:04:05 - INFO - Starting job 'a'\\n"));
    parser.end();
    console.log(typeof WebAssembly, found.join(' '));`;
  const { stdout } = spawnSync(process.execPath, ['--jitless', '--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    encoding: 'utf8',
  });
  expect(stdout).toBe('undefined run.started job.started\n');
});
