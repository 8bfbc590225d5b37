import { builtIn } from './builtIn.ts';
import type { CheckContext, CheckParams, CheckResult } from './check.ts';
import { lookAt } from './lookAt.ts';

/** Passes when `path` is a regular file, or a link to one. A folder does not count. */
export const checkFileExists = builtIn('check_file_exists', fileIsThere);

export const fileExists = builtIn('file_exists', fileIsThere);

async function fileIsThere({ path }: CheckParams, { workingDir }: CheckContext): Promise<CheckResult> {
  const looked = await lookAt(path as string, workingDir);
  if (!looked.found) return looked.failure;
  const { path: file, stats } = looked;
  const values = { path, file, exists: true, size_bytes: stats.size };
  if (stats.isFile()) return { ok: true, values, message: `file "${file}" exists` };
  return { ok: false, values: { ...values, is_file: false }, message: `"${file}" is not a file` };
}
