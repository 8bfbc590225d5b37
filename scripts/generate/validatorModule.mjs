import { fileURLToPath } from 'node:url';
import Ajv, { _ } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { mapChildren, mapSchema, ownAnnotations } from './readSchema.mjs';

/** The schema compiled to a function, ajv's runtime helpers bundled in. */
export async function validatorModule(schema) {
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    inlineRefs: false,
    allowUnionTypes: true,
    code: { source: true, esm: true, optimize: 2 },
  });
  ajv.addKeyword(membersKeyword);
  const validate = ajv.compile(mapSchema(shareRepeated(mapSchema(schema, withoutAnnotations)), withMembers));
  const bundle = await build({
    stdin: {
      contents: collectInPlace(standaloneCode.default(ajv, validate)),
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2022',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'error',
  });
  const [code, exported] = bundle.outputFiles[0].text.split(/(?=export\{)/);
  const name = /(\w+) as default/.exec(exported)?.[1] ?? 'validate';
  return `// @ts-nocheck
// Made by scripts/generate.mjs from the schema beside it. Do not edit.
/** What one keyword of the schema has against a value. */
export interface ShapeError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

${code}
/** Whether the value fits the schema; if not, its \`errors\` say why until the next call. */
export const fitsSchema: { (value: unknown): boolean; errors?: readonly ShapeError[] | null } = ${name} as never;
`;
}

const annotations = new Set(['title', 'description', 'default', 'examples', 'deprecated', ...ownAnnotations]);

function withoutAnnotations(node) {
  return Object.fromEntries(Object.entries(node).filter(([key]) => !annotations.has(key)));
}

/** ajv copies all errors found so far at each reference: for 10,000 bad jobs that is seconds. */
function collectInPlace(code) {
  const copying = /vErrors = vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\)/g;
  if (!copying.test(code))
    throw new Error('Internal error: the code that ajv makes has changed; see collectInPlace.');
  const collect =
    'function collect(all, more) { if (all === null) return more; for (const error of more) all.push(error); return all; }';
  return `${code.replace(copying, 'vErrors = collect(vErrors, $1.errors)')}\n${collect}\n`;
}

/**
 * `properties` with `additionalProperties: false`, as one keyword: it goes through the keys that are there instead of
 * asking for each that might be. Jobs have five keys of forty, in ever new combinations, for which V8 has no fast
 * answer: that makes the validator three times as fast.
 */
const membersKeyword = {
  keyword: 'members',
  type: 'object',
  schemaType: 'object',
  error: { message: '', params: ({ params }) => _`{additionalProperty: ${params.key}}` },
  code(context) {
    const { gen, data, schema } = context;
    gen.forIn('key', data, (key) => {
      context.setParams({ key });
      Object.keys(schema).forEach((name, index) => {
        const isName = _`${key} === ${name}`;
        if (index === 0) gen.if(isName);
        else gen.elseIf(isName);
        context.subschema({ keyword: 'members', schemaProp: name, dataProp: name }, gen.name('valid'));
      });
      gen.elseIf(_`!${key}.startsWith("x_")`);
      context.error();
      gen.endIf();
    });
  },
};

function withMembers(node) {
  if (node.properties === undefined || node.additionalProperties !== false) return node;
  const { properties, additionalProperties: _additional, patternProperties: _patterns, ...rest } = node;
  return { ...rest, members: properties };
}

/** Moves what is written twice or more to `$defs`, so that it is compiled once. */
function shareRepeated(schema) {
  const counts = new Map();
  mapSchema(schema, (node) => {
    counts.set(JSON.stringify(node), (counts.get(JSON.stringify(node)) ?? 0) + 1);
    return node;
  });
  const names = new Map(
    [...counts]
      .filter(([text, count]) => count > 1 && text.length > 60)
      .map(([text], index) => [text, `shared${index}`]),
  );
  const refer = (node) => {
    const name = names.get(JSON.stringify(node));
    return name === undefined ? mapChildren(node, refer) : { $ref: `#/$defs/${name}` };
  };
  const shared = [...names].map(([text, name]) => [name, mapChildren(JSON.parse(text), refer)]);
  const root = mapChildren(schema, refer);
  return { ...root, $defs: { ...root.$defs, ...Object.fromEntries(shared) } };
}
