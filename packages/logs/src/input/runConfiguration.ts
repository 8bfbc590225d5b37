import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { attemptFiles, attempts } from '@executioner/engine';

/** What the configuration stored beside a journal tells. */
export interface RunConfiguration {
  /** The folder of the run. */
  readonly folder: string;
  dependenciesOf(job: string): readonly string[] | undefined;
  commandOf(job: string): string | undefined;
}

/** Of the latest attempt, for the run that a journal belongs to; undefined when there is none, or it cannot be read. */
export function runConfiguration(journal: string): RunConfiguration | undefined {
  const folder = dirname(journal);
  const latest = attempts(folder).at(-1);
  if (latest === undefined) return undefined;
  const jobs = new Map<string, StoredJob>();
  try {
    const stored = JSON.parse(readFileSync(attemptFiles(folder, latest).config, 'utf8')) as {
      jobs?: StoredJob[];
    };
    for (const job of stored.jobs ?? []) jobs.set(job.id, job);
  } catch {
    return { folder, dependenciesOf: () => undefined, commandOf: () => undefined };
  }
  return {
    folder,
    dependenciesOf: (id) => jobs.get(id)?.dependencies?.map(({ job }) => job),
    commandOf: (id) => jobs.get(id)?.command,
  };
}

interface StoredJob {
  readonly id: string;
  readonly command?: string;
  readonly dependencies?: readonly { readonly job: string }[];
}
