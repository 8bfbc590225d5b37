import { knownProgram } from '../../shell/knownProgram.ts';
import { literalOf } from '../../shell/word.ts';
import { Grouping } from '../grouping.ts';
import type { Rule } from '../rule.ts';

export const hiddenFailure: Rule = {
  code: 'I415',
  title: 'Failure that a pipe hides',
  severity: 'info',
  explanation:
    'A command ends with a pipe into `tee`, `logger` or the like. The exit code of a pipe is that of its last program, which nearly always succeeds: the job counts as succeeded also when the program before it fails, and what waits for it runs.',
  remedy:
    'The output of a job is logged anyway: leave the pipe out, or write into a file (`> load.log 2>&1`). In bash `set -o pipefail` before it makes the failure that of the pipe.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: sh load_day.sh | tee load.log # executioner-ignore W401\n',
    mended:
      'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: sh load_day.sh > load.log\n',
  },
  check(subject, report) {
    const groups = new Grouping<{ readonly first: string; readonly last: string; readonly isBash: boolean }>(
      subject,
      'I415',
    );
    return {
      job(job) {
        const pipe = job.facts?.finalPipe;
        if (pipe?.first === undefined || pipe.last === undefined || !swallowing.test(pipe.last)) return;
        const { first, last } = pipe;
        const { invocations, functions } = job.facts!;
        if (!knownProgram(first).isOpaque || functions.has(first)) return;
        const asksForFailure = ({ name, args }: (typeof invocations)[number]) =>
          literalOf(name) === 'set' && args.some((word) => literalOf(word) === 'pipefail');
        if (invocations.some(asksForFailure) || job.job.command.includes('PIPESTATUS')) return;
        const detail = { first, last, isBash: job.dialect === 'bash' };
        groups.add(`${first} | ${last}`, detail, { job: job.job.id, place: job.placeInCommand(pipe) });
      },
      end: () =>
        groups.report(report, ({ first, last, isBash }, who, isOne) => ({
          message: `${who} ${isOne ? 'succeeds' : 'succeed'} also when ${first} fails: the pipe ends with ${last}`,
          hint: isBash
            ? 'put "set -o pipefail;" before it'
            : `write into a file instead: ${first} … > file 2>&1`,
        })),
    };
  },
};

/** Programs that are at the end of a pipe to keep its output, and succeed whatever comes in. */
const swallowing = /^(?:\/\S*\/)?(?:tee|logger|ts|cat|systemd-cat|multilog|rotatelogs)$/;
