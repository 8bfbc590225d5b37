import { parseSize } from '@executioner/core';
import { builtIn } from './builtIn.ts';
import { lookAt } from './lookAt.ts';

export const fileNotEmpty = builtIn('file_not_empty', async ({ path, min_size }, { workingDir }) => {
  const looked = await lookAt(path as string, workingDir);
  if (!looked.found) return looked.failure;
  const { path: file, stats } = looked;
  const least = parseSize(min_size) ?? 1;
  const values = { path, file, exists: true, size_bytes: stats.size, min_size_bytes: least };
  if (!stats.isFile())
    return { ok: false, values: { ...values, is_file: false }, message: `"${file}" is not a file` };
  if (stats.size >= least) return { ok: true, values, message: `file "${file}" has ${stats.size} bytes` };
  const message =
    stats.size === 0
      ? `file "${file}" is empty`
      : `file "${file}" has ${stats.size} bytes, fewer than ${least}`;
  return { ok: false, values, message };
});
