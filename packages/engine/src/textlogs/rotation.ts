import { fstatSync, renameSync, statSync } from 'node:fs';
import { type AppendFile, type AppendFileOptions, appendFile } from './appendFile.ts';

/** Bytes an application log may hold, and how many full ones are kept as `.1` (the newest) to `.5`. */
export const applicationLogLimit = { maxBytes: 10 * 1024 * 1024, backups: 5 } as const;

/**
 * An appender whose file is renamed to `path.1` (`path.1` to `path.2` and so on) before a batch would make it reach
 * `maxBytes`; the oldest is dropped. Runs at the same time may share the file: each looks before each batch whether
 * another one has rotated it.
 */
export function rotatingFile(
  path: string,
  limit: { readonly maxBytes: number; readonly backups: number },
  options: Omit<AppendFileOptions, 'beforeBatch'> = {},
): AppendFile {
  return appendFile(path, {
    ...options,
    beforeBatch(batchBytes, descriptor) {
      const current = statSync(path, { throwIfNoEntry: false });
      if (current === undefined) return true;
      if (current.isFile() && current.size > 0 && current.size + batchBytes >= limit.maxBytes) {
        rotate(path, limit.backups);
        return true;
      }
      return descriptor !== undefined && fstatSync(descriptor).ino !== current.ino;
    },
  });
}

function rotate(path: string, backups: number): void {
  for (let number = backups - 1; number >= 1; number -= 1)
    moveIfThere(`${path}.${number}`, `${path}.${number + 1}`);
  moveIfThere(path, `${path}.1`);
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
