import { readFileSync } from 'node:fs';
import { readModule, words } from './publishedSchema.mjs';

/**
 * The files that are made from the schemas of the journal's events: the published JSON Schema, and the table of
 * events inside docs/journal.md.
 */
export async function journalFiles(root) {
  const { eventSchemas, journalSchema } = await readModule(`${root}packages/engine/src/journal/schema.ts`);
  const page = readFileSync(`${root}docs/journal.md`, 'utf8');
  return {
    'packages/engine/schema/journal.schema.json': `${JSON.stringify(words(journalSchema()), undefined, 2)}\n`,
    'docs/journal.md': withTables(page, words(JSON.parse(JSON.stringify(eventSchemas)))),
  };
}

function withTables(page, eventSchemas) {
  const [before, , after] = page.split(/<!-- (?:events begin|events end)[^>]*-->\n/);
  const begin =
    '<!-- events begin: made by "npm run generate" from packages/engine/src/journal/schema.ts -->\n';
  return `${before}${begin}\n${tables(eventSchemas)}\n<!-- events end -->\n${after}`;
}

function tables(eventSchemas) {
  const schemas = Object.values(eventSchemas);
  const [runEvent] = schemas;
  const jobEvent = schemas.find(({ properties }) => 'round' in properties);
  const envelope = ['v', 'seq', 't', 'm', 'run', 'attempt', 'type'];
  const ofJob = ['job', 'round', 'try'];
  const common = {
    ...runEvent.properties,
    type: { type: 'string', description: 'The type of event, see below.' },
  };
  const section = (title, fields) => `### ${title}\n\n${fields}\n`;
  return [
    section('Every line', table(common, envelope, runEvent.required)),
    section('Every event of a job', table(jobEvent.properties, ofJob, jobEvent.required)),
    section('The types', typeTable(eventSchemas, [...envelope, ...ofJob])),
  ].join('\n');
}

function table(properties, names, required) {
  const rows = names.map(
    (name) =>
      `| \`${name}\` | ${kind(properties[name])} | ${note(properties[name], required.includes(name))} |`,
  );
  return ['| field | type | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function typeTable(eventSchemas, common) {
  const rows = Object.entries(eventSchemas).map(([type, { description, properties, required }]) => {
    const isOfJob = 'round' in properties;
    const own = Object.entries(properties).filter(
      ([name]) => !common.includes(name) || (name === 'job' && !isOfJob),
    );
    const fields = own.map(
      ([name, property]) => `\`${name}\` (${kind(property)}): ${note(property, required.includes(name))}`,
    );
    return `| \`${type}\` | ${description} | ${fields.join('<br>')} |`;
  });
  return ['| type | what happened | its own fields |', '| --- | --- | --- |', ...rows].join('\n');
}

function kind({ type, properties, items, enum: words, const: word }) {
  if (words !== undefined) return words.map((each) => `\`${each}\``).join(', ');
  if (word !== undefined) return `\`${word}\``;
  if (type === 'array') return `list of ${items.type}s`;
  if (properties !== undefined)
    return `object with ${Object.keys(properties)
      .map((name) => `\`${name}\``)
      .join(', ')}`;
  return type;
}

function note({ description = '' }, isRequired) {
  return isRequired ? description : `${description} Optional.`;
}
