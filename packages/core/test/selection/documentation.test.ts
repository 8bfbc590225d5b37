import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { renderPretty } from '../../src/diagnostics/index.ts';
import { JobGraph } from '../../src/graph/index.ts';
import { parseSelection, select, selectionFile } from '../../src/selection/index.ts';

const page = readFileSync(fileURLToPath(new URL('../../../../docs/selection.md', import.meta.url)), 'utf8');

interface DocumentedJob {
  id: string;
  command: string;
  description?: string;
  tags?: string[];
  dependencies?: string[];
}

const workflow = parse(/```yaml\n(.*?)```/s.exec(page)![1]!) as { jobs: DocumentedJob[] };
const jobs = workflow.jobs.map((job) => ({ description: '', tags: [], dependencies: [], ...job }));
const statuses = new Map([
  ['extract_orders', 'succeeded'],
  ['extract_clients', 'SUCCESS'],
  ['extract_rates', 'TIMEOUT'],
  ['load', 'succeeded'],
  ['load+1', 'succeeded'],
  ['check', 'FAILED'],
  ['report', 'skipped'],
  ['mail report', 'skipped'],
]);
const subject = { graph: JobGraph.from(jobs), jobs, statuses };

const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const cells = line.split(/ \| /);
    return [codeIn(cells[0]!)[0]!, codeIn(cells.at(-1)!)] as const;
  });

function codeIn(cell: string): string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, code]) => code!);
}

describe('docs/selection.md', () => {
  test('has its examples', () => {
    expect(rows.length).toBeGreaterThan(25);
  });

  test.each(rows)('%s', (text, expected) => {
    expect(select(text, subject)).toMatchObject({ ok: true, ids: expected, warnings: [] });
  });

  test('shows the true message', () => {
    const shown = /```console\n(.*?)```/s.exec(page)![1]!;
    const text = /^ {2}1 \| (.*)$/m.exec(shown)![1]!;
    const parsed = parseSelection(text, subject.graph.numberById);
    if (parsed.ok) throw new Error('The example of an error was read without one.');
    expect(renderPretty([parsed.error], { sources: new Map([[selectionFile, text]]), summary: false })).toBe(
      shown,
    );
  });

  test('names every status', () => {
    for (const status of ['succeeded', 'precheck_failed', 'unknown', 'not_run', 'waiting', 'failure']) {
      expect(page).toContain(status);
      expect(parseSelection(`status:${status}`)).toMatchObject({ ok: true });
    }
  });
});
