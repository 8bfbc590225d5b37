import { ancestors } from '@executioner/core';
import type { Rule } from '../rule.ts';
import { type FileUse, fileUses, placeOf, runsAtOnce } from './fileUses.ts';

export const unwaitedInput: Rule = {
  code: 'W310',
  title: 'Input that no dependency waits for',
  severity: 'warning',
  explanation:
    'A job reads a file (`< file`, or "inputs") that is not there now and that another job makes, and it does not wait for that job, not through others either: with more than one worker it may start before the file is there. Left out are jobs with "pre_checks", which may wait for the file, and commands that may make it themselves before.',
  remedy: 'Name the job that makes the file in "dependencies".',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nparallel: true\nmax_workers: 2\njobs:\n  - { id: fetch, description: Fetches, command: "sort all.csv > day.csv" }\n  - { id: load, description: Loads, command: "sort < day.csv" }\n',
    mended:
      'version: 2\nparallel: true\nmax_workers: 2\njobs:\n  - { id: fetch, description: Fetches, command: "sort all.csv > day.csv" }\n  - { id: load, description: Loads, command: "sort < day.csv", dependencies: [fetch] }\n',
  },
  check(subject, report) {
    const { dag, world } = subject;
    if (!runsAtOnce(subject) || dag === undefined) return undefined;
    const uses = subject.gather(fileUses);
    const maker = ({ path, job }: FileUse): FileUse | undefined => {
      const makers = uses.writes.get(path) ?? [];
      const isOwn = makers.some((other) => other.job === job);
      return makers.length === 1 && !isOwn ? makers[0] : undefined;
    };
    return {
      end() {
        for (const read of uses.reads) {
          const { path, written, job } = read;
          const made = maker(read);
          if (made === undefined || job.job.preChecks.length > 0 || world.lookAt(path).kind !== 'missing')
            continue;
          if (ancestors(dag, [job.number]).includes(made.job.number)) continue;
          report({
            message: `job "${job.job.id}" reads "${written}", which job "${made.job.job.id}" makes, and does not wait for it`,
            place: placeOf(read),
            job: job.job.id,
            hint: `add "${made.job.job.id}" to its "dependencies"`,
            related: [{ message: `job "${made.job.job.id}" makes it here`, place: placeOf(made) }],
          });
        }
      },
    };
  },
};
