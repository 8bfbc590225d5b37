const fields: Readonly<Record<string, string>> = {
  job: 'job',
  command: 'command',
  error: 'error',
  output: 'output',
  tag: 'tag',
  application: 'application',
  app: 'application',
};

/**
 * What a person types into a search, as an expression of SQLite's FTS5. Words must all occur, each as the beginning of
 * one (`sql` finds `sqlplus`); `"in quotes"` words stand together; `-word` must not occur; `error:ORA` looks in one field
 * (job, command, error, output, tag, application). Undefined when there is nothing to look for.
 */
export function matchExpression(text: string): string | undefined {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  for (const [, minus, field, quoted, word] of text.matchAll(
    /(-)?(?:(job|command|error|output|tag|application|app):)?(?:"([^"]*)"?|([^\s"]+))/g,
  )) {
    const content = quoted ?? word ?? '';
    // What has no letter or digit is no word to FTS5, and would match nothing.
    if (!/[\p{L}\p{N}]/u.test(content)) continue;
    const phrase = `"${content.replaceAll('"', '""')}"${quoted === undefined ? '*' : ''}`;
    const term = field === undefined ? phrase : `${fields[field]} : ${phrase}`;
    (minus === undefined ? wanted : unwanted).push(term);
  }
  if (wanted.length === 0) return undefined;
  return [wanted.map((term) => `(${term})`).join(' AND '), ...unwanted.map((term) => `(${term})`)].join(
    ' NOT ',
  );
}
