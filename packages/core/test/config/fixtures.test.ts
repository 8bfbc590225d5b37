// A folder per case: `workflow.*` with what it includes, and `expected.json`. Everything below `ok/` must be silent.
// `UPDATE_FIXTURES=1 node scripts/test.mjs packages/core/test/config/fixtures.test.ts` writes the expected files anew:
// read the difference before you commit it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { type ConfigurationHost, load, nodeHost } from '../../src/config/index.ts';
import type { Diagnostic, Range, TextEdit } from '../../src/diagnostics/index.ts';

const root = fileURLToPath(new URL('fixtures', import.meta.url));
const isUpdate = process.env.UPDATE_FIXTURES === '1';

const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|[\\/])workflow\.\w+$/.test(file))
  .map((file) => file.split(sep).slice(0, -1).join('/'))
  .sort();

describe.each(folders)('%s', (name) => {
  const folder = `${root}/${name}`;
  const host = nodeHost(folder, '/home/someone');
  const file = `${folder}/${readdirSync(folder).find((entry) => entry.startsWith('workflow.'))}`;
  const result = load(file, host);

  test('gives the expected diagnostics', () => {
    const shown = result.diagnostics.map((diagnostic) => show(diagnostic, folder));
    if (name.startsWith('ok/')) {
      expect({ state: result.state, diagnostics: shown }).toEqual({ state: 'valid', diagnostics: [] });
      return;
    }
    const expectedFile = `${folder}/expected.json`;
    const actual = { state: result.state, diagnostics: shown };
    if (isUpdate || !existsSync(expectedFile))
      writeFileSync(expectedFile, `${JSON.stringify(actual, null, 2)}\n`);
    expect(actual).toEqual(JSON.parse(readFileSync(expectedFile, 'utf8')));
  });

  test('every fix makes its finding go away', () => {
    for (const diagnostic of result.diagnostics) {
      for (const fix of diagnostic.fixes ?? []) {
        const repaired = load(file, withEdits(host, fix.edits));
        const before = result.diagnostics.filter(({ code }) => code === diagnostic.code).length;
        const after = repaired.diagnostics.filter(({ code }) => code === diagnostic.code).length;
        expect([diagnostic.message, fix.title, after]).toEqual([diagnostic.message, fix.title, before - 1]);
      }
    }
  });
});

/** Short enough to be read in a difference: files from the folder of the case, ranges as line:column. */
function show(diagnostic: Diagnostic, folder: string): unknown {
  const local = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
  const at = (file: string | undefined, range: Range | undefined) =>
    `${file === undefined ? '' : relative(folder, file).split(sep).join('/')}${range === undefined ? '' : `:${showRange(range)}`}`;
  const { code, severity, message, file, range, job, hint, related, fixes } = diagnostic;
  return {
    at: at(file, range),
    [severity]: `${code} ${local(message)}`,
    ...(job !== undefined && { job }),
    ...(hint !== undefined && { hint: local(hint) }),
    ...(related && {
      related: related.map((place) => `${at(place.file, place.range)} ${local(place.message)}`),
    }),
    ...(fixes && { fixes: fixes.map(({ kind, title }) => `${kind}: ${title}`) }),
  };
}

function showRange({ start, end }: Range): string {
  return `${start.line}:${start.column}-${end.line === start.line ? '' : `${end.line}:`}${end.column}`;
}

function withEdits(host: ConfigurationHost, edits: readonly TextEdit[]): ConfigurationHost {
  return {
    ...host,
    readFile: (file) => {
      const content = host.readFile(file);
      if (!content.ok) return content;
      const own = edits.filter((edit) => edit.file === file).sort((a, b) => b.start - a.start);
      const text = own.reduce(
        (before, { start, end, newText }) => before.slice(0, start) + newText + before.slice(end),
        content.text,
      );
      return { ok: true, text };
    },
  };
}

test('there are cases', () => {
  expect(folders.filter((folder) => basename(folder) !== '').length).toBeGreaterThan(30);
});
