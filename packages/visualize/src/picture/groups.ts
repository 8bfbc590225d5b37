import { dirname, relative } from 'node:path';
import type { Job } from '@executioner/core';
import type { GroupBy } from './picture.ts';

type GroupableJob = Pick<Job, 'tags'> & Partial<Pick<Job, 'origin'>>;

export interface Grouping {
  readonly groups: readonly string[];
  /** The group of each job; -1 for none. */
  readonly groupOf: readonly number[];
}

/**
 * Jobs by their first tag, or by the file that declares them (those of the root file are in none), groups in the order
 * of their first jobs.
 */
export function groupJobs(jobs: readonly GroupableJob[], groupBy: GroupBy, rootFile: string): Grouping {
  const numbers = new Map<string, number>();
  const groupOf = jobs.map((job) => {
    const name = groupName(job, groupBy, rootFile);
    if (name === undefined) return -1;
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    return known;
  });
  return { groups: [...numbers.keys()], groupOf };
}

function groupName(job: GroupableJob, groupBy: GroupBy, rootFile: string): string | undefined {
  switch (groupBy) {
    case 'none':
      return undefined;
    case 'tag':
      return job.tags[0];
    case 'include':
      if (job.origin === undefined || job.origin.file === rootFile) return undefined;
      return relative(dirname(rootFile), job.origin.file);
  }
}
