// Writes docs/commands.md from the flag tables of all commands. `--check` writes nothing and fails when it is stale.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const file = 'docs/commands.md';
const page = await commandsPage();

if (process.argv.includes('--check')) {
  if (readFileSync(root + file, 'utf8') !== page) {
    console.error(`${file} is out of date: run "node scripts/generate-commands.mjs".`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(root + file, page);
  console.log(`wrote ${file}`);
}

/** The page, from the sources: nothing needs to be built. Split, so that only the tables are loaded. */
async function commandsPage() {
  const outdir = mkdtempSync(join(tmpdir(), 'executioner-commands-'));
  try {
    await build({
      entryPoints: [`${root}packages/cli/src/commandsPage.ts`],
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      format: 'esm',
      external: ['koffi', 'libsql', '@resvg/resvg-js', 'pdfkit', 'dejavu-fonts-ttf'],
      define: { __PACKAGE_VERSION__: '"0.0.0"' },
      alias: Object.fromEntries(
        ['core', 'engine', 'report', 'logs', 'validate', 'visualize'].map((name) => [
          `@executioner/${name}`,
          `${root}packages/${name}/src/index.ts`,
        ]),
      ),
      // Bundled CommonJS packages still call require() for Node's own modules.
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
      logLevel: 'error',
    });
    const module = await import(pathToFileURL(join(outdir, 'commandsPage.mjs')).href);
    return await module.commandsPage();
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
