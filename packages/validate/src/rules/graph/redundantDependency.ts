import { transitiveReduction } from '@executioner/core';
import type { FindingPlace } from '../findingPlace.ts';
import type { Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';

export const redundantDependency: Rule = {
  code: 'I307',
  title: 'Redundant dependency',
  severity: 'info',
  explanation:
    'The job waits for another one that it waits for anyway, through a third. In a run of all jobs leaving it out changes nothing; it does when a job in between is skipped by request, so it is not removed by itself. Only dependencies on success are compared, over jobs that must succeed.',
  remedy: 'Remove the dependency, unless it is meant for runs in which the job in between is skipped.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - { id: a, description: First, command: "true" }\n  - { id: b, description: Second, command: "true", dependencies: [a] }\n  - { id: c, description: Third, command: "true", dependencies: [a, b] }\n',
    mended:
      'version: 2\njobs:\n  - { id: a, description: First, command: "true" }\n  - { id: b, description: Second, command: "true", dependencies: [a] }\n  - { id: c, description: Third, command: "true", dependencies: [b] }\n',
  },
  check(subject, report) {
    const { dag, jobs } = subject;
    if (dag === undefined) return;
    const { redundant } = transitiveReduction(dag);
    if (redundant.values.length === 0) return;
    const isPlain = plainChains(subject);
    for (let number = 0; number < jobs.length; number++) {
      const job = jobs[number]!;
      for (let k = redundant.offsets[number]!; k < redundant.offsets[number + 1]!; k++) {
        const other = redundant.values[k]!;
        if (!isPlain(number, other)) continue;
        const id = dag.ids[other]!;
        report({
          message: `job "${job.job.id}" need not name "${id}": it waits for it through others`,
          place: placeOfDependency(job, id, subject),
          job: job.job.id,
        });
      }
    }
  },
};

/**
 * Whether nothing but ordinary dependencies lie between two jobs: where conditions, tolerated failures or disabled jobs
 * come in, a longer way does not say the same. Without any of these, which is usual, nothing need be searched.
 */
function plainChains({ jobs, dag }: Subject): (from: number, to: number) => boolean {
  const special = new Set<number>();
  for (const { job, number } of jobs) {
    if (job.allowFailure || !job.enabled || job.dependencies.some(({ when }) => when !== 'success'))
      special.add(number);
  }
  if (special.size === 0) return () => true;
  const { offsets, values } = dag!.dependencies;
  return (from, to) => {
    if (special.has(from) || special.has(to)) return false;
    // Another way from `from` to `to` over plain jobs alone.
    const open: number[] = [];
    const met = new Set<number>();
    const expand = (job: number, isFirst: boolean): boolean => {
      for (let k = offsets[job]!; k < offsets[job + 1]!; k++) {
        const next = values[k]!;
        if (next === to && !isFirst) return true;
        if (next === to || met.has(next) || special.has(next)) continue;
        met.add(next);
        open.push(next);
      }
      return false;
    };
    if (expand(from, true)) return true;
    for (let next = open.pop(); next !== undefined; next = open.pop()) if (expand(next, false)) return true;
    return false;
  };
}

/** Where a job names one of its dependencies. */
export function placeOfDependency(job: JobSubject, id: string, subject: Subject): FindingPlace {
  const index = job.job.dependencies.findIndex((dependency) => dependency.job === id);
  const list = subject.whereIs(job.job, 'dependencies');
  const written = subject.writtenAt(list);
  // Repetitions are dropped from the job and not from the text: there the entry may stand elsewhere.
  const at = Array.isArray(written) ? written.findIndex((entry) => names(entry, id)) : -1;
  const path = [...list.path, at === -1 ? index : at];
  const isMapping = Array.isArray(written) && typeof written[at] === 'object';
  return { origin: { file: list.file, path: isMapping ? [...path, 'job'] : path } };
}

/** An id as written in an included file lacks its prefix. */
function names(entry: unknown, id: string): boolean {
  const name = typeof entry === 'string' ? entry : (entry as { job?: unknown } | null)?.job;
  return typeof name === 'string' && (name === id || id.endsWith(name));
}
