import { readFileSync } from 'node:fs';
import { attemptFiles } from '@executioner/engine';
import type { RunRecord } from '../runs/index.ts';

/** The configuration that is stored beside a journal, as its file has it: secrets are masked in it. */
export type StoredConfiguration = Readonly<Record<string, unknown>> & {
  readonly jobs: readonly StoredJob[];
};

export type StoredJob = Readonly<Record<string, unknown>> & { readonly id: string };

/** A run with the configuration it ran with, where that is known. */
export interface ConfiguredRun {
  readonly record: RunRecord;
  readonly configuration?: StoredConfiguration;
}

/** Adds the configuration of a run's last attempt; a run without one, or with one that cannot be read, goes without. */
export function withConfiguration(record: RunRecord): ConfiguredRun {
  if (record.folder === undefined) return { record };
  const configuration = storedConfiguration(record.folder, record.attempts);
  return configuration === undefined ? { record } : { record, configuration };
}

/** What is stored of an attempt; undefined where nothing is, or it cannot be read. */
export function storedConfiguration(runFolder: string, attempt: number): StoredConfiguration | undefined {
  let stored: unknown;
  try {
    stored = JSON.parse(readFileSync(attemptFiles(runFolder, attempt).config, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || typeof (error as NodeJS.ErrnoException).syscall === 'string')
      return undefined;
    throw error;
  }
  const { jobs } = (stored ?? {}) as { jobs?: unknown };
  return Array.isArray(jobs) ? (stored as StoredConfiguration) : undefined;
}

/** The job of a configuration, and all that it depends on, nearest first. */
export function jobWithDependencies(configuration: StoredConfiguration, job: string): StoredJob[] {
  const byId = new Map(configuration.jobs.map((each) => [each.id, each]));
  const found = new Map<string, StoredJob>();
  const queue = [job];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const stored = byId.get(id);
    if (stored === undefined || found.has(id)) continue;
    found.set(id, stored);
    queue.push(...dependencyIds(stored));
  }
  return [...found.values()];
}

function dependencyIds({ dependencies }: StoredJob): string[] {
  if (!Array.isArray(dependencies)) return [];
  return (dependencies as { readonly job: string }[]).map(({ job }) => job);
}
