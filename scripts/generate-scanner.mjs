// Compiles what reads every byte of a log (the scanner of text logs, and the masker of lines that are grouped into patterns) from
// AssemblyScript into modules that can be used without reading files: one with WebAssembly, and one with the same as JavaScript, for
// where there is no WebAssembly to be had. `--check` writes nothing and fails when a module is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import binaryen from 'binaryen';
import { transform } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What is compiled: the folder of its sources, where the modules go, and how they are named. */
const modules = [
  { sources: 'packages/engine/assembly', folder: 'packages/engine/src/textlogs/read', name: 'scanner' },
  { sources: 'packages/logs/assembly', folder: 'packages/logs/src/patterns/masking', name: 'masker' },
];

for (const { sources, folder, name } of modules) {
  const note = `// Made by scripts/generate-scanner.mjs from ${sources}.\n`;
  const source = `${sources}/index.ts`;
  const wasm = await compiled(source, ['--enable', 'simd']);
  keep(
    `${folder}/${name}.generated.ts`,
    `${note}export const ${name}Module: string = '${Buffer.from(wasm).toString('base64')}';\n`,
  );
  const plain = await compiled(
    source,
    ['bulk-memory', 'sign-extension', 'nontrapping-f2i'].flatMap((feature) => ['--disable', feature]),
  );
  keep(
    `${folder}/${name}Script.generated.ts`,
    `${note}// @ts-nocheck\nexport function ${name}Script(imports: unknown): unknown {\n${await scriptOf(plain)}}\n`,
  );
}

async function compiled(source, features) {
  let binary;
  const options = ['--outFile', 'module.wasm', '-O3', '--runtime', 'stub', '--noAssert', '--use', 'abort='];
  const { error, stderr } = await asc.main([source, '--baseDir', root, ...options, ...features], {
    writeFile(_, content) {
      binary = content;
    },
  });
  if (error !== null)
    throw new Error(`${source} cannot be compiled:\n${stderr.toString()}`, { cause: error });
  return binary;
}

/** The body of a function that returns what an instance of the module exports. */
async function scriptOf(binary) {
  const module = binaryen.readBinary(binary);
  module.setFeatures(binaryen.Features.MVP | binaryen.Features.MutableGlobals);
  const text = module.emitAsmjs();
  // A module that is given anything begins with an import.
  const start = text.startsWith('import ') ? text.indexOf('\n') + 1 : 0;
  const end = text.indexOf('var retasmFunc');
  if (end < 0) throw new Error('binaryen writes modules in another form');
  const { code } = await transform(
    `result = (() => {${text.slice(start, end)}return asmFunc(imports);})();`,
    {
      minifySyntax: true,
      minifyWhitespace: true,
    },
  );
  return `let ${code.trim()}\nreturn result;\n`;
}

function keep(target, text) {
  const isFresh = existsSync(root + target) && readFileSync(root + target, 'utf8') === text;
  if (isFresh) return;
  if (process.argv.includes('--check')) {
    console.error(`${target} is out of date: run "npm run generate".`);
    process.exitCode = 1;
    return;
  }
  writeFileSync(root + target, text);
  console.log(`wrote ${target}`);
}
