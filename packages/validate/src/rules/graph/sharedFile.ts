import { descendants } from '@executioner/core';
import type { Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';
import { type FileUse, fileUses, placeOf, runsAtOnce } from './fileUses.ts';

export const sharedFile: Rule = {
  code: 'W309',
  title: 'File that two jobs write at once',
  severity: 'warning',
  explanation:
    'Two jobs write the same file from its beginning (`> file`, or "outputs"), neither waits for the other, and both may run at the same time: what is in it then is luck. Jobs that share a lock, that take more from a pool together than it holds, or of which one runs only after a failure, are left out.',
  remedy: 'Write into two files, let one of the jobs wait for the other, or give both a lock.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nparallel: true\nmax_workers: 2\njobs:\n  - { id: north, description: The north, command: "sort north.csv > rows.csv" }\n  - { id: south, description: The south, command: "sort south.csv > rows.csv" }\n',
    mended:
      'version: 2\nparallel: true\nmax_workers: 2\njobs:\n  - { id: north, description: The north, command: "sort north.csv > rows_north.csv" }\n  - { id: south, description: The south, command: "sort south.csv > rows_south.csv" }\n',
  },
  check(subject, report) {
    if (!runsAtOnce(subject) || subject.dag === undefined) return undefined;
    const uses = subject.gather(fileUses);
    return {
      end() {
        for (const writers of uses.writes.values()) {
          const pair = writers.length < 2 ? undefined : unorderedPair(writers, subject);
          if (pair === undefined) continue;
          const [first, second] = pair;
          report({
            message: `jobs "${first.job.job.id}" and "${second.job.job.id}" write "${second.written}" and may run at the same time`,
            place: placeOf(second),
            job: second.job.job.id,
            hint: 'write into two files, let one wait for the other, or give both a lock',
            related: [{ message: `job "${first.job.job.id}" writes it here`, place: placeOf(first) }],
          });
        }
      },
    };
  },
};

/** So many writers of one file are compared with each other. */
const mostCompared = 50;

function unorderedPair(writers: readonly FileUse[], subject: Subject): [FileUse, FileUse] | undefined {
  const compared = writers.slice(0, mostCompared).filter(({ job }) => isOrdinary(job));
  for (const [index, one] of compared.entries()) {
    const after = new Set(descendants(subject.dag!, [one.job.number]));
    for (const other of compared.slice(index + 1)) {
      if (after.has(other.job.number) || areKeptApart(one.job, other.job, subject)) continue;
      if (!descendants(subject.dag!, [other.job.number]).includes(one.job.number)) return [one, other];
    }
  }
  return undefined;
}

/** Runs in a run in which nothing fails. */
function isOrdinary({ job }: JobSubject): boolean {
  return job.dependencies.every(({ when }) => when === 'success');
}

function areKeptApart(
  { job: one }: JobSubject,
  { job: other }: JobSubject,
  { configuration }: Subject,
): boolean {
  if (one.locks.some((lock) => other.locks.includes(lock))) return true;
  return Object.entries(one.resources).some(
    ([pool, amount]) => amount + (other.resources[pool] ?? 0) > (configuration.resources[pool] ?? Infinity),
  );
}
