import { attemptFiles } from '@executioner/engine';
import { readRuns } from '../input/index.ts';
import type { RunRecord } from '../runs/index.ts';
import { type ConfiguredRun, withConfiguration } from './storedConfiguration.ts';

/** When the attempt began that a record tells of last: runs may be resumed after others have run. */
export function turnStartMs(record: RunRecord): number {
  const { startedAtMs, attemptStartedAtMs, endedAtMs, durationMs, attempts } = record;
  if (attemptStartedAtMs !== undefined) return attemptStartedAtMs;
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

/**
 * The attempts of runs, each with the jobs that were tried in it and the configuration it had, in the order of time: a run that was
 * never resumed, or of which no journals tell, is one.
 */
export async function turnsOf(runs: readonly ConfiguredRun[], cwd: string): Promise<ConfiguredRun[]> {
  const turns: ConfiguredRun[] = [];
  for (const run of runs) {
    if (run.record.attempts === 1) turns.push(run);
    else for (const turn of [...(await earlierAttempts(run.record, cwd)), run]) turns.push(ownTurn(turn));
  }
  return turns.sort((a, b) => turnStartMs(a.record) - turnStartMs(b.record));
}

/** Without the jobs that were kept from an attempt before. */
function ownTurn({ record, ...rest }: ConfiguredRun): ConfiguredRun {
  const startMs = turnStartMs(record);
  const jobs = record.jobs.filter(
    ({ tries: [first] }) => first === undefined || first.startedAtMs >= startMs,
  );
  return { ...rest, record: { ...record, jobs } };
}

const nothing: AsyncIterable<Uint8Array> = { async *[Symbol.asyncIterator]() {} };
