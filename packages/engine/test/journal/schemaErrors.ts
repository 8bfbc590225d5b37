import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { closedSchema } from '../schemas/closedSchema.ts';

const published = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../schema/journal.schema.json', import.meta.url)), 'utf8'),
) as object;

const validate = new Ajv2020({ allErrors: true }).compile(closedSchema(published) as object);

/** What the published schema has against a journal line; nothing when it is as it should be. */
export function schemaErrors(line: unknown): string[] {
  if (validate(line)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
