import { constants } from 'node:fs';
import { access, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CommandError } from './commandError.ts';

/**
 * Writes a file whole or not at all: beside its place, then renamed into it; a link is followed, and the mode of a
 * file that was there is kept. What is no plain file (`/dev/stdout`, a named pipe) is written to directly.
 *
 * @throws CommandError OUTPUT_FOLDER_MISSING, OUTPUT_IS_FOLDER, OUTPUT_READ_ONLY or OUTPUT_FAILED; the earlier
 * content is then still there
 */
export async function writeOutput(path: string, data: string | Uint8Array, cwd: string): Promise<void> {
  const target = resolve(cwd, path);
  try {
    const existing = await stat(target).catch(() => undefined);
    if (existing?.isDirectory() === true) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (existing !== undefined && !existing.isFile()) return await writeFile(target, data);
    if (existing !== undefined) await access(target, constants.W_OK);
    const { default: writeFileAtomic } = await import('write-file-atomic');
    await writeFileAtomic(target, typeof data === 'string' ? data : Buffer.from(data));
  } catch (error) {
    throw outputError(path, error as NodeJS.ErrnoException);
  }
}

function outputError(path: string, cause: NodeJS.ErrnoException): CommandError {
  const folder = dirname(path);
  const fail = (code: string, why: string, hint?: string) =>
    new CommandError(code, `cannot write "${path}": ${why}`, { cause, hint });
  switch (cause.code) {
    case 'ENOENT':
      return fail(
        'OUTPUT_FOLDER_MISSING',
        `there is no folder "${folder}"`,
        `make it first: mkdir -p ${folder}`,
      );
    case 'ENOTDIR':
      return fail('OUTPUT_FOLDER_MISSING', `"${folder}" is not a folder`);
    case 'EISDIR':
      return fail('OUTPUT_IS_FOLDER', 'it is a folder', 'name a file in it');
    case 'EACCES':
    case 'EPERM':
      return fail(
        'OUTPUT_READ_ONLY',
        'permission denied',
        `look at the modes of the file and its folder: ls -ld ${path} ${folder}`,
      );
    case 'EROFS':
      return fail('OUTPUT_READ_ONLY', 'the file system is read-only');
    case 'ENOSPC':
    case 'EDQUOT':
      return fail('OUTPUT_FAILED', 'the disk is full');
    default:
      return fail('OUTPUT_FAILED', cause.message);
  }
}
