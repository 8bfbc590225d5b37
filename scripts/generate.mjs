// Writes the files that are made from the schemas of the configuration, the journal and plans: what editors read, the
// compiled validator, the schema as data for messages, and the reference pages. `--check` writes nothing and fails when one is out of date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { editorSchema } from './generate/editorSchema.mjs';
import { journalFiles } from './generate/journal.mjs';
import { planFiles } from './generate/plan.mjs';
import { readSchema } from './generate/readSchema.mjs';
import { referencePage } from './generate/referencePage.mjs';
import { schemaModule } from './generate/schemaModule.mjs';
import { validatorModule } from './generate/validatorModule.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const schema = await readSchema(`${root}packages/core/src/config/schema/configuration.ts`);

const outputs = {
  'packages/core/schema/executioner.schema.json': editorSchema(schema),
  'packages/core/src/config/schema/schema.generated.ts': schemaModule(schema),
  'packages/core/src/config/schema/validator.generated.ts': await validatorModule(schema),
  'docs/configuration.md': referencePage(schema),
  ...(await journalFiles(root)),
  ...(await planFiles(root)),
};

const stale = Object.entries(outputs).filter(
  ([file, text]) => !existsSync(root + file) || readFileSync(root + file, 'utf8') !== text,
);
if (process.argv.includes('--check')) {
  for (const [file] of stale) console.error(`${file} is out of date: run "npm run generate".`);
  if (stale.length > 0) process.exitCode = 1;
} else {
  for (const [file, text] of stale) {
    mkdirSync(dirname(root + file), { recursive: true });
    writeFileSync(root + file, text);
    console.log(`wrote ${file}`);
  }
}
