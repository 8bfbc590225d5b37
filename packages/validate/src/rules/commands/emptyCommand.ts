import { Grouping } from '../grouping.ts';
import type { Rule } from '../rule.ts';

export const emptyCommand: Rule = {
  code: 'W416',
  title: 'Command that does nothing',
  severity: 'warning',
  explanation:
    'The command of a job is empty, or holds comments alone. The shell has nothing to do and succeeds, so the job counts as succeeded, and what waits for it runs.',
  remedy:
    'Write the command. A job that only gathers others, so that one can wait for all of them, says so with `true`; one that is not to run for now has "enabled": false.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: ""\n',
    mended: 'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: "true"\n',
  },
  check(subject, report) {
    const groups = new Grouping<string>(subject, 'W416');
    return {
      job(job) {
        const { command, enabled, id } = job.job;
        if (!enabled || !isEmpty(command)) return;
        // A command that is not there, or no text, is an error of its own.
        if (typeof subject.writtenAt(job.place('command').origin) !== 'string') return;
        groups.add(command.trim() === '' ? 'empty' : 'comments', command, {
          job: id,
          place: job.place('command'),
        });
      },
      end: () =>
        groups.report(report, (command, who, isOne) => ({
          message: `the command of ${who} ${command.trim() === '' ? 'is empty' : 'holds comments alone'}: ${isOne ? 'it' : 'each'} succeeds without doing anything`,
          hint: 'write the command, or "true" when the job only gathers others',
        })),
    };
  },
};

/** Blank but for comments. Nearly every command shows with its first character that it is not. */
function isEmpty(command: string): boolean {
  return (
    !/^[^\s#]/.test(command) &&
    command.split('\n').every((line) => line.trim() === '' || line.trimStart().startsWith('#'))
  );
}
