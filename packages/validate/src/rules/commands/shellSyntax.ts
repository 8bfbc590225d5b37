import type { SyntaxProblem } from '../../shell/commandFacts.ts';
import type { Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';

export const shellSyntax: Rule = {
  code: 'E401',
  title: 'Syntax error in a command',
  severity: 'error',
  explanation:
    'The shell cannot read the command, so the job fails as soon as it is started, often with nothing but exit code 2. The place inside the text of the file is shown. Where the shell of the job is installed it is asked as well, and what it accepts is not reported.',
  remedy:
    'Close the quote, bracket or block; a literal quote or dollar is written with a backslash before it.',
  example: {
    file: 'workflow.json',
    text: '{\n  "version": 2,\n  "jobs": [\n    { "id": "greet", "description": "Greets", "command": "echo \\"it\'s done\\" && echo \'all of it" }\n  ]\n}\n',
    mended:
      '{\n  "version": 2,\n  "jobs": [\n    { "id": "greet", "description": "Greets", "command": "echo \\"it\'s done\\" && echo \'all of it\'" }\n  ]\n}\n',
  },
  check(subject, report) {
    return {
      job(job) {
        const problem = job.facts?.problems[0];
        if (problem === undefined || job.dialect === 'other' || isAccepted(problem, job, subject)) return;
        report({
          message: `the shell cannot read the command of job "${job.job.id}": ${problem.message}`,
          place: job.placeInCommand(problem),
          job: job.job.id,
        });
      },
    };
  },
};

/** Whether the shell itself, when it can be asked, sees nothing wrong. */
function isAccepted({ nested }: SyntaxProblem, job: JobSubject, { world }: Subject): boolean {
  return world.checkSyntax(nested?.shell ?? job.shell, nested?.text ?? job.job.command) === '';
}
