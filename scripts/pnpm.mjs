// Runs the pnpm version this workspace pins: the installed one when it is there, otherwise through npx.
// Node and npm are all that a machine needs to have.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const local = `${root}node_modules/pnpm/bin/pnpm.cjs`;

/** Runs pnpm with `args` in the workspace root and returns its exit code. */
export function pnpm(args, { quiet = false } = {}) {
  const [command, prefix] = existsSync(local)
    ? [process.execPath, [local]]
    : ['npx', ['--yes', packageManager]];
  const child = spawnSync(command, [...prefix, ...args], {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    encoding: 'utf8',
    env: {
      ...process.env,
      // pnpm itself puts a relative folder into PATH, in which turbo would not find it from inside a package.
      PATH: `${root}node_modules/.bin${delimiter}${process.env.PATH}`,
      TURBO_TELEMETRY_DISABLED: '1',
      npm_config_loglevel: 'error',
    },
  });
  if (child.error) throw child.error;
  if (quiet && child.status !== 0) process.stderr.write(`${child.stdout}${child.stderr}`);
  return child.status ?? 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exit(pnpm(process.argv.slice(2)));
}
