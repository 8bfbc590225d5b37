import { formatCount } from '@executioner/core';
import type { Rule } from '../rule.ts';

const namedJobs = 3;

export const missingDescription: Rule = {
  code: 'I215',
  title: 'Jobs without a description',
  severity: 'info',
  explanation:
    'Jobs lack a "description". It is shown in summaries, e-mails and reports, where an id alone tells those who did not write the workflow little. Told once for a file.',
  remedy: 'Add one line to each job that says what it is for.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: pr_104699\n    command: echo hello\n',
    mended:
      'version: 2\njobs:\n  - id: pr_104699\n    description: Adds the column\n    command: echo hello\n',
  },
  check({ jobs }, report) {
    const byFile = new Map<string, (typeof jobs)[number][]>();
    for (const job of jobs) {
      if (job.job.description !== '') continue;
      const { file } = job.job.origin;
      const known = byFile.get(file);
      if (known === undefined) byFile.set(file, [job]);
      else known.push(job);
    }
    for (const [file, found] of byFile) {
      const all = jobs.filter(({ job }) => job.origin.file === file).length;
      const ids = found.map(({ job }) => job.id);
      report({ message: lackOf(ids, all), place: found[0]!.place('id') });
    }
  },
};

function lackOf(ids: readonly string[], all: number): string {
  if (ids.length === 1) return `job "${ids[0]}" has no "description"`;
  const names = ids
    .slice(0, namedJobs)
    .map((id) => `"${id}"`)
    .join(', ');
  const some = `${names}${ids.length > namedJobs ? ' …' : ''}`;
  const count = formatCount(all);
  return ids.length === all
    ? `none of the ${count} jobs has a "description": ${some}`
    : `${formatCount(ids.length)} of ${count} jobs have no "description": ${some}`;
}

export const settingWithoutEffect: Rule = {
  code: 'I216',
  title: 'Setting without effect',
  severity: 'info',
  explanation:
    'A setting does nothing because another one is missing: "max_workers" counts only when "parallel" is on, "parallel" only with more than one worker, and a resource pool only when a job takes from it.',
  remedy: 'Add the setting that is missing, or remove this one.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nmax_workers: 4\njobs:\n  - { id: a, description: First, command: "true" }\n  - { id: b, description: Second, command: "true" }\n',
    mended:
      'version: 2\nparallel: true\nmax_workers: 4\njobs:\n  - { id: a, description: First, command: "true" }\n  - { id: b, description: Second, command: "true" }\n',
  },
  check(subject, report) {
    const { parallel, maxWorkers } = subject.configuration;
    const isWritten = (key: string) => subject.written(key) !== undefined;
    if (!parallel && maxWorkers > 1 && isWritten('max_workers')) {
      report({
        message: `"max_workers" has no effect: jobs run one after the other`,
        place: { ...subject.setting('max_workers'), part: 'key' },
        hint: 'add "parallel": true, or remove it',
      });
    }
    if (parallel && maxWorkers === 1) {
      report({
        message: '"parallel" has no effect: there is one worker',
        place: { ...subject.setting('parallel'), part: 'key' },
        hint: 'say how many jobs may run at once in "max_workers"',
      });
    }
    for (const pool of Object.keys(subject.configuration.resources)) {
      if (subject.jobs.some(({ job }) => Object.hasOwn(job.resources, pool))) continue;
      if (!Object.hasOwn((subject.written('resources') ?? {}) as object, pool)) continue;
      report({
        message: `no job takes from the pool "${pool}"`,
        place: { ...subject.setting('resources', pool), part: 'key' },
      });
    }
  },
};
