import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { parseDocument } from 'yaml';
import { readFastYaml } from '../../../src/document/fastYaml/index.ts';
import { parseFullYaml } from '../../../src/document/yaml/parseFullYaml.ts';
import { corpusTexts, hasCorpus } from '../../support/corpus.ts';
import { createRandom, mutate, type Random } from '../../support/mutate.ts';
import { randomMap, randomYaml } from '../../support/randomYaml.ts';

const limits = { maximumLength: 2 ** 28, maximumDepth: 256 };

/** "not sure", or "equal" to the yaml package in value and places; throws a description of any difference. */
function compare(text: string): 'not sure' | 'equal' {
  const fast = readFastYaml(text);
  if (fast === undefined) return 'not sure';
  const full = parseFullYaml(text, limits);
  const difference =
    full.tree === undefined || full.problems.length > 0
      ? `the yaml package refuses it: ${full.problems[0]?.message}`
      : !isDeepStrictEqual(fast.value, full.value)
        ? `${JSON.stringify(fast.value)} is not ${JSON.stringify(full.value)}`
        : !isDeepStrictEqual(fast.tree(), full.tree())
          ? `${JSON.stringify(fast.tree())} is not ${JSON.stringify(full.tree())}`
          : undefined;
  if (difference !== undefined) throw new Error(`${JSON.stringify(text)}: ${difference}`);
  return 'equal';
}

/** How many of `count` texts are read; the text of a failure names its seed. */
function countEqual(count: number, textOf: (random: Random) => string): number {
  let equal = 0;
  for (let seed = 0; seed < count; seed++) if (compare(textOf(createRandom(seed))) === 'equal') equal++;
  return equal;
}

describe('what is read', () => {
  const cases: readonly (readonly [string, string, unknown])[] = [
    ['a map', 'a: 1\nb: two\n', { a: 1, b: 'two' }],
    ['lists in the column of their key, and deeper', 'a:\n- 1\n- 2\nb:\n  - x\n', { a: [1, 2], b: ['x'] }],
    ['compact maps and lists in lists', '- a: 1\n  b: 2\n- - x\n  - y\n', [{ a: 1, b: 2 }, ['x', 'y']]],
    ['values that are left out', 'a:\nb: \n\n# c\nd:\n', { a: null, b: null, d: null }],
    [
      'brackets over lines',
      'a: [1, "x, y",\n  {b: c, "d":e}, # note\n]\n',
      { a: [1, 'x, y', { b: 'c', d: 'e' }] },
    ],
    ['a document that is JSON', '{"a": [true, null, -1.5e3]}', { a: [true, null, -1500] }],
    ['folded plain scalars', 'a: one\n  two\n\n  three # c\n', { a: 'one two\nthree' }],
    ['quoted scalars', "a: \"x\\ty\\u0041 \\\n  z\"\nb: 'it''s\n  b'\n", { a: 'x\tyA z', b: "it's b" }],
    [
      'literal scalars',
      'a: |\n  x\n   y\n\n  z\nb: |-\n  x\nc: |+\n  x\n\n',
      { a: 'x\n y\n\nz\n', b: 'x', c: 'x\n\n' },
    ],
    ['folded scalars', 'a: >\n  x\n  y\n\n  z\n    more\n  end\n', { a: 'x y\nz\n  more\nend\n' }],
    [
      'words of the core schema',
      '[~, Null, TRUE, yes, 0o17, 0x1F, +1, 1., .5, 1_000]',
      [...[null, null, true, 'yes', 15, 31, 1, 1, 0.5, '1_000']],
    ],
    ['text that looks like more than it is', 'a: x - y:z', { a: 'x - y:z' }],
    ['line ends of Windows', 'a: |\r\n  x\r\n  y\r\nb: "c\r\n  d"\r\n', { a: 'x\ny\n', b: 'c d' }],
    ['a marker and a byte-order mark', '\uFEFF# c\n---\na: 1\n', { a: 1 }],
  ];
  test.each(cases)('%s', (_, text, value) => {
    expect(readFastYaml(text)?.value).toEqual(value);
    expect(compare(text)).toBe('equal');
  });
});

describe('what is left to the yaml package', () => {
  test.each([
    ['anchors and aliases', 'a: &x 1\nb: *x\n'],
    ['tags', 'a: !!str 1\n'],
    ['merges', 'a:\n  <<: {b: 1}\n'],
    ['complex keys', '? a\n: b\n'],
    ['duplicate keys', 'a: 1\na: 2\n'],
    ['the prototype', '__proto__: 1\n'],
    ['several documents', 'a: 1\n---\nb: 2\n'],
    ['directives', '%YAML 1.2\n---\na: 1\n'],
    ['tabs between tokens', 'a:\t1\n'],
    ['explicit indentation', 'a: |2\n    x\n'],
    ['nothing', '# c\n'],
    ['deep nesting', '['.repeat(1000) + ']'.repeat(1000)],
    ['an error', 'a: b: c\n'],
    ['a scalar behind a comment line', 'a:\n# c\n  text\nb: 1\n'],
  ])('%s', (_, text) => {
    expect(readFastYaml(text)).toBeUndefined();
  });
});

