import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { Entries } from './entries.ts';
import { cachedShellCheck } from './shellCheckCache.ts';
import type { World } from './world.ts';

const syntaxCheckTimeoutMs = 5000;

export interface NodeWorldOptions {
  /** The path of ShellCheck, when it is to be asked. */
  readonly shellCheck?: string | undefined;
  /** How many scripts of a configuration it is asked about at most; absent: all. */
  readonly shellCheckLimit?: number | undefined;
}

/** This machine. Each path and script is looked at once: make a new one to see what has changed. */
export function nodeWorld({ shellCheck, shellCheckLimit }: NodeWorldOptions = {}): World {
  const entries = new Entries();
  const realPaths = new Map<string, string>();
  return {
    ...(shellCheck !== undefined && {
      shellCheck: cachedShellCheck(shellCheck),
      ...(shellCheckLimit !== undefined && { shellCheckLimit }),
    }),
    lookAt: (path) => entries.lookAt(path),
    realPath(path) {
      const known = realPaths.get(path);
      if (known !== undefined) return known;
      const real = realPath(path);
      realPaths.set(path, real);
      return real;
    },
    checkSyntax(shell, command) {
      const { error, status, stderr } = spawnSync(shell, ['-n', '-c', command], {
        encoding: 'utf8',
        env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: syntaxCheckTimeoutMs,
      });
      if (error !== undefined || status === null) return undefined;
      return status === 0 ? '' : stderr;
    },
  };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
