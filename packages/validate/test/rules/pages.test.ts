import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as core from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import * as reference from '../../src/cli/reference.ts';

const root = new URL('../../../../', import.meta.url);
const generator = (await import(new URL('scripts/generate-rules.mjs', root).href)) as {
  ruleFiles(validate: typeof reference, library: typeof core): Record<string, string>;
};
const files = generator.ruleFiles(reference, core);

describe('the pages of the rules', () => {
  test.each(Object.keys(files))('%s is fresh: else run "node scripts/generate-rules.mjs"', (file) => {
    expect(readFileSync(fileURLToPath(new URL(file, root)), 'utf8')).toBe(files[file]);
  });

  test('are those of rules that there are', () => {
    const there = readdirSync(fileURLToPath(new URL('docs/rules', root)));
    expect(there.map((name) => `docs/rules/${name}`).filter((file) => !(file in files))).toEqual([]);
  });
});
