import { describe, expect, test } from '@jest/globals';
import { type DocumentPath, type ParsedDocument, parseDocument } from '../../src/document/index.ts';
import { isSameData, withItem, withoutValue, withValue } from '../../src/edit/dataEdit.ts';
import {
  applyEdits,
  type EditResult,
  insertItem,
  removeValue,
  reorderJobs,
  setValue,
} from '../../src/edit/index.ts';
import { createRandom, type Random } from '../support/mutate.ts';
import { randomMap, randomValue, randomYaml } from '../support/randomYaml.ts';

interface Change {
  readonly result: EditResult;
  readonly intended: unknown;
  /** The offsets of what goes away. */
  readonly gone: readonly [number, number];
}

/** A document with comments sprinkled over it, in a random style of its format. */
function randomDocument(
  random: Random,
  format: 'jsonc' | 'yaml',
  value: unknown,
): ParsedDocument | undefined {
  const isYaml = format === 'yaml';
  const file = isYaml ? 'w.yaml' : 'w.jsonc';
  let text = isYaml ? randomYaml(random, value) : JSON.stringify(value, null, random.pick([2, 4, '\t', 0]));
  for (let count = 0; count < 4; count++) {
    const commented = withComment(random, text, `${isYaml ? '#' : '//'} comment ${count}`);
    if (isSameData(parseDocument({ file, text: commented }).document?.value, value)) text = commented;
  }
  if (random.below(4) === 0) text = text.trimEnd();
  const { document } = parseDocument({ file, text });
  return isSameData(document?.value, value) ? document : undefined;
}

function withComment(random: Random, text: string, comment: string): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  const at = random.below(lines.length + 1);
  return [...lines.slice(0, at), ' '.repeat(random.below(6)) + comment, ...lines.slice(at)].join(newline);
}

function pathsOf(value: unknown, path: DocumentPath): DocumentPath[] {
  if (typeof value !== 'object' || value === null) return [path];
  const steps = Array.isArray(value) ? value.keys() : Object.keys(value);
  return [
    path,
    ...[...steps].flatMap((step) => pathsOf((value as Record<string, unknown>)[step], [...path, step])),
  ];
}

function valueAt(root: unknown, path: DocumentPath): unknown {
  return path.reduce((value, step) => (value as Record<string | number, unknown>)[step], root);
}

function randomChange(random: Random, document: ParsedDocument): Change | undefined {
  const { value } = document;
  const path = random.pick(pathsOf(value, []));
  const current = valueAt(value, path);
  const added = randomValue(random, 2);
  const key = document.locate(path, 'key')?.start.offset ?? 0;
  const range = document.locate(path);
  const lineEnd = document.text.indexOf('\n', range?.end.offset ?? 0);
  const whole = [key, lineEnd === -1 ? document.text.length : lineEnd] as const;
  if (Array.isArray(current) && random.below(2) === 0) {
    const index = random.below(current.length + 1);
    const intended = withValue(value, path, withItem(current, index, added));
    return { result: insertItem(document, path, index, added), intended, gone: [0, 0] };
  }
  if (typeof current === 'object' && current !== null && !Array.isArray(current) && random.below(2) === 0) {
    const newPath = [...path, random.pick(['new', 'x: y', '7'])];
    if (Object.hasOwn(current, newPath.at(-1) as string)) return undefined;
    return {
      result: setValue(document, newPath, added),
      intended: withValue(value, newPath, added),
      gone: [0, 0],
    };
  }
  if (path.length === 0) return undefined;
  if (random.below(2) === 0) {
    return { result: removeValue(document, path), intended: withoutValue(value, path), gone: whole };
  }
  return { result: setValue(document, path, added), intended: withValue(value, path, added), gone: whole };
}

function check(document: ParsedDocument, { result, intended, gone }: Change): 'done' | 'refused' {
  if (!result.ok) return 'refused';
  const after = applyEdits(document.text, result.edits);
  const value = parseDocument({ file: document.file, text: after }).document?.value;
  const comments = [...document.text.matchAll(/(?:#|\/\/) comment \d/g)];
  const lost = comments.filter(
    ({ 0: text, index }) => !after.includes(text) && (index < gone[0] || index > gone[1]),
  );
  const keepsLineEnds = !/\r\n/.test(document.text) || !/(?<!\r)\n/.test(after);
  const keepsFinalBreak = document.text.endsWith('\n') === after.endsWith('\n');
  if (!isSameData(value, intended) || lost.length > 0 || !keepsLineEnds || !keepsFinalBreak) {
    throw new Error(
      `${JSON.stringify(document.text)} became ${JSON.stringify(after)}, lost ${lost.length} comments`,
    );
  }
  return 'done';
}

describe.each(['jsonc', 'yaml'] as const)('%s', (format) => {
  test('an edit changes the data as intended and keeps comments, line ends and the final line break', () => {
    const counts = { done: 0, refused: 0 };
    for (let seed = 0; seed < 1500; seed++) {
      const random = createRandom(seed);
      const document = randomDocument(random, format, { ...randomMap(random, 3), last: 1 });
      const change = document && randomChange(random, document);
      if (document !== undefined && change !== undefined) counts[check(document, change)]++;
    }
    expect(counts.done).toBeGreaterThan(500);
    expect(counts.refused).toBeLessThan(counts.done / 100);
  });

  test('jobs in any order', () => {
    const counts = { done: 0, refused: 0 };
    for (let seed = 0; seed < 150; seed++) {
      const random = createRandom(seed);
      const jobs = ['a', 'b', 'c', 'd'].map((id) => ({ id, command: random.pick(['x', 'x\ny\n', '# z']) }));
      const document = randomDocument(random, format, { jobs, last: 1 });
      if (document === undefined) continue;
      const order = [...jobs].sort(() => random.below(3) - 1);
      const result = reorderJobs(
        document,
        order.map(({ id }) => id),
      );
      counts[check(document, { result, intended: { jobs: order, last: 1 }, gone: [0, 0] })]++;
    }
    expect(counts.done).toBeGreaterThan(100);
    expect(counts.refused).toBeLessThan(3);
  });

  test('what is set to what it is stays byte for byte the same', () => {
    for (let seed = 0; seed < 150; seed++) {
      const random = createRandom(seed);
      const document = randomDocument(random, format, randomMap(random, 3));
      if (document === undefined) continue;
      const path = random.pick(pathsOf(document.value, []));
      expect(setValue(document, path, valueAt(document.value, path))).toEqual({ ok: true, edits: [] });
    }
  });
});
