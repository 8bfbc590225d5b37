import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
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
  const validate = ajv.compile(shareRepeated(mapSchema(schema, withoutAnnotations)));
  const bundle = await build({
    stdin: {
      contents: standaloneCode.default(ajv, validate),
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
