// Compiles the scanner of text logs, which is written in AssemblyScript, into modules that can be used without reading files: one with
// its WebAssembly, and one with the same as JavaScript, for where there is no WebAssembly to be had. `--check` writes nothing
// and fails when a module is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import binaryen from 'binaryen';
import { transform } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const source = 'packages/engine/assembly/index.ts';
const folder = 'packages/engine/src/textlogs/read';
const note = '// Made by scripts/generate-scanner.mjs from packages/engine/assembly.\n';

const wasm = await compiled(['--enable', 'simd']);
keep(
  `${folder}/scanner.generated.ts`,
  `export const scannerModule: string = '${Buffer.from(wasm).toString('base64')}';\n`,
);

const plain = await compiled(
  ['bulk-memory', 'sign-extension', 'nontrapping-f2i'].flatMap((name) => ['--disable', name]),
);
keep(
  `${folder}/scannerScript.generated.ts`,
  `// @ts-nocheck\nexport function scannerScript(imports: unknown): unknown {\n${await scriptOf(plain)}}\n`,
);

async function compiled(features) {
  let binary;
  const options = ['--outFile', 'scanner.wasm', '-O3', '--runtime', 'stub', '--noAssert', '--use', 'abort='];
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
  const start = text.indexOf('\n') + 1;
  const end = text.indexOf('var retasmFunc');
  if (!text.startsWith('import ') || end < 0) throw new Error('binaryen writes modules in another form');
  const { code } = await transform(
    `result = (() => {${text.slice(start, end)}return asmFunc(imports);})();`,
    {
      minifySyntax: true,
      minifyWhitespace: true,
    },
  );
  return `let ${code.trim()}\nreturn result;\n`;
}

function keep(target, body) {
  const text = note + body;
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
