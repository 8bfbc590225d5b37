import { build } from 'esbuild';

/** What our schema says beyond JSON Schema. */
export const ownAnnotations = ['expects', 'since', 'unit', 'defaultText', 'code', 'keyCode'];

/** The schema of the configuration as plain JSON, simplified: unions of words become `enum`. */
export async function readSchema(file) {
  const bundle = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const source = Buffer.from(bundle.outputFiles[0].text).toString('base64');
  const { configuration } = await import(`data:text/javascript;base64,${source}`);
  return simplify(JSON.parse(JSON.stringify(configuration)));
}

function simplify(node) {
  if (Array.isArray(node)) return node.map(simplify);
  if (typeof node !== 'object' || node === null) return node;
  const simple = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === 'default' || key === 'examples' ? value : simplify(value),
    ]),
  );
  const { anyOf, patternProperties, ...rest } = simple;
  if (anyOf?.every((branch) => 'const' in branch)) {
    return { ...rest, type: anyOf[0].type, enum: anyOf.map((branch) => branch.const) };
  }
  if (patternProperties?.['^.*$']) return { ...rest, additionalProperties: patternProperties['^.*$'] };
  return simple;
}

/** Every schema node from the leaves up to `node` itself, replaced by what `change` makes of it. */
export function mapSchema(node, change) {
  return change(mapChildren(node, (child) => mapSchema(child, change)));
}

/** `node` with each of the schemas directly inside it replaced by what `change` makes of it. */
export function mapChildren(node, change) {
  const inMap = (map) => Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
  const copy = { ...node };
  for (const key of ['properties', 'patternProperties', '$defs']) if (copy[key]) copy[key] = inMap(copy[key]);
  for (const key of ['items', 'additionalProperties'])
    if (typeof copy[key] === 'object') copy[key] = change(copy[key]);
  if (copy.anyOf) copy.anyOf = copy.anyOf.map(change);
  return copy;
}
