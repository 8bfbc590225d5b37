import { readFileSync } from 'node:fs';
import { load, nodeHost } from '@executioner/core';
import { expect, test } from '@jest/globals';

const pages = ['notifications', 'secrets'];
const samples = pages.flatMap((page) => {
  const text = readFileSync(new URL(`../../../../docs/${page}.md`, import.meta.url), 'utf8');
  return [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => [page, match[1]!] as const);
});

test.each(samples)('a sample of docs/%s.md is a valid configuration', (_, text) => {
  expect(load({ file: '/w.yaml', text }, nodeHost('/', '/')).diagnostics).toEqual([]);
});

test('there are samples', () => {
  expect(new Set(samples.map(([page]) => page))).toEqual(new Set(pages));
});
