import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CheckContext, CheckDefinition, CheckResult } from './check.ts';

/** Passes when `path` is a regular file, or a link to one. A folder does not count. */
export const checkFileExists: CheckDefinition = {
  name: 'check_file_exists',
  description: 'The file exists.',
  parameters: [{ name: 'path', type: 'string', description: 'The file, relative to the working folder.' }],
  run: ({ path }, context) => fileExists(path as string, context),
};

async function fileExists(path: string, { workingDir }: CheckContext): Promise<CheckResult> {
  const file = resolve(workingDir, path);
  try {
    const found = await stat(file);
    const values = { path, file, exists: true, size_bytes: found.size };
    if (found.isFile()) return { ok: true, values, message: `file "${file}" exists` };
    return { ok: false, values: { ...values, is_file: false }, message: `"${file}" is not a file` };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return { ok: false, values: { path, file, exists: false }, message: `file "${file}" does not exist` };
    }
    return {
      ok: false,
      values: { path, file, errno: code },
      message: `file "${file}" cannot be looked at: ${message}`,
    };
  }
}
