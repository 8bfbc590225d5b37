/** A source of numbers that is the same for the same seed. */
export interface Random {
  /** An integer in [0, limit). */
  below(limit: number): number;
  pick<T>(items: readonly T[]): T;
}

/** mulberry32 (Tommy Ettinger, 2017): 32 bits of state, good enough to choose mutations. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, pick: (items) => items[below(items.length)] as (typeof items)[number] };
}

/** Tokens that mean something in JSON, in JSON with comments, or in YAML, and some that should not be there. */
const tokens = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    "'",
    '\\',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '  ',
    '// x\n',
    '/*',
    '*/',
    '#',
    ' # x\n',
  ],
  ...[
    '- ',
    '? ',
    ': ',
    '&a ',
    '*a',
    '!!str ',
    '|\n',
    '>-\n',
    '|2+\n',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '<<: ',
    '@',
    '`',
  ],
  ...[
    'null',
    'true',
    'True',
    'NaN',
    '-0',
    '1e999',
    '0x1F',
    '0o17',
    '.inf',
    '12345678901234567890',
    '~',
    '""',
    "''",
  ],
  ...[
    '"id": ',
    '"__proto__": ',
    'id: ',
    '{"job": "a"}',
    '\u0000',
    '\uFEFF',
    '\uFFFD',
    '\u2028',
    '\uD800',
    '😀',
    '\u00A0',
  ],
];

/**
 * A damaged copy of `text`: one to four characters, tokens or lines are deleted, doubled, moved, replaced or
 * inserted, or the text is cut off. The same random state gives the same text.
 */
export function mutate(text: string, random: Random): string {
  let result = text;
  for (let count = 1 + random.below(4); count > 0; count--) result = mutateOnce(result, random);
  return result;
}

function mutateOnce(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const length = 1 + random.below(random.pick([1, 4, 40]));
  const part = text.slice(at, at + length);
  switch (random.below(10)) {
    case 0:
      return splice(text, at, length, '');
    case 1:
      return splice(text, at, 0, part);
    case 2:
      return splice(text, random.below(text.length + 1), 0, part);
    case 3:
      return splice(text, at, 1, random.pick(tokens));
    case 4:
    case 5:
      return splice(text, at, 0, random.pick(tokens));
    case 6:
      return text.slice(0, at);
    case 7:
      return mutateToken(text, at, random);
    case 8:
      return mutateLine(text, at, random, '');
    default:
      return mutateLine(text, at, random, random.pick(['', ' ', '  ', '\t', '- ', '# ']));
  }
}

/** Replaces the next punctuation mark or word from `at` on by another token. */
function mutateToken(text: string, at: number, random: Random): string {
  const token = /[A-Za-z0-9_]+|[^\sA-Za-z0-9_]/g;
  token.lastIndex = at;
  const found = token.exec(text);
  return found === null ? text : splice(text, found.index, found[0].length, random.pick(tokens));
}

/** Deletes the line at `at` when `prefix` is empty, else writes the prefix before it. */
function mutateLine(text: string, at: number, random: Random, prefix: string): string {
  const start = text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
  const end = text.indexOf('\n', at) + 1 || text.length;
  if (prefix !== '') return splice(text, start, 0, prefix);
  return random.below(2) === 0
    ? splice(text, start, end - start, '')
    : splice(text, start, 0, text.slice(start, end));
}

function splice(text: string, at: number, length: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at + length);
}
