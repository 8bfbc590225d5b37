import { mapSchema, ownAnnotations } from './readSchema.mjs';

/** The schema for editors: draft-07, which all of them know, without our own annotations. */
export function editorSchema(schema) {
  const { $defs, ...root } = mapSchema(schema, forEditors);
  const published = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://unpkg.com/@executioner/core/schema/executioner.schema.json',
    ...root,
    $defs: { ...$defs, job: { ...$defs.job, anyOf: [{ required: ['command'] }, { required: ['extends'] }] } },
  };
  return `${JSON.stringify(published, null, 2)}\n`;
}

function forEditors(node) {
  const { description, deprecated, unit, defaultText, since } = node;
  const notes = [
    description,
    unit && `In ${unit}${node.anyOf ? ', or text with units' : ''}.`,
    defaultText && `Default: ${defaultText}.`,
    since && 'Since version 2.',
  ].filter(Boolean);
  return {
    ...Object.fromEntries(Object.entries(node).filter(([key]) => !ownAnnotations.includes(key))),
    ...(notes.length > 0 && { description: notes.join(' ') }),
    ...(deprecated && { deprecationMessage: description }),
  };
}
