import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';

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

const validate = new Ajv2020({ allErrors: true }).compile(strict(published) as object);

/** What the published schema has against a journal line; nothing when it is as it should be. */
export function schemaErrors(line: unknown): string[] {
  if (validate(line)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
