import { fstat, type Stats } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type AppendFile, type AppendFileOptions, appendFile } from './appendFile.ts';

const fileStatus = promisify(fstat) as (descriptor: number) => Promise<Stats>;

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
    async beforeBatch(batchBytes, descriptor) {
      const current = await stat(path).catch(() => undefined);
      if (current === undefined) return true;
      if (current.isFile() && current.size > 0 && current.size + batchBytes >= limit.maxBytes) {
        await rotate(path, limit.backups);
        return true;
      }
      return descriptor !== undefined && (await fileStatus(descriptor)).ino !== current.ino;
    },
  });
}

async function rotate(path: string, backups: number): Promise<void> {
  for (let number = backups - 1; number >= 1; number -= 1)
    await moveIfThere(`${path}.${number}`, `${path}.${number + 1}`);
  await moveIfThere(path, `${path}.1`);
}

async function moveIfThere(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
