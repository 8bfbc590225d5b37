import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  type ConfigurationHost,
  countSeverities,
  decodeText,
  load,
  nodeHost,
  renderPretty,
  renderSarif,
  type SourceText,
} from '@executioner/core';
import { makePlan } from '@executioner/engine';
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
      { numRuns: 1200 },
    );
  });

  test('are mended without an error of ours, to texts in which nothing is left to mend and that make the same plan', () => {
    fc.assert(
      fc.property(mutated, ({ name, text }) => {
        const file = examples + name;
        const mended = fixFiles({ file, text }, host).texts.get(file);
        if (mended === undefined) return;
        expect(fixFiles({ file, text: mended }, host).applied).toEqual([]);
        const plan = planOf(file, text);
        if (plan !== undefined) expect(planOf(file, mended)).toBe(plan);
      }),
      { numRuns: 300 },
    );
  });

  test('have fewer errors, or as many, when suggestions have been followed', () => {
    const suggestionsOf = (source: string | SourceText, on: ConfigurationHost) =>
      validate(source, { host: on, world, environment });
    const errors = (file: string, text: string) =>
      countSeverities(suggestionsOf({ file, text }, host).diagnostics).error;
    fc.assert(
      fc.property(mutated, ({ name, text }) => {
        const file = examples + name;
        const mended = fixFiles({ file, text }, host, { suggestionsOf }).texts.get(file);
        if (mended !== undefined) expect(errors(file, mended)).toBeLessThanOrEqual(errors(file, text));
      }),
      { numRuns: 150 },
    );
  });
});

describe('files whose bytes are cut and flipped, in whatever encoding', () => {
  const damaged = fc
    .record({
      source: fc.constantFrom(...texts),
      encoding: fc.constantFrom('utf8', 'utf8', 'latin1', 'utf16le'),
      hasTabs: fc.boolean(),
      flips: fc.array(fc.record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), bit: fc.nat(7) }), {
        maxLength: 5,
      }),
      kept: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    })
    .map(({ source: { name, text }, encoding, hasTabs, flips, kept }) => {
      const indented = hasTabs ? text.replace(/^ +/gm, (blanks) => '\t'.repeat(blanks.length / 2)) : text;
      const bytes = Buffer.from(indented, encoding as BufferEncoding);
      for (const { at, bit } of flips) bytes[Math.floor(at * bytes.length)]! ^= 1 << bit;
      return { name, bytes: bytes.subarray(0, Math.ceil(kept * bytes.length)) };
    });

  test('are validated and mended without an error of ours, and then stay as they are', () => {
    fc.assert(
      fc.property(damaged, ({ name, bytes }) => {
        const file = examples + name;
        const { text } = decodeText(bytes);
        const { diagnostics } = validate({ file, text }, { host, world, environment });
        expect(diagnostics.filter(({ code }) => !knownCodes.has(code))).toEqual([]);
        const mended = fixFiles({ file, text }, host).texts.get(file);
        if (mended === undefined) return;
        expect(fixFiles({ file, text: mended }, host).applied).toEqual([]);
        const plan = planOf(file, text);
        if (plan !== undefined) expect(planOf(file, mended)).toBe(plan);
      }),
      { numRuns: 600 },
    );
  });
});

/** The hash of the plan that a text makes; undefined when a run would refuse it. */
function planOf(file: string, text: string): string | undefined {
  const loaded = load({ file, text }, host);
  return loaded.state === 'valid' ? makePlan(loaded.configuration).hash : undefined;
}
