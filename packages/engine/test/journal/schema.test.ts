import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { lineSerializer } from '../../src/journal/index.ts';
import { jobIds, sampleEvents } from './samples.ts';

const published = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../schema/journal.schema.json', import.meta.url)), 'utf8'),
) as object;

/** The published schema lets later versions add fields; here a field that it does not know is a mistake. */
function strict(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strict);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, strict(value)]));
  return 'properties' in copy ? { ...copy, additionalProperties: false } : copy;
}

const ajv = new Ajv2020({ allErrors: true, discriminator: false });
const validate = ajv.compile(strict(published) as object);
const serialize = lineSerializer({ run: 12, attempt: 1, jobIds });

describe('the published schema', () => {
  test.each(sampleEvents.map((event) => [event.type, event] as const))('knows %s', (_, event) => {
    const isValid = validate(JSON.parse(serialize(event, 1, 0)));
    expect({ isValid, errors: isValid ? null : validate.errors }).toEqual({ isValid: true, errors: null });
  });

  test.each([
    ['a field is missing', { try: undefined }],
    ['a field is of another type', { job: 3 }],
    ['a field is unknown', { colour: 'red' }],
    ['the type is unknown', { type: 'job.teleported' }],
    ['the version is another', { v: 2 }],
  ])('refuses a line when %s', (_, change) => {
    const line = JSON.parse(serialize({ type: 'job.due', m: 0, job: 0, round: 1, try: 1 }, 1, 0)) as object;
    expect([validate(line), validate(JSON.parse(JSON.stringify({ ...line, ...change })))]).toEqual([
      true,
      false,
    ]);
  });
});
