import { attemptFiles } from '@executioner/engine';
import { type ConfiguredRun, withConfiguration } from '../changes/index.ts';
import { readRuns } from '../input/index.ts';
import type { RunRecord } from '../runs/index.ts';

/** When the attempt began that a record tells of last: runs may be resumed after others have run. */
export function turnStartMs({ startedAtMs, endedAtMs, durationMs, attempts }: RunRecord): number {
  return attempts > 1 && endedAtMs !== undefined ? endedAtMs - durationMs : startedAtMs;
}

/**
 * A run as it stood at the end of each of its attempts but the last one: what failed then and was mended by a resume. Reads
 * its journals once for each; nothing for a run without journals.
 */
export async function earlierAttempts(record: RunRecord, cwd: string): Promise<ConfiguredRun[]> {
  const { folder, attempts } = record;
  if (folder === undefined) return [];
  const found: ConfiguredRun[] = [];
  for (let last = 1; last < attempts; last++) {
    const paths = Array.from({ length: last }, (_, index) => attemptFiles(folder, index + 1).journal);
    // What is wrong with a journal was said when the run was read.
    await readRuns([{ paths }], {
      cwd,
      stdin: nothing,
      onRun: (run) => found.push(withConfiguration(run)),
    });
  }
  return found;
}

const nothing: AsyncIterable<Uint8Array> = { async *[Symbol.asyncIterator]() {} };
