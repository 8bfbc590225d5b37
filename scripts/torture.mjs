// Kills engines by the thousand: npm run torture [-- --kills 1000] [--seed 1]. Exit code 1 when a promise was broken.
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
const kills = Number(values.kills ?? 1000);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const root = fileURLToPath(new URL('../packages/engine', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'executioner-torture-programs-'));

try {
  symlinkSync(join(root, '../../node_modules'), join(folder, 'node_modules'));
  const outfile = join(folder, 'killing.mjs');
  await build({
    entryPoints: [join(root, 'test/resume/killing.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'esm',
    alias: { '@executioner/core': join(root, '../core/src/index.ts') },
    external: ['koffi', 'libsql'],
    banner: {
      js: "import { createRequire as requireMaker } from 'node:module'; const require = requireMaker(import.meta.url);",
    },
    logLevel: 'error',
  });
  const { bundlePrograms, torture } = await import(pathToFileURL(outfile).href);
  rmSync(join(folder, 'node_modules'));
  const programs = await bundlePrograms(root, folder, build);
  console.log(`seed ${seed}: ${kills} kills (repeat with --seed ${seed})`);
  const startedAtMs = performance.now();
  const result = await torture({ programs, seed, kills, say: (line) => console.log(line) });
  const { violations, ...counts } = result;
  const seconds = Math.round((performance.now() - startedAtMs) / 1000);
  console.log(JSON.stringify({ ...counts, seconds }));
  for (const violation of violations) console.log(`BROKEN: ${violation}`);
  const { launcherKills, workflows, jobs } = result;
  console.log(
    `seed ${seed}: ${result.kills} kills, ${launcherKills} of a launcher; ${jobs} jobs of ${workflows} workflows checked: ` +
      (violations.length === 0 ? 'kept every promise' : `broke ${violations.length} promises`),
  );
  process.exitCode = violations.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
