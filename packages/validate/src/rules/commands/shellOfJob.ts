import { nearest } from '@executioner/core';
import { literalOf } from '../../shell/word.ts';
import { Grouping } from '../grouping.ts';
import type { Rule } from '../rule.ts';
import type { JobSubject } from '../subject.ts';

export const missingShell: Rule = {
  code: 'W408',
  title: 'Shell that is not there',
  severity: 'warning',
  explanation:
    'The program in "shell", which is to run the commands, does not exist or may not be executed, so that no job that uses it can start.',
  remedy: 'Correct the path, or install the shell.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nshell: /bin/bsah\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
    mended:
      'version: 2\nshell: /bin/bash\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
  },
  check(subject, report) {
    if (!subject.configuration.allowShell) return undefined;
    const { host, world } = subject;
    const groups = new Grouping<string>(subject, 'W408');
    const look = (job: JobSubject): void => {
      const { shell } = job;
      if (shell === '/bin/sh' || shell.includes('${')) return;
      const candidates = shell.includes('/')
        ? [shell]
        : (job.variable('PATH') ?? '/usr/bin:/bin').split(':').map((folder) => `${folder}/${shell}`);
      const isThere = candidates.some((path) => {
        const entry = world.lookAt(host.resolve(job.folder ?? '/', path));
        return entry.kind === 'other' || (entry.kind === 'file' && entry.isExecutable);
      });
      if (isThere) return;
      const place = subject.says(job.job, 'shell') ? job.place('shell') : subject.setting('shell');
      groups.add(shell, shell, { job: job.job.id, place });
    };
    return {
      job: look,
      end: () =>
        groups.report(report, (shell, who) => {
          const similar = nearest(
            shell,
            knownShells.filter((path) => world.lookAt(path).kind === 'file'),
          );
          return {
            message: `the shell "${shell}" of ${who} does not exist or cannot be executed`,
            hint: similar === undefined ? 'correct the path, or install it' : `did you mean "${similar}"?`,
            meant: similar === undefined ? undefined : { from: shell, to: similar },
          };
        }),
    };
  },
};

const knownShells = ['sh', 'bash', 'dash', 'ksh', 'zsh'].flatMap((name) => [
  `/bin/${name}`,
  `/usr/bin/${name}`,
]);

export const shellSyntaxWithoutShell: Rule = {
  code: 'W410',
  title: 'Shell syntax without a shell',
  severity: 'warning',
  explanation:
    'With "allow_shell": false a command is split into words and started directly. Pipes, redirections, lists, substitutions and builtins such as `cd` mean nothing then: the program is given `|` and `>` as arguments.',
  remedy: 'Put the command into a script, write `sh -c \'…\'`, or set "allow_shell" to true.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nallow_shell: false\njobs:\n  - id: count\n    description: Counts the lines\n    command: cat /etc/hostname | wc -l\n',
    mended:
      "version: 2\nallow_shell: false\njobs:\n  - id: count\n    description: Counts the lines\n    command: sh -c 'cat /etc/hostname | wc -l'\n",
  },
  check(subject, report) {
    if (subject.configuration.allowShell) return undefined;
    const look = (job: JobSubject): void => {
      const { facts } = job;
      if (facts === undefined) return;
      const [first] = facts.invocations;
      const isBuiltin = ['cd', 'export', 'exit', 'set', '.', 'eval', 'exec', 'unset', ':', 'trap'].includes(
        first === undefined ? '' : (literalOf(first.name) ?? ''),
      );
      // `${NAME}` is replaced in each word also without a shell.
      const syntax = facts.shellSyntax ?? (isBuiltin ? first!.name : undefined);
      if (syntax === undefined) return;
      report({
        message: `the command of job "${job.job.id}" needs a shell, and "allow_shell" is false`,
        place: job.placeInCommand(syntax),
        job: job.job.id,
        hint: 'write sh -c \'…\', put it into a script, or set "allow_shell" to true',
      });
    };
    return { job: look };
  },
};

export const background: Rule = {
  code: 'I411',
  title: 'Command left in the background',
  severity: 'info',
  explanation:
    'The last thing a command does is to start a program in the background (`&`). The job ends at once and counts as succeeded, whatever becomes of that program, and its dependents start while it still runs.',
  remedy: 'Remove the `&`: jobs run side by side with "parallel". Or let the command end with `wait`.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: serve\n    description: Starts the server\n    command: sleep 60 &\n',
    mended: 'version: 2\njobs:\n  - id: serve\n    description: Starts the server\n    command: sleep 60\n',
  },
  check(_subject, report) {
    const look = (job: JobSubject): void => {
      const { facts } = job;
      if (facts === undefined || facts.background.length === 0) return;
      const last = facts.background.at(-1)!;
      const isWaitedFor = facts.invocations.some(
        ({ name }) => literalOf(name) === 'wait' && name.start >= last.end,
      );
      if (isWaitedFor || facts.invocations.some(({ name }) => name.start >= last.end)) return;
      report({
        message: `job "${job.job.id}" ends while a program that it started still runs`,
        place: job.placeInCommand(last),
        job: job.job.id,
        hint: 'remove the "&", or let the command end with "wait"',
      });
    };
    return { job: look };
  },
};
