import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { builtIn } from './builtIn.ts';
import type { CheckContext, CheckResult } from './check.ts';
import { glob } from './glob.ts';
import { findTexts } from './search.ts';
import { unreadable } from './unreadable.ts';

/**
 * Passes when no line of the matching files holds `ORA-`. A pattern without a matching file fails the check: the log
 * that should prove success is missing.
 */
export const checkNoOraErrors = builtIn('check_no_ora_errors', async ({ log_file }, context) => {
  const pattern = log_file as string;
  const files = await glob(pattern, context.workingDir);
  if (files.length === 0) {
    return { ok: false, values: { log_file: pattern, files: 0 }, message: `no file matches "${pattern}"` };
  }
  return searchAll(pattern, files, ['ORA-'], context);
});

/** Passes when no line of the file holds `ORA-` or `SP2-`. The name is taken literally; a missing file fails the check. */
export const checkNoOraOrSp2Errors = builtIn('check_no_ora_or_sp2_errors', ({ log_file }, context) => {
  const path = log_file as string;
  return searchAll(path, [resolve(context.workingDir, path)], ['ORA-', 'SP2-'], context);
});

async function searchAll(
  pattern: string,
  files: readonly string[],
  needles: readonly string[],
  { signal }: CheckContext,
): Promise<CheckResult> {
  for (const file of files) {
    try {
      const hit = await findTexts(createReadStream(file, { signal, highWaterMark: 1 << 18 }), needles);
      if (hit === undefined) continue;
      const message = `${file}:${hit.line}: ${hit.text}`;
      return { ok: false, values: { log_file: pattern, files: files.length, file, ...hit }, message };
    } catch (error) {
      signal.throwIfAborted();
      const { code } = error as NodeJS.ErrnoException;
      const values = { log_file: pattern, files: files.length, file, errno: code };
      return { ok: false, values, message: unreadable(file, error) };
    }
  }
  const what = files.length === 1 ? `"${files[0]}"` : `${files.length} files`;
  return {
    ok: true,
    values: { log_file: pattern, files: files.length },
    message: `no ${needles.join(' or ')} in ${what}`,
  };
}
