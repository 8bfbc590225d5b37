import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Configuration } from '@executioner/core';
import { workflow } from '../scheduler/workflow.ts';

/** The folder of public data sets, beside the project. */
export const corpus = fileURLToPath(new URL('../../../../../shared/corpus', import.meta.url));

export const hasCorpus = existsSync(corpus);

/** One line of a table of truths, by the names in its first line. */
export type Truth = Readonly<Record<string, string>>;

export function readTruths(path: string): Truth[] {
  const [head = '', ...lines] = readFileSync(`${corpus}/${path}`, 'utf8').trimEnd().split('\n');
  const names = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}

interface CorpusJob {
  readonly id: string;
  readonly dependencies: readonly string[];
  readonly estimated_duration: number;
}

/** A configuration of the corpus: a graph with durations, which are kept to the microsecond. */
export function readCorpusWorkflow(path: string): Configuration {
  const source = JSON.parse(readFileSync(`${corpus}/${path}`, 'utf8')) as {
    readonly max_workers: number;
    readonly jobs: readonly CorpusJob[];
  };
  const jobs = source.jobs.map((job) => ({
    id: job.id,
    needs: job.dependencies,
    estimatedDurationMs: job.estimated_duration * 1000,
    timeLimit: { kind: 'fixed', limitMs: 1e12 } as const,
  }));
  return workflow(jobs, { parallel: true, maxWorkers: source.max_workers });
}
