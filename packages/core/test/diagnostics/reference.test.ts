import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import * as core from '../../src/index.ts';

interface Example {
  readonly codes: readonly string[];
  readonly output: string;
}

const root = new URL('../../../../', import.meta.url);
const generator = (await import(new URL('scripts/generate-diagnostics.mjs', root).href)) as {
  runExamples(library: typeof core): Map<string, Example>;
  renderDiagnosticsReference(codes: typeof core.diagnosticCodes, examples: Map<string, Example>): string;
};
const examples = generator.runExamples(core);

describe('the examples of diagnostics', () => {
  test.each([...examples.keys()])('%s is found in its example', (code) => {
    expect(examples.get(code)!.codes).toContain(code);
    expect(examples.get(code)!.output).toMatch(new RegExp(`^\\S+ (error|warning|info) ${code}: .`, 'm'));
  });

  test('belong to codes that exist', () => {
    expect([...examples.keys()].filter((code) => !(code in core.diagnosticCodes))).toEqual([]);
  });
});

describe('the registry', () => {
  test.each(Object.entries(core.diagnosticCodes))(
    '%s has a severity that fits its letter, a title and sentences',
    (code, info) => {
      expect({ E: 'error', W: 'warning', I: 'info' }[code[0]!]).toBe(info.severity);
      expect(info.title).toMatch(/^[A-Z].*[^.]$/);
      expect(info.explanation).toMatch(/\.$/);
    },
  );
});

test('docs/diagnostics.md is fresh: else run "node scripts/generate-diagnostics.mjs" and read the difference', () => {
  const page = readFileSync(fileURLToPath(new URL('docs/diagnostics.md', root)), 'utf8');
  expect(page).toBe(generator.renderDiagnosticsReference(core.diagnosticCodes, examples));
});
