import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { emptyMatch, template } from '../../../src/textlogs/read/template.ts';

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

describe('templates of sentences', () => {
  test('find in bytes what a regular expression finds in text', () => {
    fc.assert(
      fc.property(messages, filling, ({ source, message }, around) => {
        const expected = expressionOf(source).exec(message);
        const match = emptyMatch();
        const before = Buffer.from(around);
        const bytes = Buffer.concat([before, Buffer.from(message), before]);
        const end = bytes.length - before.length;
        expect([source, message, template(source).match(match, bytes, before.length, end)]).toEqual([
          source,
          message,
          expected !== null,
        ]);
        if (expected === null) return;
        const kinds = [...source.matchAll(/\{(\w+)\}/g)].map(([, kind]) => kind!);
        let slot = 0;
        kinds.forEach((kind, index) => {
          const text = expected[index + 1]!;
          if (kind === 'job') expect(bytes.toString('utf8', match.jobStart, match.jobEnd)).toBe(text);
          else {
            if (kind === 'n' || kind === 'code') expect(match.numbers[slot]).toBe(Number(text));
            else if (kind === 'seconds') expect(match.numbers[slot]).toBe(Math.round(Number(text) * 1000));
            else expect(bytes.toString('utf8', match.starts[slot]!, match.ends[slot]!)).toBe(text);
            slot += 1;
          }
        });
      }),
      { numRuns: 5000 },
    );
  });

  test('with a known job mean no other one, whatever its id looks like', () => {
    const id = "a' completed: {x} (attempt 1/2)";
    const match = emptyMatch();
    const said = (text: string) => {
      const bytes = Buffer.from(text);
      const job = Buffer.from(id);
      return template('Job {job}: FAILED with exit code {code}').match(match, bytes, 0, bytes.length, job);
    };
    expect(said(`Job ${id}: FAILED with exit code -9`)).toBe(true);
    expect(match.numbers[0]).toBe(-9);
    expect(said(`Job ${id}2: FAILED with exit code 3`)).toBe(false);
    expect(said(`Job ${id}: FAILED with exit code 3 (SIGKILL)`)).toBe(false);
  });

  test('are refused with a field that there is not', () => {
    expect(() => template('Job {id} ended')).toThrow('{id}');
  });
});
