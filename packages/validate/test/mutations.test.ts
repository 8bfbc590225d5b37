import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { nodeHost, renderPretty, renderSarif } from '@executioner/core';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fixFiles, knownCodes, nodeWorld, validate } from '../src/index.ts';
import { rules } from '../src/rules/index.ts';

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
const texts = [
  ...readdirSync(examples)
    .filter(
      (name) => /\.(json|jsonc|yaml)$/.test(name) && name !== 'expected.json' && name !== 'map-reduce.json',
    )
    .map((name) => ({ name, text: readFileSync(examples + name, 'utf8') })),
  ...rules.flatMap(({ example }) =>
    example === undefined ? [] : [{ name: example.file, text: example.text }],
  ),
];

const shards = [
  'null',
  '[]',
  '{}',
  '""',
  '"',
  "'",
  ',',
  ':',
  '-',
  '#',
  '{',
  '}',
  '[',
  ']',
  '\n',
  '\t',
  '\\',
  '\0',
  '\ufeff',
  '\ud800',
  '${',
  '$(',
  '`',
  '|',
  '&&',
  '>',
  '<',
  '1e999',
  '-1',
  'true',
  '*',
  '&a',
  '<<: *a',
  '!!str',
  '---',
  '?',
  'jobs',
  'id',
  'command',
  'dependencies',
  '__proto__',
  'constructor',
  '// executioner-ignore W401',
  '# executioner-ignore',
  '\u2028',
  'a'.repeat(300),
  '"x_validate": {"ignore": 3},',
  '@',
  '%',
  '😀',
];

/** A mutation: at a place given as a share of the text, some characters make way for others. */
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.integer({ min: 0, max: 12 }),
  inserted: fc.oneof(fc.constantFrom(...shards), fc.string({ unit: 'binary', maxLength: 6 })),
});
const mutated = fc
  .record({
    source: fc.constantFrom(...texts),
    mutations: fc.array(mutation, { minLength: 1, maxLength: 6 }),
  })
  .map(({ source: { name, text }, mutations }) => ({
    name,
    text: mutations.reduce((result, { at, removed, inserted }) => {
      const offset = Math.floor(at * result.length);
      return result.slice(0, offset) + inserted + result.slice(offset + removed);
    }, text),
  }));

const host = nodeHost(examples, homedir());
/** The shell is not asked: it would be started thousands of times. */
const world = { ...nodeWorld(), checkSyntax: () => undefined };
const environment = { PATH: '/usr/bin:/bin', HOME: '/home/ann' };

describe('files mutated by the thousand', () => {
  test('are validated and shown without an error of ours, at places inside the text', () => {
    fc.assert(
      fc.property(mutated, ({ name, text }) => {
        const file = examples + name;
        const { diagnostics, texts: sources } = validate({ file, text }, { host, world, environment });
        for (const { code, range, file: where } of diagnostics) {
          expect(knownCodes.has(code)).toBe(true);
          if (range === undefined || where !== file) continue;
          expect(range.start.offset).toBeGreaterThanOrEqual(0);
          expect(range.end.offset).toBeGreaterThanOrEqual(range.start.offset);
          expect(range.end.offset).toBeLessThanOrEqual(text.length);
        }
        renderPretty(diagnostics, { sources });
        renderSarif(diagnostics, {
          tool: { name: 'x', version: '1' },
          rules: knownCodes,
          displayFile: (path) => path,
        });
      }),
      { numRuns: 2000 },
    );
  });

  test('are mended without an error of ours, to texts in which nothing is left to mend', () => {
    fc.assert(
      fc.property(mutated, ({ name, text }) => {
        const file = examples + name;
        const mended = fixFiles({ file, text }, host).texts.get(file);
        if (mended !== undefined) expect(fixFiles({ file, text: mended }, host).applied).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
