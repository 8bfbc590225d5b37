import { type Check, isCheckPath } from '@executioner/core';
import { production } from '../commands/production.ts';
import { Grouping } from '../grouping.ts';
import type { Rule } from '../rule.ts';
import type { JobSubject } from '../subject.ts';

export const missingPlugIn: Rule = {
  code: 'W807',
  title: 'Check plug-in that is not there',
  severity: 'warning',
  explanation:
    'A check is named by the path of a plug-in, and no such file is there: the check fails when it is reached, and the job with it. Relative paths count from the folder of the configuration file.',
  remedy: 'Correct the path, or use one of the built-in checks.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: "true"\n    post_checks: [./rows.js]\n',
    mended:
      'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: "true"\n    post_checks: []\n',
  },
  check(subject, report) {
    const { host, world } = subject;
    const groups = new Grouping<string>(subject, 'W807');
    const look = (job: JobSubject, key: 'pre_checks' | 'post_checks', checks: readonly Check[]): void => {
      checks.forEach(({ name }, index) => {
        if (!isCheckPath(name) || name.includes('${')) return;
        const folder = host.folderOf(job.job.origin.file);
        const path = host.resolve(folder, name);
        if (world.lookAt(path).kind !== 'missing') return;
        const isRelative = !host.isAbsolute(name);
        const makes = subject.once(production);
        const lookup = { offset: Number.POSITIVE_INFINITY, isRelative };
        if (makes.isMadeByItself(job, path, lookup)) return;
        makes.later(() => {
          if (makes.isMadeByOthers(job, path, lookup)) return;
          groups.add(name, name, { job: job.job.id, place: job.place(key, index) });
        });
      });
    };
    return {
      job(job) {
        const { preChecks, postChecks } = job.job;
        if (preChecks.length > 0) look(job, 'pre_checks', preChecks);
        if (postChecks.length > 0) look(job, 'post_checks', postChecks);
      },
      end: () =>
        groups.report(report, (name, who) => ({
          message: `the check "${name}" of ${who} is the path of a plug-in that is not there`,
          hint: 'correct the path',
        })),
    };
  },
};
