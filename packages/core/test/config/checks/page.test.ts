import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import * as core from '../../../src/config/index.ts';

const root = new URL('../../../../../', import.meta.url);
const { checksPage } = (await import(new URL('scripts/generate-checks.mjs', root).href)) as {
  checksPage(library: typeof core): string;
};

test('docs/checks.md is fresh: else run "node scripts/generate-checks.mjs"', () => {
  expect(readFileSync(new URL('docs/checks.md', root), 'utf8')).toBe(checksPage(core));
});

test('its YAML sample is a valid configuration', () => {
  const text = /```yaml\n([\s\S]*?)```/.exec(checksPage(core))![1]!;
  const result = core.load({ file: '/w.yaml', text }, core.nodeHost('/', '/'));
  expect(result.diagnostics).toEqual([]);
});
