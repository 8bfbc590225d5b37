import { Grouping } from '../grouping.ts';
import type { Rule } from '../rule.ts';

export const bashSyntax: Rule = {
  code: 'W403',
  title: 'Bash syntax for a plain shell',
  severity: 'warning',
  explanation:
    'The command uses syntax of bash, and the shell that runs it does not know it: commands are given to /bin/sh unless "shell" says otherwise, and on Debian, Ubuntu and others that is dash. Some of it is refused, some silently means something else: `cmd &> file` starts `cmd` in the background. Where /bin/sh is bash nothing is reported.',
  remedy: 'Add "shell": "/bin/bash" to the job or at the top of the file, or write it the POSIX way.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: check\n    description: Looks for the input\n    command: if [[ -f in.csv ]]; then echo there; fi\n',
    mended:
      'version: 2\nshell: /bin/bash\njobs:\n  - id: check\n    description: Looks for the input\n    command: if [[ -f in.csv ]]; then echo there; fi\n',
  },
  check(subject, report) {
    const { world } = subject;
    const groups = new Grouping<{ readonly what: string; readonly shell: string }>(subject, 'W403');
    return {
      job(job) {
        const { facts, shell } = job;
        if (facts === undefined || facts.bashSyntax.length === 0) return;
        const real = world.realPath(shell);
        if (!/(?:^|\/)dash$/.test(real)) return;
        const found = facts.bashSyntax.filter(({ what }) => !facts.functions.has(what));
        const [first] = found;
        if (first === undefined) return;
        const what = [...new Set(found.map((one) => one.what))].map((one) => `\`${one}\``).join(', ');
        groups.add(what, { what, shell }, { job: job.job.id, place: job.placeInCommand(first) });
      },
      end: () =>
        groups.report(report, ({ what, shell }, who, isOne) => ({
          message: `${who} ${isOne ? 'uses' : 'use'} ${what}, which ${shell} (here dash) does not know`,
          hint: 'add "shell": "/bin/bash", or write it the POSIX way',
        })),
    };
  },
};
