import { mapSchema } from './readSchema.mjs';

const forPeople = new Set(['title', 'description', 'default', 'defaultText', 'examples', 'unit']);

/** The schema as a module without dependencies: what messages need of it. */
export function schemaModule(schema) {
  const data = mapSchema(schema, (node) =>
    Object.fromEntries(Object.entries(node).filter(([key]) => !forPeople.has(key))),
  );
  return `// Made by scripts/generate.mjs from the schema beside it. Do not edit.
import type { SchemaNode } from './schemaNode.ts';

export const configurationSchema: SchemaNode = ${JSON.stringify(data)};
`;
}
