import { stringify } from 'yaml';
import type { Random } from './mutate.ts';

const strings = [
  ...[
    'a',
    'hello world',
    'x: y',
    '# no',
    '- dash',
    '',
    'true',
    '12',
    ' lead',
    'trail ',
    "it's",
    'quote"s',
    'tab\there',
  ],
  ...[
    'multi\nline',
    'multi\nline\n',
    'tail\n\n',
    '\n',
    'a\n\n  b\nc',
    'a, b',
    '[x',
    '{y',
    'é',
    '😀',
    'null',
    '~',
    '0x1F',
  ],
  ...[
    'sqlplus /nolog @x.sql # as uii0',
    'echo "a: b" > c',
    '/opt/x/*.log',
    '*',
    '&a',
    '!x',
    '%',
    '@',
    '`',
    '1e3',
    '-',
  ],
  'a long line that the writer folds when it is told to write lines of at most forty characters or so',
];
const keys = [
  'id',
  'command',
  'env',
  'A',
  'key two',
  'x:y',
  '1',
  'deps',
  '"q"',
  '#k',
  'constructor',
  'a.b',
  'ключ',
  '',
];

/** Plain data of at most `depth` levels, with the strings and keys that are awkward to write. */
export function randomValue(random: Random, depth: number): unknown {
  switch (random.below(depth > 0 ? 7 : 4)) {
    case 0:
      return random.below(2000) - 1000;
    case 1:
      return random.pick([true, false, null, 1.5, 1e21, -0.25]);
    case 2:
    case 3:
      return random.pick(strings);
    case 4:
      return Array.from({ length: random.below(4) }, () => randomValue(random, depth - 1));
    default:
      return randomMap(random, depth);
  }
}

export function randomMap(random: Random, depth: number): Record<string, unknown> {
  const entries = Array.from({ length: random.below(5) }, () => [
    random.pick(keys),
    randomValue(random, depth - 1),
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** The value as YAML, in one of the many ways there are to write it. */
export function randomYaml(random: Random, value: unknown): string {
  const isFlow = random.below(6) === 0;
  const text = stringify(value, {
    lineWidth: random.pick([0, 40, 80]),
    indent: random.pick([2, 2, 3, 4]),
    indentSeq: random.below(2) === 0,
    collectionStyle: isFlow ? 'flow' : 'any',
    singleQuote: random.pick([null, true, false]),
    aliasDuplicateObjects: random.below(8) === 0,
    blockQuote: random.pick([true, false, 'literal', 'folded']),
    defaultStringType: random.pick([
      'PLAIN',
      'PLAIN',
      'QUOTE_DOUBLE',
      'QUOTE_SINGLE',
      'BLOCK_LITERAL',
      'BLOCK_FOLDED',
    ]),
    defaultKeyType: random.pick([null, 'PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE']),
    // Between brackets a value cannot be left out.
    nullStr: random.pick(['null', '~', isFlow ? 'NULL' : '', 'Null']),
  });
  const marked = random.below(6) === 0 ? `---\n${text}` : text;
  return random.below(5) === 0 ? marked.replaceAll('\n', '\r\n') : marked;
}
