import { parseDuration } from '@executioner/core';
import { builtIn } from './builtIn.ts';
import type { CheckContext, CheckResult } from './check.ts';
import { type Looked, lookAt } from './lookAt.ts';

type Found = Extract<Looked, { found: true }>;

export const fileNewerThan = builtIn('file_newer_than', async ({ path, than, max_age }, context) => {
  const looked = await lookAt(path as string, context.workingDir);
  if (!looked.found) return looked.failure;
  return than === undefined ? isRecent(looked, max_age) : isNewer(looked, than as string, context);
});

/** As file systems stamp files by the wall clock of the machine, ages are counted by it too. */
function isRecent({ path: file, stats }: Found, maxAge: unknown): CheckResult {
  const ageMs = Math.round(Date.now() - stats.mtimeMs);
  const maxAgeMs = parseDuration(Number.isNaN(Number(maxAge)) ? (maxAge as string) : Number(maxAge)) ?? 0;
  const values = { file, modified: stats.mtime.toISOString(), age_ms: ageMs, max_age_ms: maxAgeMs };
  return ageMs <= maxAgeMs
    ? { ok: true, values, message: `file "${file}" was changed ${seconds(ageMs)} ago` }
    : {
        ok: false,
        values,
        message: `file "${file}" was changed ${seconds(ageMs)} ago, more than ${seconds(maxAgeMs)}`,
      };
}

async function isNewer(looked: Found, than: string, { workingDir }: CheckContext): Promise<CheckResult> {
  const other = await lookAt(than, workingDir);
  if (!other.found) return other.failure;
  const { path: file, stats } = looked;
  const values = {
    file,
    modified: stats.mtime.toISOString(),
    than: other.path,
    than_modified: other.stats.mtime.toISOString(),
  };
  return stats.mtimeMs > other.stats.mtimeMs
    ? { ok: true, values, message: `file "${file}" is newer than "${other.path}"` }
    : { ok: false, values, message: `file "${file}" is not newer than "${other.path}"` };
}

function seconds(durationMs: number): string {
  return `${Math.round(durationMs / 1000)} s`;
}
