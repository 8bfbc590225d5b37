import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { followed } from './following.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-follow-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const begin = (run: number) => `2026-11-20 02:27:00 - INFO - Created run summary for run ID: ${run}\n`;
const start = (job: string, second: string) => `2026-11-20 02:27:${second} - INFO - Starting job '${job}'\n`;
const success = (job: string, second: string) =>
  `2026-11-20 02:27:${second} - INFO - Job '${job}' completed successfully in 1.00 seconds\n`;
const failure = (job: string, second: string) =>
  `2026-11-20 02:27:${second} - ERROR - Job ${job} failed after 1 attempts.\n`;
const end = (run: number, second: string, status: string) =>
  `2026-11-20 02:27:${second} - INFO - Updated run summary for run ID: ${run} with status: ${status}\n`;
/** As the application's log has them. */
const ofRun = (run: number, lines: string) => lines.replaceAll(/ (INFO|ERROR) - /g, ` $1 - [RUN #${run}] `);

const whole = [
  '02:27:00 ▶ run 5 of app began',
  '02:27:01 ▶ a started',
  '02:27:02 ✓ a succeeded, 1.0s',
  '02:27:02 ▶ b started',
  '02:27:05 ✗ b failed, 3.0s',
  '02:27:05 ✗ run 5 of app failed, 5.0s: 1 job succeeded, 1 failed (b)',
];
const pieces = [
  begin(5) + start('a', '01'),
  success('a', '02'),
  start('b', '02'),
  failure('b', '05'),
  end(5, '05', 'FAILED'),
];

describe('the log of a run is followed', () => {
  const name = 'executioner.app.run-5.log';

  test('while lines are appended, also in halves, and to its end', async () => {
    const path = join(folder, name);
    const text = pieces.join('');
    writeFileSync(path, '');
    const halves = [text.slice(0, 100), text.slice(100, 131), text.slice(131)];
    const result = await followed(
      [path],
      halves.map((half) => () => appendFileSync(path, half)),
    );
    expect(result).toEqual({ lines: whole, why: 'ended' });
  });

  test('while it is renamed and begun anew, with what was written just before', async () => {
    const path = join(folder, name);
    writeFileSync(path, pieces[0]!);
    const result = await followed(
      [path],
      [
        () => {
          appendFileSync(path, pieces[1]!);
          renameSync(path, `${path}.1`);
        },
        () => writeFileSync(path, pieces[2]! + pieces[3]!),
        () => appendFileSync(path, pieces[4]!),
      ],
    );
    expect(result).toEqual({ lines: whole, why: 'ended' });
  });

  test('while it is copied and emptied, also when it has grown larger again meanwhile', async () => {
    const path = join(folder, name);
    writeFileSync(path, pieces[0]! + pieces[1]!);
    const result = await followed(
      [path],
      [
        () => {
          copyFileSync(path, `${path}.1`);
          truncateSync(path);
        },
        () => appendFileSync(path, pieces[2]!),
        () => {
          truncateSync(path);
          appendFileSync(path, pieces[3]! + pieces[4]!);
        },
      ],
    );
    expect(result).toEqual({ lines: whole, why: 'ended' });
  });

  test('into a resume that is under way', async () => {
    const path = join(folder, name);
    const resumed =
      '2026-11-20 02:28:00 - INFO - Initialized run ID: 5, attempt: 2\n' +
      `${start('b', '00')}${success('b', '01')}${end(5, '01', 'SUCCESS')}`.replaceAll('02:27', '02:28');
    writeFileSync(path, pieces.join('') + resumed.slice(0, 100));
    const { lines, why } = await followed([path], [() => appendFileSync(path, resumed.slice(100))]);
    expect([why, lines.slice(whole.length)]).toEqual([
      'ended',
      [
        '02:28:00 ▶ run 5 of app began, attempt 2',
        '02:28:00 ▶ b started',
        '02:28:01 ✓ b succeeded, 1.0s',
        '02:28:01 ✓ run 5 of app succeeded, 1.0s: 2 jobs succeeded',
      ],
    ]);
  });

  test('until it is stopped', async () => {
    const path = join(folder, name);
    writeFileSync(path, pieces[0]!);
    expect(await followed([path], [])).toEqual({ lines: whole.slice(0, 2), why: 'stopped' });
  });
});

describe('the log of an application is followed', () => {
  const over = (run: number) =>
    ofRun(run, begin(run) + start('a', '01') + success('a', '02') + end(run, '02', 'SUCCESS'));

  test('from the run that is under way on, to its end', async () => {
    const path = join(folder, 'executioner.app.log');
    writeFileSync(path, over(3) + over(4) + ofRun(5, pieces.slice(0, 2).join('')));
    const result = await followed(
      [path],
      [() => appendFileSync(path, ofRun(5, pieces.slice(2).join('')) + over(6))],
    );
    expect([result.why, result.lines.slice(0, whole.length)]).toEqual(['ended', whole]);
  });

  test('from the next run on where none is under way', async () => {
    const path = join(folder, 'executioner.app.log');
    writeFileSync(path, over(3) + over(4));
    const result = await followed([path], [() => appendFileSync(path, ofRun(5, pieces.join('')))]);
    expect(result).toEqual({ lines: whole, why: 'ended' });
  });
});
