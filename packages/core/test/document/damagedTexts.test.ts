import { describe, expect, test } from '@jest/globals';
import { type DocumentFormat, parseDocument } from '../../src/document/index.ts';
import { corpusTexts, hasCorpus } from '../support/corpus.ts';
import { createRandom, mutate } from '../support/mutate.ts';

const textsPerFormat = 5000;

/** What every answer must hold to, whatever the text: places inside the text, few and worded diagnostics. */
function check(file: string, text: string, format: DocumentFormat): 'read' | 'refused' {
  const { document, diagnostics } = parseDocument({ file, text, format });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const faults = diagnostics.filter(({ message, range, related = [], fixes = [] }) => {
    const ranges = [range, ...related.map((place) => place.range)];
    const edits = fixes.flatMap((fix) => fix.edits);
    return (
      message === '' ||
      ranges.some((place) => place === undefined || !isInside(text, place)) ||
      edits.some(({ start, end }) => start < 0 || end < start || end > text.length)
    );
  });
  const isBounded = diagnostics.length <= 100;
  const isAnswered = document !== undefined || errors.length > 0;
  if (faults.length > 0 || !isBounded || !isAnswered) {
    throw new Error(`${JSON.stringify(text)}: ${JSON.stringify(faults[0] ?? diagnostics.length)}`);
  }
  // Places of a readable document can be asked for, too.
  document?.locate([]);
  return document === undefined ? 'refused' : 'read';
}

function isInside(
  text: string,
  { start, end }: { start: { offset: number; line: number; column: number }; end: { offset: number } },
): boolean {
  const next = text.slice(0, start.offset + 1);
  const before = next.endsWith('\r\n') ? next.slice(0, -2) : text.slice(0, start.offset);
  const lines = before.split(/\r\n|\r|\n/);
  const line = lines.length;
  const column = start.offset - before.length + (lines.at(-1) ?? '').length + 1;
  return (
    start.offset <= end.offset && end.offset <= text.length && start.line === line && start.column === column
  );
}

(hasCorpus ? describe : describe.skip)(`${textsPerFormat} damaged texts each`, () => {
  const configurations = [
    ...corpusTexts('v1/configs', /\.json$/),
    ...corpusTexts('workflows/config', /^(?:hello|cut|tax).*\.json$/),
  ].map(({ text }) => text.slice(0, 4000));
  const workflows = corpusTexts('ci', /\.ya?ml$/)
    .map(({ text }) => text)
    .filter((text) => text.length < 3000);
  const commented = configurations.map((text) =>
    text.replaceAll(/,\n/g, ', // note\n').replaceAll(/\n\s*\]/g, ',\n/* end */ ]'),
  );

  test.each([
    ['json', 'w.json', configurations],
    ['jsonc', 'w.jsonc', commented],
    ['yaml', 'w.yaml', workflows],
  ] as const)('%s', (format, file, texts) => {
    const counts = { read: 0, refused: 0 };
    for (let seed = 0; seed < textsPerFormat; seed++) {
      const random = createRandom(seed);
      counts[check(file, mutate(random.pick(texts), random), format)]++;
    }
    expect(counts.read).toBeGreaterThan(textsPerFormat / 20);
    expect(counts.refused).toBeGreaterThan(textsPerFormat / 20);
  });
});

describe('texts made to be slow', () => {
  const length = 10_000;
  test.each([
    ...[
      '[',
      '{',
      ']',
      '"',
      "'",
      '\\',
      ',',
      ':',
      '/',
      '-',
      '?',
      '!',
      '&',
      '*',
      '|',
      '>',
      '#',
      '%',
      '@',
      ' ',
      '\t',
      '\n',
      '\r',
    ],
    ...[
      '{"a":',
      '[{',
      "{'a",
      '"\\',
      '/*',
      '- ',
      '? ',
      ': ',
      'a: ',
      '{a: ',
      '&a ',
      '- *a\n',
      '!x ',
      'a: b: c\n',
      'a: @\n',
    ],
    ...[
      'a: 1\n',
      '---\n',
      '#\n',
      'a: |\n \n',
      'a: "\n',
      '"a",',
      '<<: {}\n',
      'a\n',
      '\r\n',
      '" #',
      "' '",
      '\uFEFF',
      '\uD800',
    ],
  ])('%j, over and over', (part) => {
    const text = part.repeat(Math.floor(length / part.length));
    for (const format of ['json', 'jsonc', 'yaml'] as const) {
      check('w', text, format);
      check('w', `a: "x\n${text}`, format);
    }
  });
});
