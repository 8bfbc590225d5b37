import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Scanner } from '../../../src/textlogs/read/scanner.ts';
import * as column from '../../../src/textlogs/read/scannerColumn.ts';
import { compileTemplates } from '../../../src/textlogs/read/template.ts';

/** What a template means, as a regular expression: the plain way, which the matcher of bytes must agree with. */
function expressionOf(source: string): RegExp {
  const isOpen = /\{text\}$/.test(source);
  const meanings: Readonly<Record<string, string>> = {
    job: isOpen ? '([^]+?)' : '([^]+)',
    n: '(\\d+)',
    code: '(-?\\d+)',
    seconds: '(\\d+|\\d+\\.\\d*|\\.\\d+)',
    word: '(\\w+)',
    token: '([^ \\t]+)',
    name: '([^]+)',
    text: '([^]*)',
  };
  const parts = source.split(/\{(\w+)\}/);
  const pattern = parts.map((part, index) =>
    index % 2 === 1 ? meanings[part]! : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  );
  return new RegExp(`^${pattern.join('')}$`);
}

const sources = [
  "Starting job '{job}'",
  'Running job: {job} Command: {text}',
  "Job '{job}' completed successfully in {seconds} seconds",
  'Will retry job {job} in {seconds} seconds (attempt {n}/{n})',
  'Retry attempt {n}/{n} for job {job}',
  'Job {job} failed after {n} attempts.',
  "Job {job} failed with status '{word}' and exit code {code}. No retry conditions met.",
  'Job {job} timed out after {seconds} seconds{text}',
  'Received {token}. Stopping {text}',
  'Skipping job with status {token}: {job}',
  'Updated run summary for run ID: {n} with status: {token}',
  'Pre-check passed: {name}',
] as const;

const words = [
  '12',
  '-3',
  '0.25',
  'a',
  'load_1',
  "it's",
  ' ',
  '. ',
  '/',
  '(',
  ')',
  ': ',
  'größer',
  'FAILED',
  '.',
];
const filling = fc.array(fc.constantFrom(...words), { maxLength: 3 }).map((parts) => parts.join(''));

/** Messages that are sentences of a template, or nearly so. */
const messages = fc
  .tuple(fc.constantFrom(...sources), fc.array(filling, { minLength: 6, maxLength: 6 }), fc.nat(3), filling)
  .map(([source, fillings, cut, noise]) => {
    let index = 0;
    const message = source.replace(/\{\w+\}/g, () => fillings[index++]!);
    return { source, message: cut === 0 ? message + noise : cut === 1 ? noise + message : message };
  });

/** A scanner that knows each of the sources as the only sentence of a table. */
const scanner = new Scanner(compileTemplates(sources.map((source) => [source])));

/** What was found last: a number, or the place of a text. */
function fieldOf(slot: number): { readonly number: number; readonly text: string } {
  const at = scanner.foundRecord * column.ints;
  const [start, end] = [column.fieldStarts, column.fieldEnds].map(
    (first) => scanner.ints[at + first + slot]!,
  );
  return {
    number: scanner.numbers[scanner.foundRecord * column.numbers + column.fieldNumbers + slot]!,
    text: scanner.bytes.toString('utf8', start, end),
  };
}

function jobFound(): string {
  const at = scanner.foundRecord * column.ints;
  return scanner.bytes.toString(
    'utf8',
    scanner.ints[at + column.jobStart]!,
    scanner.ints[at + column.jobEnd]!,
  );
}

describe('templates of sentences', () => {
  test('find in bytes what a regular expression finds in text', () => {
    fc.assert(
      fc.property(messages, filling, ({ source, message }, around) => {
        const expected = expressionOf(source).exec(message);
        const before = Buffer.from(around);
        const bytes = Buffer.concat([before, Buffer.from(message), before]);
        scanner.take(bytes);
        const found = scanner.find(sources.indexOf(source), before.length, bytes.length - before.length);
        expect([source, message, found]).toEqual([source, message, expected === null ? -1 : 0]);
        if (expected === null) return;
        const kinds = [...source.matchAll(/\{(\w+)\}/g)].map(([, kind]) => kind!);
        let slot = 0;
        kinds.forEach((kind, index) => {
          const text = expected[index + 1]!;
          if (kind === 'job') expect(jobFound()).toBe(text);
          else {
            const field = fieldOf(slot);
            if (kind === 'n' || kind === 'code') expect(field.number).toBe(Number(text));
            else if (kind === 'seconds') expect(field.number).toBe(Math.round(Number(text) * 1000));
            else expect(field.text).toBe(text);
            slot += 1;
          }
        });
      }),
      { numRuns: 5000 },
    );
  });

  test('of a table give the number of the first that matches', () => {
    const table = new Scanner(compileTemplates([[], ['Job {job} ended.', 'Jobs: {n}', 'Job {text}']]));
    const find = (text: string) => table.find(1, 0, table.take(Buffer.from(text)) - 1);
    expect(['Job a ended.', 'Jobs: 12', 'Jobs: x', 'Job ended', 'job', ''].map(find)).toEqual([
      0, 1, -1, 2, -1, -1,
    ]);
  });

  test('with a known job mean no other one, whatever its id looks like', () => {
    const table = new Scanner(compileTemplates([['Job {job}: FAILED with exit code {code}']]));
    const id = Buffer.from("a' completed: {x} (attempt 1/2)");
    table.setJob(id);
    const said = (text: string) => table.find(0, 0, table.take(Buffer.from(text)) - 1, id.length);
    expect(said(`Job ${id}: FAILED with exit code -9`)).toBe(0);
    expect(table.numbers[table.foundRecord * column.numbers + column.fieldNumbers]).toBe(-9);
    expect(said(`Job ${id}2: FAILED with exit code 3`)).toBe(-1);
    expect(said(`Job ${id}: FAILED with exit code 3 (SIGKILL)`)).toBe(-1);
    expect(table.setJob(Buffer.alloc(1 << 14))).toBe(false);
  });

  test('are refused with a field that there is not', () => {
    expect(() => compileTemplates([['Job {id} ended']])).toThrow('{id}');
  });
});
