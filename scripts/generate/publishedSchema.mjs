import { build } from 'esbuild';

/** A module of TypeScript, with all it imports. */
export async function readModule(file) {
  const bundle = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const source = Buffer.from(bundle.outputFiles[0].text).toString('base64');
  return import(`data:text/javascript;base64,${source}`);
}

/** Unions of words become `enum`, and records without a key pattern plain objects. */
export function words(node) {
  if (Array.isArray(node)) return node.map(words);
  if (typeof node !== 'object' || node === null) return node;
  const { anyOf, patternProperties, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, words(value)]),
  );
  if (anyOf === undefined) return rest;
  if (anyOf.every((branch) => 'const' in branch))
    return { ...rest, type: anyOf[0].type, enum: anyOf.map((branch) => branch.const) };
  return { ...rest, anyOf };
}
