import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { processStat } from '../runs/processIdentity.ts';

/**
 * The soft limit of open files that this process was given. Node.js raises its own at start and forgets the
 * old one, so the nearest ancestor that is not Node.js is asked. Undefined when nothing was raised, or nobody
 * knows (no /proc).
 */
export function inheritedOpenFileLimit(): number | undefined {
  const own = softLimit('self');
  for (let pid = process.ppid; own !== undefined && pid > 0; pid = processStat(pid)?.parent ?? 0) {
    if (isNode(pid)) continue;
    const limit = softLimit(pid);
    return limit !== undefined && limit < own ? limit : undefined;
  }
  return undefined;
}

function softLimit(pid: number | 'self'): number | undefined {
  const [, soft] = /^Max open files +(\d+|unlimited)/m.exec(read(`/proc/${pid}/limits`)) ?? [];
  if (soft === undefined) return undefined;
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
}

/** By the first argument, which package managers overwrite with a title of their own. */
function isNode(pid: number): boolean {
  return /^([^\0]*\/)?(node|npm|npx|pnpm|yarn)/.test(read(`/proc/${pid}/cmdline`));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** Lowers this process's soft limit, and so that of its children; without prlimit(1) it stays as it is. */
export function lowerOpenFileLimit(openFiles: number): void {
  spawnSync('prlimit', ['--pid', String(process.pid), `--nofile=${openFiles}:`], { stdio: 'ignore' });
}
