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
import { followRun } from '../../src/index.ts';
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

  test('with stamps as collectors write them, in pieces cut anywhere', async () => {
    const path = join(folder, name);
    writeFileSync(path, '');
    const offset = -new Date(2026, 10, 20, 2, 27).getTimezoneOffset();
    const two = (value: number): string => String(Math.abs(Math.trunc(value))).padStart(2, '0');
    const zone = `${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
    const text = pieces.join('').replaceAll(/^(.{10}) (.{8})/gm, `$1T$2.250${zone}`);
    const result = await followed(
      [path],
      [0, 15, 90, 250, text.length].map(
        (at, i, cuts) => () => appendFileSync(path, text.slice(cuts[i - 1] ?? 0, at)),
      ),
    );
    expect(result).toEqual({ lines: whole, why: 'ended' });
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

describe('what there is nothing to tell of', () => {
  async function waits(name: string, [first, ...steps]: readonly string[]): Promise<string[]> {
    const path = join(folder, name);
    writeFileSync(path, first!);
    const reasons: string[] = [];
    const left = [...steps];
    let isStopped = false;
    await followRun([path], {
      onChange: () => undefined,
      onWaiting: (why) => reasons.push(why),
      async sleep() {
        const step = left.shift();
        if (step === undefined) isStopped = true;
        else appendFileSync(path, step);
      },
      isStopped: () => isStopped,
    });
    return reasons;
  }

  test('is said with the reason, once for each', async () => {
    expect(await waits('notes.txt', ['', 'some notes\n', 'and more\n', 'and more\n'])).toEqual([
      'is empty',
      expect.stringContaining('holds no line of a log so far'),
    ]);
  });

  test('is said of a log whose runs are over, and not of one under way', async () => {
    const over = ofRun(3, begin(3) + start('a', '01') + success('a', '02') + end(3, '02', 'SUCCESS'));
    expect(await waits('executioner.app.log', [over])).toEqual(['has no run under way']);
    expect(await waits('executioner.app.run-5.log', ['', pieces[0]!])).toEqual(['is empty']);
    const ofJob = ['Executing job - a: ./a.sh', 'loading', 'Job a: SUCCESS'].map(
      (message, i) => `2026-11-20 02:27:0${i},000 - INFO - ${message}\n`,
    );
    expect((await waits('executioner.app.job-a.run-5.log', ofJob)).at(-1)).toContain(
      'does not tell when its run ends',
    );
  });
});
