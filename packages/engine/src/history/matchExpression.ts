const columns = {
  job: 'job',
  command: 'command',
  error: 'error',
  output: 'output',
  tag: 'tag',
  application: 'application',
  app: 'application',
} as const;

/** What may stand before a colon. */
export const fieldNames = Object.keys(columns) as readonly (keyof typeof columns)[];

/** Expressions of SQLite's FTS5. */
export interface MatchExpressions {
  /** What must occur; undefined: anything. */
  readonly wanted?: string;
  /** What must not. */
  readonly unwanted?: string;
}

const term = new RegExp(`(-)?(?:(${fieldNames.join('|')}):)?(?:"([^"]*)"?|([^\\s"]+))`, 'g');

/**
 * What a person types into a search, for FTS5. Words must all occur, each as the beginning of one (`sql` finds
 * `sqlplus`); `"in quotes"` words stand together; `-word` must not occur; `error:ORA` looks in one of the `fieldNames`.
 */
export function matchExpression(text: string): MatchExpressions {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  for (const [, minus, field, quoted, word] of text.matchAll(term)) {
    const content = quoted ?? word ?? '';
    // What has no letter or digit is no word to FTS5, and would match nothing.
    if (!/[\p{L}\p{N}]/u.test(content)) continue;
    const phrase = `"${content.replaceAll('"', '""')}"${quoted === undefined ? '*' : ''}`;
    const expression = field === undefined ? phrase : `${columns[field as keyof typeof columns]} : ${phrase}`;
    (minus === undefined ? wanted : unwanted).push(`(${expression})`);
  }
  return {
    ...(wanted.length === 0 ? {} : { wanted: wanted.join(' AND ') }),
    ...(unwanted.length === 0 ? {} : { unwanted: unwanted.join(' OR ') }),
  };
}

/** Words before a colon that look like a field and are none: `jobs` in `jobs:load`. */
export function unknownFields(text: string): string[] {
  return [...text.matchAll(/(?:^|\s)-?([a-z]+):(?=[^\s/])/gi)]
    .map(([, field = '']) => field)
    .filter((field) => !fieldNames.some((known) => known === field));
}