describe('equal to the yaml package, or not sure', () => {
  test('on what its writer writes', () => {
    const equal = countEqual(1500, (random) => randomYaml(random, randomMap(random, 4)));
    expect(equal).toBeGreaterThan(1000);
  });

  test('on damaged texts of its writer', () => {
    const equal = countEqual(3000, (random) => mutate(randomYaml(random, randomMap(random, 3)), random));
    expect(equal).toBeGreaterThan(500);
  });

  test('on heaps of tokens', () => {
    const equal = countEqual(20_000, (random) => {
      const count = 1 + random.below(12);
      return (
        (random.below(2) === 0 ? 'key: ' : '') +
        Array.from({ length: count }, () => random.pick(heap)).join('')
      );
    });
    expect(equal).toBeGreaterThan(2000);
  });
});

const heap = [
  ...[
    'a',
    'b',
    'key',
    ': ',
    ': ',
    ':',
    '\n',
    '\n',
    '\n  ',
    '\n  ',
    '\n    ',
    '\n ',
    '- ',
    '- ',
    '-',
    '[',
    ']',
    '{',
    '}',
  ],
  ...[
    ', ',
    ',',
    '"',
    '"',
    "'",
    "'",
    '#',
    ' # c',
    '\n# c\n',
    '|\n',
    '>\n',
    '|-\n',
    '|+\n',
    '>-\n',
    '>+\n',
    ' ',
    '  ',
  ],
  ...[
    '\n\n',
    '\r\n',
    '1',
    '0x1f',
    '-0',
    '.5',
    '1e3',
    'true',
    'null',
    '~',
    '\\n',
    '\\',
    '\\\n',
    '---\n',
    '...\n',
    '?',
    '!',
  ],
  ...[
    '&a ',
    '*a',
    '%',
    '@',
    '<<: ',
    '\t',
    'é',
    'key: ',
    'a: ',
    'b: ',
    'c:',
    '"k": ',
    '\n- ',
    '\n  - ',
    '- - ',
    'x y',
  ],
  ...[
    "''",
    '\\u0041',
    '__proto__: ',
    'constructor: ',
    '"a"',
    "'b'",
    '[a, b]',
    '{a: b}',
    'key: |\n  text\n',
    '\n  more',
  ],
];

(hasCorpus ? describe : describe.skip)('real files of CI systems', () => {
  const texts = corpusTexts('ci', /\.ya?ml$/);

  test('are read, all but those with anchors, several documents or errors', () => {
    const left = texts.filter(({ text }) => compare(text) === 'not sure');
    expect(texts.length).toBeGreaterThan(200);
    expect(left.length / texts.length).toBeLessThan(0.2);
  });

  test('and, damaged, still equal', () => {
    const short = texts.filter(({ text }) => text.length < 2500);
    const equal = countEqual(3000, (random) => mutate(random.pick(short).text, random));
    expect(equal).toBeGreaterThan(500);
  });
});

describe('the full reader, which the comparison rests on', () => {
  /** The package's own way to plain data, with its guard against many aliases off. */
  function plain(text: string): unknown {
    const options = {
      version: '1.2',
      merge: true,
      stringKeys: true,
      resolveKnownTags: false,
      logLevel: 'error',
    } as const;
    return parseDocument(text, options).toJS({ maxAliasCount: -1 });
  }

  test('says what the package says, with aliases and merges', () => {
    const texts = [
      'a: &a {x: 1, y: [1]}\nb:\n  y: 2\n  <<: *a\n  z: 3\nc: [*a, *a]\n',
      'a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc:\n  <<: [*a, *b]\nd:\n  <<: [*b, {z: 1}]\n  x: 0\n',
      '&k key: &v value\nother: *v\nlist: [&n null, *n, *k]\n',
      'a: &a\nb: *a\n"<<": text\n__proto__: {x: 1}\n',
    ];
    for (const text of texts) expect(parseFullYaml(text, limits).value).toEqual(plain(text));
  });

  (hasCorpus ? test : test.skip)('says what the package says of real files', () => {
    let compared = 0;
    for (const { text } of corpusTexts('ci', /\.ya?ml$/)) {
      const full = parseFullYaml(text, limits);
      if (full.tree === undefined) continue;
      expect(full.value).toEqual(plain(text));
      compared++;
    }
    expect(compared).toBeGreaterThan(180);
  });
});
