// Bundles the script of the HTML pages of `visualize` into a module, so that a page can be written without reading files.
// `--check` writes nothing and fails when the module is out of date. Needs a build of core, engine and report.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const target = 'packages/visualize/src/formats/pageScript.generated.ts';

const { outputFiles } = await build({
  entryPoints: [`${root}packages/visualize/src/page/main.ts`],
  bundle: true,
  write: false,
  format: 'esm',
  // What needs Node is in the same packages, is not used by the page, and must be gone from the bundle.
  external: ['node:*', ...builtinModules],
  platform: 'browser',
  target: 'es2022',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
});
const code = `(()=>{${outputFiles[0].text.trim()}})();`;
if (/\b(import|require)\s*[({"']/.test(code))
  throw new Error('the script of the page would import something');
const text = `// Made by scripts/generate-page.mjs from src/page.\nexport const pageScript: string = ${JSON.stringify(code)};\n`;

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
