import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findInputs, type RunRecord, readRuns } from '../../src/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-parts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A log of one day: run `day` begins on it, and ends on the next, as that day's log says. */
function day(number: number): string {
  const stamp = (time: string) => `2026-01-${String(number).padStart(2, '0')} ${time} - INFO - [RUN #`;
  return [
    ...(number > 1
      ? [
          `${stamp('00:10:00')}${number - 1}] Job 'load' completed successfully in 4500.00 seconds`,
          `${stamp('00:10:01')}${number - 1}] Updated run summary for run ID: ${number - 1} with status: SUCCESS`,
        ]
      : []),
    `${stamp('22:55:00')}${number}] Created run summary for run ID: ${number}`,
    `${stamp('22:55:00')}${number}] Starting job 'load'`,
    '',
  ].join('\n');
}

function put(name: string, content: string | Buffer): void {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
}

async function groups(...words: string[]): Promise<string[][]> {
  const inputs = await findInputs(words, { cwd: folder, stateFolder: folder });
  return inputs.map(({ paths }) => paths.map((path) => relative(folder, path)));
}

async function runs(...words: string[]): Promise<RunRecord[]> {
  const found: RunRecord[] = [];
  const inputs = await findInputs(words, { cwd: folder, stateFolder: folder });
  await readRuns(inputs, {
    cwd: folder,
    stdin: (async function* () {})(),
    onRun: (run) => found.push(run),
  });
  return found;
}

const name = 'executioner.app.log';

describe('parts of a rotated log are one, in the order of their content', () => {
  const schemes: Readonly<Record<string, readonly [string, string, string]>> = {
    'counted down': [`${name}.2`, `${name}.1`, name],
    'counted down and packed': [`${name}.2.gz`, `${name}.1.gz`, name],
    'dates of logrotate': [`${name}-20260101.gz`, `${name}-20260102`, name],
    'dates with seconds': [`${name}-20260101-1767312000`, `${name}-20260102-1767398400.gz`, name],
    'dates of python and winston': [`${name}.2026-01-01`, `${name}.2026-01-02`, name],
    'packed by hand': [`${name}.2.gz`, `${name}.gz`, name],
    'put away in another folder': [`archive/2026/${name}.2.gz`, `archive/${name}.1`, name],
    'numbers that say otherwise': [`${name}.1`, `${name}.3`, `${name}.2`],
  };

  test.each(Object.entries(schemes))('%s', async (_, parts) => {
    parts.forEach((part, index) => {
      const text = day(index + 1);
      put(part, part.endsWith('.gz') ? gzipSync(text) : text);
    });
    expect(await groups('.')).toEqual([[...parts]]);
    // Named in any order.
    expect(await groups(parts[2], parts[0], parts[1])).toEqual([[...parts]]);
    const found = await runs('.');
    expect(found.map(({ run, outcome }) => [run, outcome])).toEqual([
      [1, 'succeeded'],
      [2, 'succeeded'],
      [3, undefined],
    ]);
    expect([...found[0]!.jobs][0]).toMatchObject({ id: 'load', status: 'succeeded', durationMs: 4_500_000 });
  });
});

test('a part that is there twice, packed and not, is read once', async () => {
  put(`${name}.1`, day(1));
  put(`${name}.1.gz`, gzipSync(day(1)));
  put(name, day(2));
  expect((await groups('.'))[0]).toHaveLength(2);
  const [first] = await runs('.');
  expect([...first!.jobs][0]!.tries).toHaveLength(1);
});

test('logs of one name that are written to in several folders are several', async () => {
  put(`test/${name}`, day(1));
  put(`prod/${name}.1`, day(1).replace('22:55', '22:56'));
  put(`prod/${name}`, day(2));
  expect(await groups('.')).toEqual([[`prod/${name}.1`, `prod/${name}`], [`test/${name}`]]);
});

test('a log that was copied and emptied goes on where the copy ends', async () => {
  const [begin, ...rest] = day(2)
    .split(/(?<=\n)/)
    .slice(2);
  put(
    `${name}.1`,
    day(1) +
      day(2)
        .split(/(?<=\n)/)
        .slice(0, 2)
        .join('') +
      begin!,
  );
  put(name, rest.join(''));
  const found = await runs('.');
  expect(found.map(({ run }) => run)).toEqual([1, 2]);
  expect(found[1]!.jobs.map(({ id }) => id)).toEqual(['load']);
});

test('other names and journals stay what they are', async () => {
  put('a/journal.1.ndjson', '{"v":1,"seq":1,"type":"run.started"}\n');
  put('a/journal.2.ndjson', '{"v":1,"seq":2,"type":"run.started"}\n');
  put('run_1.log', day(1));
  put('run_2.log', day(2));
  put('notes-2026.log', day(3));
  expect(await groups('a', 'run_1.log', 'run_2.log', 'notes-2026.log')).toEqual([
    ['a/journal.1.ndjson', 'a/journal.2.ndjson'],
    ['run_1.log'],
    ['run_2.log'],
    ['notes-2026.log'],
  ]);
});
