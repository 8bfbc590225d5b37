// Each folder of fixtures holds the journals of a run and what is made of them. After a change that is meant to be
// seen, write the expected files anew with UPDATE_GOLDEN=1, and read the difference.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { palette } from '@executioner/core';
import { type JournalEvent, readJournal } from '@executioner/engine';
import { describe, expect, test } from '@jest/globals';
import {
  buildRunReport,
  type RunReport,
  renderHtml,
  renderMarkdown,
  renderText,
} from '../../src/run/index.ts';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
const timeZone = 'UTC';

const renderers: Readonly<Record<string, (report: RunReport) => string>> = {
  'expected.json': (report) => `${JSON.stringify(report, null, 2)}\n`,
  'expected.txt': (report) => renderText(report, { colors: palette(false), columns: 100, timeZone }),
  'expected.md': (report) => renderMarkdown(report, { timeZone }),
  'expected.html': (report) => withoutStyles(renderHtml(report, { timeZone, version: '1.2.3' })),
};

describe.each(readdirSync(fixtures).sort())('%s', (name) => {
  test.each(Object.entries(renderers))('%s', async (file, render) => {
    const report = await buildRunReport(eventsOf(join(fixtures, name)));
    const text = render(report!);
    const path = join(fixtures, name, file);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text);
    expect(text).toBe(
      existsSync(path) ? readFileSync(path, 'utf8') : 'no such file: run with UPDATE_GOLDEN=1',
    );
  });
});

function eventsOf(folder: string): JournalEvent[] {
  const journals = readdirSync(folder)
    .filter((file) => file.endsWith('.ndjson'))
    .sort();
  return journals.flatMap((file) => {
    const { events, findings } = readJournal(join(folder, file));
    expect(findings).toEqual([]);
    return events;
  });
}

/** Styles change often and are judged by eye. */
function withoutStyles(page: string): string {
  return page.replace(/<style>[\s\S]*<\/style>/, '<style></style>');
}
