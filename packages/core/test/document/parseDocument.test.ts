import { describe, expect, test } from '@jest/globals';
import { parseDocument, type SourceText } from '../../src/document/index.ts';
import { applyEdits } from '../../src/edit/index.ts';

/** One line for a diagnostic: place, code, message, hint, related places. */
function told(source: SourceText): string[] {
  return parseDocument(source).diagnostics.map(({ code, range, message, hint, related }) => {
    const place = `${range?.start.line}:${range?.start.column}-${range?.end.line}:${range?.end.column}`;
    const others = (related ?? []).map(
      (r) => `; ${r.message} ${r.range?.start.line}:${r.range?.start.column}`,
    );
    return `${place} ${code} ${message}${hint === undefined ? '' : ` (${hint})`}${others.join('')}`;
  });
}

const json = (text: string) => ({ file: 'w.json', text });
const yaml = (text: string) => ({ file: 'w.yaml', text });

describe('formats', () => {
  test.each([
    ['by the ending', { file: 'a.YML', text: '{}' }, 'yaml'],
    ['by the ending', { file: 'a.jsonc', text: 'a: 1' }, undefined],
    ['as stated', { file: 'a.json', text: 'a: 1', format: 'yaml' }, 'yaml'],
    ['by the look of JSON', { file: '-', text: '  {"a": 1}' }, 'json'],
    ['by the look of comments', { file: '-', text: '// c\n{}' }, 'jsonc'],
    ['by the look of YAML', { file: '-', text: '# c\na: 1' }, 'yaml'],
  ] as const)('%s', (_, source, format) => {
    expect(parseDocument(source).document?.format).toBe(format);
  });
});

