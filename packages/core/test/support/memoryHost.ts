import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { ConfigurationHost } from '../../src/config/index.ts';

/** A host whose files are the entries of `files`, by absolute path. `reads` counts how often each was read. */
export function memoryHost(
  files: Readonly<Record<string, string>>,
  reads: Map<string, number> = new Map(),
): ConfigurationHost {
  const inFolder = (folder: string) => Object.keys(files).filter((file) => file.startsWith(`${folder}/`));
  return {
    folder: '/work',
    home: '/home/someone',
    readFile: (file) => {
      reads.set(file, (reads.get(file) ?? 0) + 1);
      if (Object.hasOwn(files, file)) return { ok: true, text: files[file]! };
      return { ok: false, reason: inFolder(file).length > 0 ? 'folder' : 'missing' };
    },
    listFolder: (folder) => inFolder(folder).map((file) => file.slice(folder.length + 1)),
    glob: (pattern, folder) => {
      const matches = picomatch(posix.resolve(folder, pattern));
      return Object.keys(files)
        .filter((file) => matches(file))
        .sort();
    },
    resolve: posix.resolve,
    isAbsolute: posix.isAbsolute,
    folderOf: posix.dirname,
    nameOf: posix.basename,
  };
}
