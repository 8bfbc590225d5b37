import { Grouping } from '../grouping.ts';
import type { Finding, JobCheck, Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { type ProgramSearch, programSearch, type UnusableProgram } from './programSearch.ts';

export const missingProgram: Rule = {
  code: 'W401',
  title: 'Program that is not found',
  severity: 'warning',
  explanation:
    'A command starts a program that is in no folder of the PATH that the job will have, or a file that is not there: the shell will end with exit code 127. Looked for are the programs in pipes, lists, blocks and substitutions, and those that `env`, `sudo`, `xargs`, `timeout`, `find -exec`, `sh -c` and the like start. Builtins, functions of the command, and what an earlier command or job makes are known.',
  remedy:
    'Correct the name, install the program, or extend PATH in "env_variables" ("PATH": "/opt/tool/bin:${PATH}"). A command that can do without says so with `command -v name` or `|| true`. Where the workflow is validated on another machine than it runs on, switch the rule off.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: pack\n    description: Packs the logs\n    command: find . -name "*.log" | xargs gzpi\n',
    mended:
      'version: 2\njobs:\n  - id: pack\n    description: Packs the logs\n    command: find . -name "*.log" | xargs gzip\n',
  },
  check: (subject, report) => missing(subject, false, report),
};

export const missingProgramInBranch: Rule = {
  code: 'I401',
  title: 'Program of a branch that is not found',
  severity: 'info',
  explanation:
    'A program that is not found stands in a branch of the command (`if`, `case`, `||`, a loop), which may never be reached here.',
  remedy: 'See W401. Nothing need be done when the branch is for another machine.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: sum\n    description: Adds it up\n    command: if [ -d /Applications ]; then gsmu in.txt; else cksum /etc/hostname; fi\n',
    mended:
      'version: 2\njobs:\n  - id: sum\n    description: Adds it up\n    command: if [ -d /Applications ]; then cksum in.txt; else cksum /etc/hostname; fi\n',
  },
  check: (subject, report) => missing(subject, true, report),
};

export const unusableProgram: Rule = {
  code: 'W406',
  title: 'Program that cannot be executed',
  severity: 'warning',
  explanation:
    'A command starts a file that is there but may not be executed, or that is a folder: the shell will end with exit code 126.',
  remedy: 'Give the file the right to be executed (`chmod +x`), or name its interpreter (`sh file`).',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: ./load_day.sh\n',
    mended: 'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: sh load_day.sh\n',
  },
  check: (subject, report) => {
    const groups = new Grouping<UnusableProgram>(subject, 'W406');
    const search = subject.gather(programSearch);
    return {
      end() {
        for (const one of search.unusable) {
          if (one.why !== 'missing') groups.add(one.program + one.where, one, one);
        }
        groups.report(report, ({ program, why }, who, isOne) => ({
          message: `${who} ${isOne ? 'runs' : 'run'} "${program}", which is ${why}`,
          hint:
            why === 'a folder'
              ? 'name the program in it'
              : `chmod +x ${program}, or name its interpreter: sh ${program}`,
        }));
      },
    };
  },
};

function missing(
  subject: Subject,
  isConditional: boolean,
  report: (finding: Finding) => void,
): JobCheck | undefined {
  const groups = new Grouping<UnusableProgram>(subject, isConditional ? 'I401' : 'W401');
  const search = subject.gather(programSearch);
  return {
    end() {
      for (const one of search.unusable) {
        if (one.why === 'missing' && one.isConditional === isConditional)
          groups.add(one.program + one.where, one, one);
      }
      groups.report(report, (one, who, isOne) => {
        const isFile = one.program.includes('/');
        const verb = isOne ? 'runs' : 'run';
        return {
          message: isFile
            ? `${who} ${verb} "${one.program}", which does not exist`
            : `${who} ${verb} "${one.program}", which is in no folder of the PATH`,
          ...(isFile ? { hint: `looked for at ${one.where}` } : advice(one, search)),
        };
      });
    },
  };
}

function advice({ program, where, similarFunction }: UnusableProgram, search: ProgramSearch) {
  const similar = similarFunction ?? search.similar(program, where);
  return similar === undefined
    ? { hint: 'install it, or add its folder to PATH in "env_variables"' }
    : { hint: `did you mean "${similar}"?`, meant: { from: program, to: similar } };
}