describe('values', () => {
  test('of JSON, with comments too', () => {
    const { document, diagnostics } = parseDocument(json('// c\n{"a": [1, "\\u00e9"], /* d */ "b": null}\n'));
    expect(document?.value).toEqual({ a: [1, 'é'], b: null });
    expect(diagnostics).toEqual([]);
  });

  test.each([json, yaml])('a key that names the prototype stays a key', (source) => {
    const { document } = parseDocument(source('{"__proto__": {"polluted": true}, "constructor": 1}'));
    expect(Object.keys(document?.value as object)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(document?.value)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('of YAML: keys are strings, dates are text, merges and aliases are resolved', () => {
    const text = 'base: &b {x: 1, y: 2}\n1: one\nwhen: 2001-01-01\nuse:\n  <<: *b\n  y: 3\nlist: [*b]\n';
    expect(parseDocument(yaml(text)).document?.value).toEqual({
      ...{ base: { x: 1, y: 2 }, 1: 'one', when: '2001-01-01' },
      ...{ use: { x: 1, y: 3 }, list: [{ x: 1, y: 2 }] },
    });
  });

  test('YAML 1.1 is read as 1.2', () => {
    expect(parseDocument(yaml('%YAML 1.1\n---\na: yes\n')).document?.value).toEqual({ a: 'yes' });
  });

  test('many aliases of a small value are not an attack', () => {
    const jobs = Array.from({ length: 2000 }, (_, id) => `  - {<<: *d, id: j${id}}\n`).join('');
    const { document, diagnostics } = parseDocument(yaml(`x_d: &d {timeout: 5}\njobs:\n${jobs}`));
    expect(diagnostics).toEqual([]);
    expect(document?.value).toMatchObject({ jobs: { 1999: { timeout: 5, id: 'j1999' } } });
  });
});

describe('what is wrong with JSON', () => {
  test.each([
    ['', '1:1-1:1 E102 the file is empty (a workflow needs at least a list of jobs)'],
    ['// c\n', '1:1-1:1 E102 the file holds nothing but comments (a workflow needs at least a list of jobs)'],
    [
      '\uFEFF{}',
      '1:1-1:2 I101 the file begins with a byte-order mark, which is ignored (save the file as UTF-8 without it)',
    ],
    [
      '{"a":1,}',
      '1:7-1:8 W102 strict JSON forbids a comma before the closing bracket (remove the comma, or name the file .jsonc)',
    ],
    [
      '{"a":1,\n "a":2}',
      '2:2-2:5 W101 the key "a" is given twice in the same object (this last one counts; remove one of the two); given here before 1:2',
    ],
    [
      '{"a":\n  {"b":1',
      '2:9-2:9 E103 the file ends here, but the object that began with "{" is still open (add the missing "}"); the object begins here 2:3',
    ],
    [
      '{"a":[1,2}',
      '1:10-1:11 E103 expected "]" before this "}" (add the missing "]"); the list begins here 1:6',
    ],
    [
      '[{"id":"a",\n{"id":"b"}]',
      '2:1-2:2 E103 expected a key in double quotes, or "}" to close the object above (add the missing "}" before this object); the object that is still open 1:2',
    ],
    ['{"a" 1}', '1:5-1:5 E106 expected a colon between the key and its value (add a colon here)'],
    ['{"a"=1}', '1:5-1:6 E106 expected a colon between the key and its value (write ":" for "=")'],
    [
      '{"a":1 "b":2}',
      '1:7-1:7 E106 expected a comma or "}" after this value, before the string "b" (add a comma here)',
    ],
    ['{a:1}', '1:2-1:3 E101 expected a key in double quotes, found a (write "a")'],
    [
      '{"a":\'b c\'}',
      '1:6-1:11 E101 expected a value, found "\'b c\'" (strings stand in double quotes: write "b c")',
    ],
    ['{"a":True}', '1:6-1:10 E101 expected a value, found "True" (write true)'],
    ['{"a":}', '1:6-1:7 E101 expected a value, found "}"'],
    ['[1,,2]', '1:4-1:5 E101 a comma too many (remove it)'],
    ['{"a":"x\ty"}', '1:8-1:9 E105 a control character may not stand in a string as it is (write \\t)'],
    [
      '{"a":"\\\\\\q"}',
      '1:9-1:11 E105 \\q is not an escape sequence of JSON (a backslash itself is written \\\\)',
    ],
    [
      '{"a":"x\n}',
      '1:6-1:8 E104 this string has no closing quote on its line (add the closing quote; a line break inside a string is written \\n)',
    ],
    [
      '{"a":1}}',
      '1:8-1:9 E101 expected the end of the file after the value, found "}" (a JSON file holds one value: remove what follows, or a closing brace too many before it)',
    ],
    [
      '{"a":1e999}',
      '1:6-1:11 E112 1e999 is not a number that a configuration can hold (write an ordinary number, or put it in quotes if it is text)',
    ],
    [
      '{"a":12345678901234567890}',
      '1:6-1:26 W105 12345678901234567890 has too many digits and is read as 12345678901234567000 (write "12345678901234567890" if it is not meant as a number)',
    ],
    [
      '{\0}',
      '1:2-1:3 E107 the file holds a NUL character, so it is not a text file (save the file as UTF-8)',
    ],
    ['{\0"\0a\0', '1:2-1:3 E107 this looks like UTF-16, read as if it were UTF-8 (save the file as UTF-8)'],
    [
      '{"a":"\uFFFD"}',
      '1:7-1:8 W103 a character here could not be read as UTF-8 (save the file as UTF-8 and restore what is shown as \uFFFD)',
    ],
    [
      '['.repeat(100_000),
      '1:257-1:258 E108 nested deeper than 256 levels (a bracket may be missing above, or the file is damaged)',
    ],
    [
      '['.repeat(300) + ']'.repeat(300),
      '1:257-1:258 E108 nested deeper than 256 levels (a bracket may be missing above, or the file is damaged)',
    ],
  ])('%j', (text, line) => {
    expect(told(json(text))).toEqual([line]);
  });

  test('several independent errors are told at once, but no cascade', () => {
    expect(
      told(json('{"a": True,\n "b" 2,\n "c": "x" "d": 1,\n ]}')).map((line) => line.slice(0, 12)),
    ).toEqual([...['1:7-1:11 E10', '2:5-2:5 E106', '3:10-3:10 E1', '3:17-3:18 W1', '4:2-4:3 E103']]);
    expect(told(json('x '.repeat(1000))).length).toBeLessThanOrEqual(5);
  });

  test('a trailing comma is no news in a file that allows it', () => {
    expect(told({ file: 'w.jsonc', text: '{"a": [1,],}' })).toEqual([]);
  });

  test('a text that is too large is not read', () => {
    const { document, diagnostics } = parseDocument(json('[1, 2, 3]'), { maximumLength: 5 });
    expect([document, diagnostics.map(({ code }) => code)]).toEqual([undefined, ['E109']]);
  });
});

describe('what is wrong with YAML', () => {
  test.each([
    ['# c\n', '1:1-1:1 E102 the file holds nothing but comments (a workflow needs at least a list of jobs)'],
    ['a:\n\t- b', '2:1-2:2 E111 a tab stands where YAML wants spaces (replace the tab by spaces)'],
    [
      'a: b: c',
      '1:4-1:5 E101 a second "key: value" on one line (put the value in quotes when it holds a colon and a blank, or begin a new line)',
    ],
    [
      'a: 1\n b: 2',
      '2:2-2:3 E111 this is indented more than the key above, which has a value already (begin it in the same column as the key above)',
    ],
    [
      'a: 1\na: 2',
      '2:1-2:2 E110 the key "a" is given twice in the same map (remove one of the two); given here before 1:1',
    ],
    [
      'a: *x',
      '1:4-1:6 E114 the alias "*x" has no anchor "&x" before it (define the anchor above, or put the value in quotes if the asterisk is meant)',
    ],
    [
      'a: &x [*x]',
      '1:8-1:10 E114 the alias "*x" stands inside the value it repeats (move the alias out of that value)',
    ],
    [
      '<<: 1',
      '1:5-1:6 E114 a merge (<<) needs a map, or a list of maps (name an anchor of a map, as in "<<: *defaults")',
    ],
    [
      'a: [1,\nb: 2',
      '2:1-2:2 E103 expected "]" (add the missing closing one; the lines between must be indented more than the key); the bracket that is still open 1:4',
    ],
    ['a: "foo\nb: 1', '1:4-1:8 E104 this string has no closing quote (add the closing quote)'],
    ['a: @x', '1:4-1:5 E101 a value cannot begin with this character (put the value in quotes)'],
    [
      'a: "\\q"',
      '1:5-1:6 E105 this is not an escape sequence of YAML (a backslash in double quotes is written \\\\; in single quotes it stands for itself)',
    ],
    [
      'a: {{x}}',
      '1:5-1:6 E115 a key must be a plain word or a quoted string (a value that begins with a brace, as in {{name}}, needs quotes)',
    ],
    [
      'a: .inf',
      '1:4-1:8 E112 .inf is not a number that a configuration can hold (write an ordinary number, or put it in quotes if it is text)',
    ],
    [
      'a: !x y',
      '1:4-1:6 W104 !x has no meaning here, and is ignored (remove the tag, or put the value in quotes if it is text)',
    ],
    [
      'a: 1\n---\nb: 2',
      '2:1-2:4 E113 a second YAML document begins here; a workflow is one document (split the file and join the parts with include, or remove the line of dashes)',
    ],
    [
      '- '.repeat(1000),
      '1:513-1:514 E108 nested deeper than 256 levels (a bracket may be missing above, or the file is damaged)',
    ],
  ])('%j', (text, line) => {
    expect(told(yaml(text))).toEqual([line]);
  });

  test('aliases of aliases cannot blow a document up', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`)}]\n`,
    );
    expect(told(yaml(`a0: &a0 [x, x, x]\n${levels.join('')}`))).toEqual([
      '1:1-1:1 E114 aliases make more than 100 times as much of the 104 values that are written here (use fewer aliases of aliases)',
    ]);
  });

  test('aliases cannot nest without limit', () => {
    const levels = Array.from({ length: 300 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}]\n`);
    expect(told(yaml(`a0: &a0 [x]\n${levels.join('')}`)).map((line) => line.slice(0, 12))).toEqual([
      '1:1-1:1 E108',
    ]);
  });

  test.each([
    '['.repeat(100_000),
    '{a: '.repeat(20_000),
    '- '.repeat(20_000),
    `${'- '.repeat(20_000)}\na: b`,
    '? '.repeat(20_000),
  ])('nesting without end is told, not followed (%#)', (text) =>
    expect(parseDocument(yaml(text)).diagnostics.map(({ code }) => code)).toEqual(['E108']),
  );
});

test('fixes mend what they say', () => {
  for (const [text, mended] of [
    ['{a: 1}', '{"a": 1}'],
    ['{"a": 1,}', '{"a": 1}'],
    ['{"a": "x\ty"}', '{"a": "x\\ty"}'],
    ['\uFEFF{}', '{}'],
  ] as const) {
    const { diagnostics } = parseDocument(json(text));
    const edits = diagnostics.flatMap(({ fixes }) => fixes ?? []).flatMap((fix) => fix.edits);
    expect(applyEdits(text, edits)).toBe(mended);
  }
});
