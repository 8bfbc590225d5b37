import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isMaskable, lineSplitter, mask, secretMasker } from '../../src/output/index.ts';

const secret = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...'abcXYZ019 /+=?&%$"\'`\\!*~-_.:;<>@#|(){}[]\t'),
      fc.constantFrom('ä', '€', '😀', '\n'),
    ),
    minLength: 4,
    maxLength: 40,
  })
  .filter((value) => isMaskable(value) && !mask.includes(value.trim()));

/** Written without the code under test: how programs show a value. */
const shows: Readonly<Record<string, (value: string) => string>> = {
  raw: (value) => value,
  'in single quotes': (value) => `'${value.split("'").join("'\\''")}'`,
  'in single quotes, as Python does': (value) => `'${value.split("'").join(`'"'"'`)}'`,
  'in double quotes': (value) => `"${value.replace(/["\\$`]/g, (c) => `\\${c}`)}"`,
  JSON: (value) => JSON.stringify(value),
  'JSON in ASCII': (value) =>
    JSON.stringify(value).replace(
      /[\u007f-\uffff]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  'JSON for HTML': (value) =>
    JSON.stringify({ value }).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
  'part of an address': (value) => `https://example.com/?q=${encodeURIComponent(value)}&x=1`,
  'field of a form': (value) => new URLSearchParams({ value }).toString(),
  'path of an address': (value) => `/${encodeURI(value)}/`,
};

const text = fc.string({ unit: fc.constantFrom(...'mnop \n0'), maxLength: 20 });

function maskedInPieces(value: string, shown: string, cuts: readonly number[]): string {
  const stream = secretMasker([value]).stream();
  const places = [...cuts.map((cut) => cut % (shown.length + 1)), 0, shown.length].sort((a, b) => a - b);
  return (
    places.map((place, index) => stream.push(shown.slice(places[index - 1] ?? 0, place))).join('') +
    stream.flush()
  );
}

const cuts = fc.array(fc.nat(), { maxLength: 5 });

describe('no secret survives', () => {
  test.each(Object.entries(shows))('%s', (_, show) => {
    fc.assert(
      fc.property(secret, text, text, cuts, (value, before, after, places) => {
        const shown = show(value);
        const masked = maskedInPieces(value, before + shown + after, places);
        expect(masked).toContain(mask);
        expect(masked).not.toContain(shown);
        expect(masked).not.toContain(value);
        expect(masked).not.toContain(value.trim());
      }),
      { numRuns: 150 },
    );
  });

  test.each(['base64', 'base64url'] as const)('%s, wherever it begins', (encoding) => {
    fc.assert(
      fc.property(secret, text, text, cuts, (value, before, after, places) => {
        const encoded = Buffer.from(before + value + after).toString(encoding);
        const masked = maskedInPieces(value, `x ${encoded} y`, places);
        expect(masked).toContain(mask);
        for (let skipped = 0; skipped < 4; skipped++) {
          const rest = masked.slice(2 + skipped).replaceAll(mask, '');
          expect(Buffer.from(rest, 'base64').includes(value)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('line by line, in other line ends, and without the white space around', () => {
    const value = '  first line\nsecond line  \nlast line';
    const masker = secretMasker([value]);
    expect(masker(value)).toBe(mask);
    expect(masker(value.replaceAll('\n', '\r\n'))).toBe(mask);
    expect(masker('> second line <')).toBe(`> ${mask} <`);
    expect(masker('second line')).toBe(mask);
  });

  test('as the shell and printf quote it', () => {
    const value = `it's $HOME "x" \\ a&b;c|d*e?f~g#h!i(j)k<l>m[n]`;
    const quoted = execFileSync('bash', ['-c', 'printf "%q\\n" "$1"; set -x; : "$1"', '-', value], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(secretMasker([value])(quoted)).toBe(`${mask}\n`);
  });

  test('where a long line is cut into pieces', () => {
    const splitter = lineSplitter(secretMasker(['hunter2']).stream());
    const text = `${'x'.repeat(64 * 1024 - 3)}hunter2 and more hun`;
    const lines = [
      ...splitter.push(Buffer.from(text)),
      ...splitter.push(Buffer.from('ter2')),
      ...splitter.end(),
    ];
    expect(lines.join('')).toBe(`${'x'.repeat(64 * 1024 - 3)}${mask} and more ${mask}`);
  });
});

describe('nothing else is touched', () => {
  test('a text without the secret comes out as it is', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, unit: fc.constantFrom(...'qrstuv') }),
        fc.array(text),
        (value, pieces) => {
          const stream = secretMasker([value]).stream();
          expect(pieces.map((piece) => stream.push(piece)).join('') + stream.flush()).toBe(pieces.join(''));
        },
      ),
    );
  });

  test('values that are too short or too common are left', () => {
    expect(['abc', '   a ', 'true', ' None\n', 'undefined', 'abcd'].map(isMaskable)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});

test('a value that became part of an absolute path is found there', () => {
  for (const value of ['open//sesame/./now/', '../open/sesame', 'sesame/x/../gate/.']) {
    const path = resolve('/no/such', value);
    const masked = secretMasker([value])(`folder "${path}" is missing`);
    expect([value, masked.includes('sesame')]).toEqual([value, false]);
  }
});
