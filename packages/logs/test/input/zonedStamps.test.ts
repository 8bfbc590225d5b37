import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findInputs, type RunRecord, readRuns } from '../../src/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-zones-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function runOf(content: string | Buffer, codes: readonly string[] = []): Promise<RunRecord> {
  const path = join(folder, 'executioner.app.run-7.log');
  writeFileSync(path, content);
  const found: RunRecord[] = [];
  const { findings } = await readRuns(await findInputs([path], { cwd: folder, stateFolder: folder }), {
    cwd: folder,
    stdin: (async function* () {})(),
    onRun: (run) => found.push(run),
  });
  expect([found.length, findings.map(({ code }) => code)]).toEqual([1, codes]);
  return found[0]!;
}

const messages = [
  [0, 'INFO', 'Created run summary for run ID: 7'],
  [0, 'INFO', "Starting job 'läd <*>'"],
  [5400, 'ERROR', 'Job läd <*> failed after 1 attempts.'],
  [5400, 'INFO', 'Updated run summary for run ID: 7 with status: FAILED'],
] as const;

/** Half an hour before clocks are set forward in Europe; the run lasts an hour and a half. */
const startMs = Date.UTC(2026, 2, 29, 0, 30);

/** The time of a line in a zone that is so many minutes ahead. */
function iso(afterS: number, offsetMinutes: number): string {
  return new Date(startMs + afterS * 1000 + offsetMinutes * 60_000).toISOString().slice(0, 19);
}

const forms: Readonly<Record<string, (afterS: number, level: string, message: string) => string>> = {
  'ISO 8601 in UTC': (s, level, message) => `${iso(s, 0)}.250Z - ${level} - ${message}`,
  'ISO 8601 with an offset': (s, level, message) => `${iso(s, 330)}+05:30 - ${level} - ${message}`,
  'ISO 8601 whose offset changes with summer time': (s, level, message) =>
    s < 1800 ? `${iso(s, 60)}+01:00 - ${level} - ${message}` : `${iso(s, 120)}+0200 - ${level} - ${message}`,
  'a stamp of a container or CI system before that of another zone': (s, level, message) =>
    `${iso(s, 0)}.1234567Z ${iso(s, -300).replace('T', ' ')} - ${level} - ${message}`,
  'a stamp with an offset in front, a blank within, and no dashes': (s, level, message) =>
    `${iso(s, 120).replace('T', ' ')},250+02:00 ${level} ${message}`,
};

describe('stamps with time zones', () => {
  test.each(Object.entries(forms))('%s', async (_, form) => {
    const text = messages.map(([afterS, level, message]) => `${form(afterS, level, message)}\n`).join('');
    for (const content of [text, gzipSync(text)]) {
      const run = await runOf(content);
      expect(Math.floor(run.startedAtMs / 1000)).toBe(startMs / 1000);
      expect(run).toMatchObject({ run: 7, outcome: 'failed' });
      expect([...run.jobs]).toMatchObject([{ id: 'läd <*>', status: 'failed', durationMs: 5_400_000 }]);
    }
  });

  test('lines in between are kept, and a log without zones is left as it is', async () => {
    const lines = messages.map(
      ([afterS, level, message]) => `${iso(afterS, 0).replace('T', ' ')} - ${level} - ${message}\n`,
    );
    lines.splice(2, 0, '2026-01-02T03:04:05Z only a line of output\n');
    expect([...(await runOf(lines.join(''), ['W143'])).jobs][0]!.durationMs).toBe(5_400_000);
  });
});
