import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import { decodeText, looksWide } from '../document/index.ts';
import type { ConfigurationHost, FileText } from './host.ts';

/** Files of this machine, seen from `folder` (the current folder of the caller) by a user whose home is `home`. */
export function nodeHost(folder: string, home: string): ConfigurationHost {
  return {
    folder,
    home,
    readFile,
    listFolder,
    glob: (pattern, from) =>
      globSync(pattern, { cwd: from, absolute: true, onlyFiles: true, expandDirectories: false }).sort(),
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

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
