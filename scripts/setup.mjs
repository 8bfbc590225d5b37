// Installs and builds the workspace; says little when nothing is to be done.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pnpm } from './pnpm.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const frozen = existsSync(`${root}pnpm-lock.yaml`) ? ['--frozen-lockfile'] : [];

step('install', ['install', ...frozen, '--prefer-offline']);
step('build', ['exec', 'turbo', 'run', 'build', '--output-logs=errors-only', '--ui=stream']);

function step(name, args) {
  const status = pnpm(args, { quiet: true });
  if (status !== 0) {
    process.stderr.write(`setup: ${name} failed (exit code ${status})\n`);
    process.exit(status);
  }
}
