import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { builtInCheckNames } from '../../src/config/index.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8');
const editorSchema = JSON.parse(read('packages/core/schema/executioner.schema.json'));

test('the files made from the schema are fresh', () => {
  const check = spawnSync(process.execPath, ['scripts/generate.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ status: check.status, stderr: check.stderr }).toEqual({ status: 0, stderr: '' });
});

describe('the schema for editors', () => {
  const Ajv = createRequire(`${root}package.json`)('ajv').default;
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    keywords: ['deprecationMessage'],
    schemas: [editorSchema],
  });
  const validate = ajv.getSchema(editorSchema.$id);

  test.each(['ok/minimal-v1/workflow.json', 'ok/all-of-v1/workflow.json'])('accepts %s', (file) => {
    validate(JSON.parse(read(`packages/core/test/config/fixtures/${file}`)));
    expect(validate.errors).toBeNull();
  });

  test.each([
    [{ version: 3, jobs: [] }],
    [{ jobs: [{ id: 'a' }] }],
    [{ jobs: [{ id: 'a', command: 'x', comand: 'y' }] }],
    [{ jobs: [{ id: 'a', command: 'x', timeout: 'soon' }] }],
  ])('refuses %j', (value) => {
    expect(validate(value)).toBe(false);
  });

  test('every example and default in it fits its own key', () => {
    const misfits: string[] = [];
    const visit = (owner: { properties?: Record<string, object> }, pointer: string) => {
      for (const [key, property] of Object.entries(owner.properties ?? {})) {
        const { examples = [], default: standard } = property as { examples?: unknown[]; default?: unknown };
        const fits = ajv.getSchema(`${editorSchema.$id}#${pointer}/properties/${key}`);
        for (const example of standard === undefined ? examples : [...examples, standard]) {
          if (!fits(example)) misfits.push(`${pointer}/${key}: ${JSON.stringify(example)}`);
        }
      }
    };
    visit(editorSchema, '');
    for (const [name, node] of Object.entries(editorSchema.$defs)) visit(node as object, `/$defs/${name}`);
    expect(misfits).toEqual([]);
  });

  test('every key has a description', () => {
    const silent = [editorSchema, ...Object.values(editorSchema.$defs)].flatMap((node) =>
      Object.entries((node as { properties: Record<string, { description?: string }> }).properties)
        .filter(([, property]) => property.description === undefined)
        .map(([key]) => key),
    );
    expect(silent).toEqual([]);
  });
});

test('the known checks have distinct names', () => {
  expect(new Set(builtInCheckNames).size).toBe(builtInCheckNames.length);
});
