// Runs the example workflow that the README shows.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const demo = spawnSync(
  process.execPath,
  ['packages/cli/bin/executioner.js', 'run', 'examples/nightly-etl.yaml', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(demo.status ?? 1);
