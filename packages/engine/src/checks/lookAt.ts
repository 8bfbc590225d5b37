import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CheckResult } from './check.ts';

export type Looked =
  | { readonly found: true; readonly path: string; readonly stats: Stats }
  /** `failure` is the result of a check that needs the file. */
  | { readonly found: false; readonly path: string; readonly failure: CheckResult };

/** Looks at what is at `written`, seen from `folder`, through links. `what` names it in the message: "file", "folder". */
export async function lookAt(written: string, folder: string, what = 'file'): Promise<Looked> {
  const path = resolve(folder, written);
  try {
    return { found: true, path, stats: await stat(path) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const values = { path: written, file: path };
    const failure =
      code === 'ENOENT' || code === 'ENOTDIR'
        ? { ok: false, values: { ...values, exists: false }, message: `${what} "${path}" does not exist` }
        : {
            ok: false,
            values: { ...values, errno: code },
            message: `${what} "${path}" cannot be looked at: ${message}`,
          };
    return { found: false, path, failure };
  }
}
