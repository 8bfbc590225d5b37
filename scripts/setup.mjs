// Installs and builds the workspace; says nothing unless something fails.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pnpm, turbo } from './pnpm.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const frozen = existsSync(`${root}pnpm-lock.yaml`) ? ['--frozen-lockfile'] : [];

step('install', () => pnpm(['install', ...frozen, '--prefer-offline'], { quiet: true }));
step('build', () => turbo(['build', '--output-logs=errors-only', '--ui=stream'], { quiet: true }));

function step(name, act) {
  const status = act();
  if (status === 0) return;
  process.stderr.write(`setup: ${name} failed (exit code ${status})\n`);
  process.exit(status);
}
