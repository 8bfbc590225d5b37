// Runs the pnpm version this workspace pins: the installed one when it is there, otherwise through npx.
// Node and npm are all that a machine needs to have.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const installed = `${root}node_modules/pnpm/bin/pnpm.cjs`;

/** Runs pnpm with `args` in the workspace root and returns its exit code. */
export function pnpm(args, options) {
  return existsSync(installed)
    ? run(process.execPath, [installed, ...args], options)
    : run('npx', ['--yes', packageManager, ...args], options);
}

/** Runs a turbo task over the workspace and returns its exit code. turbo looks for pnpm in PATH. */
export function turbo(args, options) {
  return run(`${root}node_modules/.bin/turbo`, ['run', ...args], options);
}

function run(command, args, { quiet = false } = {}) {
  const child = spawnSync(command, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: {
      ...process.env,
      PATH: `${root}node_modules/.bin${delimiter}${process.env.PATH}`,
      TURBO_TELEMETRY_DISABLED: '1',
      TURBO_NO_UPDATE_NOTIFIER: '1',
      npm_config_loglevel: 'error',
    },
  });
  if (child.error) throw child.error;
  if (quiet && child.status !== 0) process.stderr.write(`${child.stdout}${child.stderr}`);
  return child.status ?? 1;
}
