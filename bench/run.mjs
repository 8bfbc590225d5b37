// `npm run bench [-- name…]`: runs the benchmarks beside this file and prints each figure with its yardstick,
// measured in the same run. Writes bench/results.json (whole when all ran, merged by name otherwise) and docs/benchmarks.md.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { writeBenchmarksPage } from './page.mjs';
import { describe, table } from './table.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const resultsFile = `${here}results.json`;
const names = process.argv.slice(2);
const modules = readdirSync(here)
  .filter((file) => file.endsWith('.mjs') && file !== 'run.mjs')
  .map((file) => file.slice(0, -'.mjs'.length))
  .filter((name) => names.length === 0 || names.includes(name))
  .sort();

const rows = [];
for (const name of modules) {
  const module = await import(`./${name}.mjs`);
  if (typeof module.run !== 'function') continue;
  process.stdout.write(`\n${name}\n`);
  for (const row of await module.run()) {
    rows.push({ bench: name, ...row });
    process.stdout.write(`  ${describe(row)}\n`);
  }
}
writeResults();
writeBenchmarksPage();
process.stdout.write(`\n${table(rows)}\nwritten to bench/results.json and docs/benchmarks.md\n`);

function writeResults() {
  const earlier =
    names.length > 0 && existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')).rows : [];
  const kept = earlier.filter((row) => !rows.some((fresh) => fresh.bench === row.bench));
  const machine = {
    node: process.version,
    cpus: cpus().length,
    cpu: cpus()[0]?.model,
    platform: process.platform,
  };
  const all = [...kept, ...rows].sort((a, b) => (a.bench < b.bench ? -1 : a.bench > b.bench ? 1 : 0));
  writeFileSync(resultsFile, `${JSON.stringify({ machine, rows: all }, null, 2)}\n`);
}
