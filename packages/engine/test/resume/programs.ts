import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { build as Build } from 'esbuild';

/** The programs under test, bundled from today's source. */
export interface Programs {
  readonly engine: string;
  readonly launcher: string;
  /** Stands still where LAUNCHER_FAULT says. */
  readonly faultyLauncher: string;
}

/**
 * Bundles the engine and the launchers into a folder; `root` is that of the engine's package, `build`
 * esbuild's function.
 */
export async function bundlePrograms(root: string, folder: string, build: typeof Build): Promise<Programs> {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  await build({
    entryPoints: {
      engine: join(root, 'test/resume/fixtures/engine.ts'),
      launcher: join(root, 'src/launcher/main.ts'),
      faultyLauncher: join(root, 'test/resume/fixtures/launcher.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    alias: { '@executioner/core': join(root, '../core/src/index.ts') },
    define: { __PACKAGE_VERSION__: '"0.0.0"' },
    external: ['koffi', 'libsql', 'yargs', 'nodemailer', 'winston'],
    banner: {
      js: "import { createRequire as requireMaker } from 'node:module'; const require = requireMaker(import.meta.url);",
    },
    logLevel: 'error',
  });
  const path = (name: string) => join(folder, `${name}.mjs`);
  return { engine: path('engine'), launcher: path('launcher'), faultyLauncher: path('faultyLauncher') };
}
