import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logsCommand, logsFormats } from '../../src/index.ts';
import { callLogs } from '../inProcess.ts';
import { writeTextLogs } from '../textLogs.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-formats-'));
  for (const run of [1, 2, 3])
    writeTextLogs(join(folder, 'logs'), run, [
      { id: 'load', exitCode: 0, output: ['loaded 5 rows'] },
      { id: 'report', from: 2, exitCode: 0 },
    ]);
  writeTextLogs(join(folder, 'logs'), 4, [
    { id: 'load', exitCode: 3, output: ['ORA-00942: no table'] },
    { id: 'report' },
  ]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words: Readonly<Record<keyof typeof logsFormats, readonly string[]>> = {
  '--summary': ['logs', '--summary'],
  '--errors-only': ['logs', '--errors-only'],
  '--trends': ['logs', '--trends'],
  '--post-mortem': ['logs', '--post-mortem'],
  '--follow': ['logs/executioner.nightly.run-4.log', '--follow'],
  patterns: ['patterns', 'logs'],
  novelty: ['novelty', 'logs'],
  bisect: ['bisect', 'logs', '--job', 'load'],
  retries: ['retries', 'logs'],
};

/** How a result of each format begins. */
const beginnings: Readonly<Record<string, RegExp>> = {
  text: /^[A-Z0-9]/,
  json: /^[[{]/,
  md: /^# /,
  html: /^<!doctype html>/,
  csv: /^[a-z_]+(,[a-z_0-9]+)+\n/,
  openmetrics: /^# /,
  junit: /^<\?xml/,
  otlp: /^\{"resourceSpans"/,
};

const formats = Object.keys(logsCommand.formats!);

describe.each(Object.entries(words))('%s', (view, command) => {
  const known: readonly string[] = logsFormats[view as keyof typeof logsFormats];

  test.each(known)('is written as %s', async (format) => {
    const { status, stdout, stderr } = await callLogs([...command, '--quiet', '--format', format], folder);
    expect([status, stderr]).toEqual([
      ['--errors-only', '--post-mortem', '--follow'].includes(view) ? 1 : 0,
      '',
    ]);
    expect(stdout).toMatch(beginnings[format]!);
    if (format === 'json' && view !== '--follow') JSON.parse(stdout);
  });

  test('says of every other format that there is none, and where it is', async () => {
    for (const format of formats.filter((each) => !known.includes(each))) {
      const { status, stdout, stderr } = await callLogs([...command, '--format', format], folder);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(
        `error FORMAT_CONFLICT: ${view} cannot be written as ${format}\nhint: it has text`,
      );
      expect(stderr).toContain(`; ${format} is there for `);
    }
  });
});

test('the guide has the same table', () => {
  const guide = readFileSync(new URL('../../../../docs/logs.md', import.meta.url), 'utf8');
  const rows = Object.entries(logsFormats).map(
    ([view, known]) =>
      `| \`${view}\` | ${formats.map((format) => ((known as readonly string[]).includes(format) ? '✓' : '')).join(' | ')} |`,
  );
  expect(guide).toContain(
    `| | ${formats.map((format) => `\`${format}\``).join(' | ')} |\n|${' --- |'.repeat(formats.length + 1)}\n${rows.join('\n')}\n`,
  );
});
