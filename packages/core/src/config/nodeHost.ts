import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { decodeText, looksWide } from '../document/index.ts';
import type { ConfigurationHost, FileText } from './host.ts';

/** Files of this machine, seen from `folder` (the current folder of the caller) by a user whose home is `home`. */
export function nodeHost(folder: string, home: string): ConfigurationHost {
  return {
    folder,
    home,
    readFile,
    listFolder,
    glob,
    resolve,
    isAbsolute,
    folderOf: dirname,
    nameOf: basename,
  };
}

function readFile(file: string): FileText {
  try {
    const text = readFileSync(file, 'utf8');
    return { ok: true, ...(looksWide(text) ? decodeText(readFileSync(file)) : { text }) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { ok: false, reason: 'missing' };
    if (code === 'EISDIR') return { ok: false, reason: 'folder' };
    return { ok: false, reason: 'unreadable', detail: message };
  }
}

/** Set where a package is bundled: `require` is what the bundler follows there. */
declare const __PACKAGE_VERSION__: string | undefined;

/** Patterns are rare, and what knows them takes a tenth of the start of a command: it is run when there is one. */
function glob(pattern: string, from: string): string[] {
  const { globSync } = (
    typeof __PACKAGE_VERSION__ === 'string'
      ? require('tinyglobby')
      : createRequire(import.meta.url)('tinyglobby')
  ) as typeof import('tinyglobby');
  return globSync(pattern, { cwd: from, absolute: true, onlyFiles: true, expandDirectories: false }).sort();
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
