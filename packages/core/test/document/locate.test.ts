import { describe, expect, test } from '@jest/globals';
import { type ParsedDocument, parseDocument } from '../../src/document/index.ts';
import { createRandom, type Random } from '../support/mutate.ts';
import { randomMap, randomYaml } from '../support/randomYaml.ts';

function parsed(file: string, text: string): ParsedDocument {
  const { document, diagnostics } = parseDocument({ file, text });
  if (document === undefined) throw new Error(`${JSON.stringify(text)}: ${diagnostics[0]?.message}`);
  return document;
}

/** The text at a place. */
function at(document: ParsedDocument, range: ReturnType<ParsedDocument['locate']>): string | undefined {
  return range && document.text.slice(range.start.offset, range.end.offset);
}

describe('locate', () => {
  test('values and keys of JSON, by line and column', () => {
    const document = parsed('w.json', '{\n  "jobs": [\n    {"id": "a"},\n    {"id": "b"}\n  ]\n}');
    expect(document.locate(['jobs', 1, 'id'])).toEqual({
      start: { offset: 42, line: 4, column: 12 },
      end: { offset: 45, line: 4, column: 15 },
    });
    expect(at(document, document.locate(['jobs', 0, 'id'], 'key'))).toBe('"id"');
    expect(at(document, document.locate([]))).toBe(document.text);
    expect(document.locate(['jobs', 2])).toBeUndefined();
    expect(document.locate(['jobs', 'id'])).toBeUndefined();
  });

  test('the last of duplicate keys', () => {
    const document = parsed('w.json', '{"a": 1, "a": 2}');
    expect(at(document, document.locate(['a']))).toBe('2');
  });

  test.each([
    [
      'read by the fast reader',
      'jobs:\n  - id: a # c\n    env: {X: "1"}\n    command: |\n      x\n      y\n\n  -\n    id: b\n',
    ],
    [
      'read by the yaml package',
      'jobs: !!seq\n  - id: a # c\n    env: {X: "1"}\n    command: |\n      x\n      y\n\n  -\n    id: b\n',
    ],
  ])('YAML %s', (_, text) => {
    const document = parsed('w.yaml', text);
    const texts = [
      ['jobs', 0],
      ['jobs', 0, 'env'],
      ['jobs', 0, 'env', 'X'],
      ['jobs', 0, 'command'],
      ['jobs', 1],
    ].map((path) => at(document, document.locate(path)));
    expect(texts).toEqual([
      'id: a # c\n    env: {X: "1"}\n    command: |\n      x\n      y',
      ...['{X: "1"}', '"1"', '|\n      x\n      y', 'id: b'],
    ]);
    expect(at(document, document.locate(['jobs', 1, 'id'], 'key'))).toBe('id');
  });

  test('through aliases and merges, at the place that is written', () => {
    const document = parsed('w.yaml', 'b: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\nagain: *b\n');
    expect(document.locate(['use', 'x'])?.start).toEqual({ offset: 10, line: 1, column: 11 });
    expect(document.locate(['use', 'y'])?.start.line).toBe(4);
    expect(document.locate(['again', 'y'])?.start.line).toBe(1);
    expect(at(document, document.locate(['again']))).toBe('*b');
  });
});

describe('locateInString', () => {
  test.each([
    ['w.json', '{"s": "a\\tb\\u00e9c"}', 'bé', 'b\\u00e9'],
    ['w.yaml', "s: 'it''s b'", "'s", "''s"],
    ['w.yaml', 's: "a\\x41 \\U0001F600b"', 'A', '\\x41'],
    ['w.yaml', 's: "a \\U0001F600b"', 'b', 'b'],
    ['w.yaml', 's: one\n  two\n\n  three\n', 'two\nthree', 'two\n\n  three'],
    ['w.yaml', 's: |\n    a\n     b\n\n    c\n', ' b', ' b'],
    ['w.yaml', 's: |\n    a\n\n    c\n', '\n\nc', '\n\n    c'],
    ['w.yaml', 's: >\n  a\n  b\n\n  c\n   d\n', 'b\nc\n d', 'b\n\n  c\n   d'],
    ['w.yaml', 's: |2\n    a\n   b\n', ' b', ' b'],
  ])('%s %j', (file, text, part, written) => {
    const document = parsed(file, text);
    const value = (document.value as { s: string }).s;
    const start = value.indexOf(part);
    expect(at(document, document.locateInString(['s'], start, start + part.length))).toBe(written);
  });

  test('not in what is no string', () => {
    const document = parsed('w.yaml', 'a: 1\nb: [x]\n');
    expect([document.locateInString(['a'], 0, 1), document.locateInString(['b'], 0, 1)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('every character of every string leads to itself, however the string is written', () => {
    let characters = 0;
    for (let seed = 0; seed < 400; seed++) {
      const random = createRandom(seed);
      const document = randomDocument(random);
      for (const { path, value } of strings(document.value, [])) {
        [...value].forEach((character, index, all) => {
          if (!/[a-z]/.test(character)) return;
          const start = all.slice(0, index).join('').length;
          expect(at(document, document.locateInString(path, start, start + 1))).toBe(character);
          characters++;
        });
      }
    }
    expect(characters).toBeGreaterThan(2000);
  });
});

function randomDocument(random: Random): ParsedDocument {
  const value = randomMap(random, 3);
  if (random.below(3) === 0) return parsed('w.json', JSON.stringify(value, null, 2));
  return parsed('w.yaml', randomYaml(random, value));
}

function strings(value: unknown, path: (string | number)[]): { path: (string | number)[]; value: string }[] {
  if (typeof value === 'string') return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => strings(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => strings(item, [...path, key]));
}
