import { describe, expect, test } from '@jest/globals';
import { lineSerializer } from '../../src/journal/index.ts';
import { jobIds, sampleEvents } from './samples.ts';
import { schemaErrors } from './schemaErrors.ts';

const serialize = lineSerializer({ run: 12, attempt: 1, jobIds });

describe('the published schema', () => {
  test.each(sampleEvents.map((event) => [event.type, event] as const))('knows %s', (_, event) => {
    expect(schemaErrors(JSON.parse(serialize(event, 1, 0)))).toEqual([]);
  });

  test.each([
    ['a field is missing', { try: undefined }],
    ['a field is of another type', { job: 3 }],
    ['a field is unknown', { colour: 'red' }],
    ['the type is unknown', { type: 'job.teleported' }],
    ['the version is another', { v: 2 }],
  ])('refuses a line when %s', (_, change) => {
    const line = JSON.parse(serialize({ type: 'job.due', m: 0, job: 0, round: 1, try: 1 }, 1, 0)) as object;
    expect(schemaErrors(line)).toEqual([]);
    expect(schemaErrors(JSON.parse(JSON.stringify({ ...line, ...change })))).not.toEqual([]);
  });
});
