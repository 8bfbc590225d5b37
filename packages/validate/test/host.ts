import { posix } from 'node:path';
import type { ConfigurationHost } from '@executioner/core';

/** The folder /work with these files, by their absolute names, and no others. */
export function hostOf(files: Readonly<Record<string, string>> = {}): ConfigurationHost {
  return {
    folder: '/work',
    home: '/home/ann',
    readFile: (file) =>
      Object.hasOwn(files, file) ? { ok: true, text: files[file]! } : { ok: false, reason: 'missing' },
    listFolder: () => [],
    glob: () => [],
    resolve: (from, path) => posix.resolve(from, path),
    isAbsolute: posix.isAbsolute,
    folderOf: posix.dirname,
    nameOf: posix.basename,
  };
}
