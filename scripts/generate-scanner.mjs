// Compiles the scanner of text logs, which is written in AssemblyScript, into a module that holds its bytes, so that it can be used
// without reading files. `--check` writes nothing and fails when the module is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('../', import.meta.url));
const source = 'packages/engine/assembly/index.ts';
const target = 'packages/engine/src/textlogs/read/scanner.generated.ts';

let wasm;
const { error, stderr } = await asc.main(
  [
    source,
    '--baseDir',
    root,
    '--outFile',
    'scanner.wasm',
    '-O3',
    '--runtime',
    'stub',
    '--enable',
    'simd',
  ].concat(['--noAssert', '--use', 'abort=']),
  {
    writeFile(_, content) {
      wasm = content;
    },
  },
);
if (error !== null) throw new Error(`${source} cannot be compiled:\n${stderr.toString()}`, { cause: error });
const base64 = Buffer.from(wasm).toString('base64');
const text = `// Made by scripts/generate-scanner.mjs from packages/engine/assembly.\nexport const scannerModule: string = '${base64}';\n`;

const isFresh = existsSync(root + target) && readFileSync(root + target, 'utf8') === text;
if (process.argv.includes('--check')) {
  if (!isFresh) {
    console.error(`${target} is out of date: run "npm run generate".`);
    process.exitCode = 1;
  }
} else if (!isFresh) {
  writeFileSync(root + target, text);
  console.log(`wrote ${target}`);
}
