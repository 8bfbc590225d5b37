import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  appendFile,
  applicationLogName,
  jobLogName,
  millisecondStamp,
  rotatingFile,
  runLogName,
  secondStamp,
} from '../../src/textlogs/index.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-'));
  path = join(folder, 'a.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (name = 'a.log') => readFileSync(join(folder, name), 'utf8');

describe('names of log files', () => {
  test('are those of v1', () => {
    expect([applicationLogName('app'), runLogName('app', 3), jobLogName('app', 'load_1.x', 3)]).toEqual([
      'executioner.app.log',
      'executioner.app.run-3.log',
      'executioner.app.job-load_1.x.run-3.log',
    ]);
  });

  test('lead out of no folder', () => {
    expect(jobLogName('../a b', 'x/..%é', 1)).toBe('executioner...%2Fa%20b.job-x%2F..%25%C3%A9.run-1.log');
  });

  test('fit any file system and stay different', () => {
    const [first, second] = ['a', 'b'].map((end) => jobLogName('app'.repeat(99), 'job'.repeat(99) + end, 1));
    expect(first!.length).toBeLessThan(256);
    expect(first).not.toBe(second);
  });
});

test('stamps are local time', () => {
  const time = new Date(2026, 0, 2, 3, 4, 5, 67).getTime();
  expect([secondStamp(time), millisecondStamp(time), secondStamp(time + 60_000)]).toEqual([
    '2026-01-02 03:04:05',
    '2026-01-02 03:04:05,067',
    '2026-01-02 03:05:05',
  ]);
});

describe('appending', () => {
  test('keeps the order, goes behind what is there, and opens nothing before the first line', () => {
    const file = appendFile(path);
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(path, 'old\n');
    for (let number = 0; number < 1000; number += 1) file.append(`${number}\n`);
    file.flush();
    file.append('last\n');
    file.close();
    expect(read().split('\n')).toEqual([
      'old',
      ...Array.from({ length: 1000 }, (_, number) => `${number}`),
      'last',
      '',
    ]);
  });

  test('tells once that a file cannot be written, and never throws', () => {
    const errors: (string | undefined)[] = [];
    mkdirSync(path);
    const file = appendFile(path, { onError: ({ code }) => errors.push(code) });
    file.append('a');
    file.flush();
    file.append('b');
    expect(file.close()).toBe(false);
    expect(errors).toEqual(['EISDIR']);
  });

  const full = existsSync('/dev/full') ? test : test.skip;

  full(
    'to a full disk waits for room; what has not found any in the end is given up, with all behind it',
    async () => {
      const errors: (string | undefined)[] = [];
      const file = appendFile('/dev/full', { retryMs: 1, onError: ({ code }) => errors.push(code) });
      file.append('a');
      file.flush();
      const room = file.room();
      expect(room).toBeInstanceOf(Promise);
      file.append('b');
      expect(file.close()).toBe(false);
      await room;
      file.append('c');
      expect([file.close(), file.room(), errors]).toEqual([false, undefined, ['ENOSPC']]);
    },
  );
});

describe('rotation', () => {
  const limit = { maxBytes: 20, backups: 2 };

  function write(...batches: string[]) {
    const file = rotatingFile(path, limit);
    for (const batch of batches) {
      file.append(batch);
      file.flush();
    }
    file.close();
  }

  test('moves the file on before it would reach the limit, and drops the oldest', () => {
    write('one: 0123456789\n', 'two: 0123456789\n', 'three: 01234567\n', 'four: 012345678\n');
    expect(readdirSync(folder).sort()).toEqual(['a.log', 'a.log.1', 'a.log.2']);
    expect([read(), read('a.log.1'), read('a.log.2')].map((text) => text.split(':')[0])).toEqual([
      'four',
      'three',
      'two',
    ]);
  });

  test('a batch larger than the limit is written all the same', () => {
    write('x'.repeat(50));
    expect(read().length).toBe(50);
  });

  test('two runs share a file: the one that did not rotate it follows', () => {
    const [first, second] = [rotatingFile(path, limit), rotatingFile(path, limit)];
    first.append('first 1\n');
    first.flush();
    second.append('second 1\n');
    second.flush();
    first.append('first 2\n');
    first.flush();
    second.append('second 2\n');
    first.close();
    second.close();
    expect([read('a.log.1'), read()]).toEqual(['first 1\nsecond 1\n', 'first 2\nsecond 2\n']);
  });
});
