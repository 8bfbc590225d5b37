import { spawnSync } from 'node:child_process';
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { cachedShellCheck } from './shellCheckCache.ts';
import type { Entry, World } from './world.ts';

const syntaxCheckTimeoutMs = 5000;

export interface NodeWorldOptions {
  /** The path of ShellCheck, when it is to be asked. */
  readonly shellCheck?: string | undefined;
  /** How many scripts of a configuration it is asked about at most; absent: all. */
  readonly shellCheckLimit?: number | undefined;
}

/** This machine. Each path and script is looked at once: make a new one to see what has changed. */
export function nodeWorld({ shellCheck, shellCheckLimit }: NodeWorldOptions = {}): World {
  const entries = new Map<string, Entry>();
  const realPaths = new Map<string, string>();
  return {
    ...(shellCheck !== undefined && {
      shellCheck: cachedShellCheck(shellCheck),
      ...(shellCheckLimit !== undefined && { shellCheckLimit }),
    }),
    lookAt(path) {
      const known = entries.get(path);
      if (known !== undefined) return known;
      const entry = lookAt(path);
      entries.set(path, entry);
      return entry;
    },
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

function lookAt(path: string): Entry {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return { kind: 'missing' };
    return {
      kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other',
      isReadable: isAllowed(path, constants.R_OK),
      isExecutable: isAllowed(path, constants.X_OK),
    };
  } catch (error) {
    // A folder on the way that may not be looked into, or a file where a folder is meant.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') return { kind: 'other', isReadable: false, isExecutable: false };
    return { kind: 'missing' };
  }
}

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
