import { defaultInheritedNames, nearest } from '@executioner/core';
import { isSetByShell } from '../../shell/shellVariables.ts';
import { Grouping } from '../grouping.ts';
import type { Finding, JobCheck, Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';

export const undefinedVariable: Rule = {
  code: 'W507',
  title: 'Variable without a value in a command',
  severity: 'warning',
  explanation:
    'A command uses a variable that nothing sets: neither the configuration nor the command itself, and the job does not inherit it, since "inherit_shell_env" leaves it out. The shell puts nothing in its place. Forms that say what to do without a value (`${NAME:-default}`, `[ -n "$NAME" ]`) are not reported.',
  remedy: 'Correct the name, set the variable in "env_variables", or give it with --env (to validate, too).',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\ninherit_shell_env: default\nenv_variables:\n  TARGET: /srv/out\njobs:\n  - id: clear\n    description: Empties the folder\n    command: rm -rf "$TARGTE"/*\n',
    mended:
      'version: 2\ninherit_shell_env: default\nenv_variables:\n  TARGET: /srv/out\njobs:\n  - id: clear\n    description: Empties the folder\n    command: rm -rf "$TARGET"/*\n',
  },
  check: (subject, report) => checkUses(subject, false, report),
};

export const perhapsInheritedVariable: Rule = {
  code: 'I507',
  title: 'Variable that must be inherited',
  severity: 'info',
  explanation:
    'A command uses a variable that neither the configuration nor the command sets. Jobs inherit the environment of whoever starts the run, so it may be set there; in the environment of this check it is not.',
  remedy:
    'Set the variable in "env_variables", give it with --env, or write `${NAME:?}` so that the command fails without it.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: show\n    description: Shows the day\n    command: echo "$BUSINESS_DAY_X"\n',
    mended:
      'version: 2\njobs:\n  - id: show\n    description: Shows the day\n    command: echo "${BUSINESS_DAY_X:?}"\n',
  },
  check: (subject, report) => checkUses(subject, true, report),
};

interface Detail {
  readonly name: string;
  readonly similar: string | undefined;
}

function checkUses(subject: Subject, mayBeInherited: boolean, report: (finding: Finding) => void): JobCheck {
  const groups = new Grouping<Detail>(subject, mayBeInherited ? 'I507' : 'W507');
  const look = (job: JobSubject): void => {
    const { facts } = job;
    if (facts === undefined || facts.uses.length === 0 || facts.readsForeignCode) return;
    const noted: string[] = [];
    for (const { name, start, end } of facts.uses) {
      if (job.variable(name) !== undefined || facts.sets.has(name) || noted.includes(name)) continue;
      noted.push(name);
      if (name.startsWith('EXECUTIONER_') || isSetByShell(name, job.dialect === 'posix')) continue;
      if (facts.uses.some((use) => use.name === name && use.isGuarded)) continue;
      if (isInherited(name, subject) !== mayBeInherited) continue;
      const own = job.job.env.flatMap(({ variables }) => Object.keys(variables));
      const similar = nearest(name, new Set([...own, ...facts.sets]));
      groups.add(
        `${name} ${similar}`,
        { name, similar },
        { job: job.job.id, place: job.placeInCommand({ start, end }) },
      );
    }
  };
  return {
    job: look,
    end: () =>
      groups.report(report, ({ name, similar }, who, isOne) => ({
        meant: similar === undefined ? undefined : { from: name, to: similar },
        message: `${who} ${isOne ? 'uses' : 'use'} "$${name}", which ${mayBeInherited ? 'is not set in the configuration, nor in this environment' : 'has no value'}`,
        hint:
          similar !== undefined
            ? `did you mean "$${similar}"?`
            : mayBeInherited
              ? `set it in "env_variables", or give it with --env ${name}=…`
              : `set it in "env_variables", give it with --env ${name}=…, or inherit it`,
      })),
  };
}

/** Whether jobs inherit the variable where it is set. */
function isInherited(name: string, { configuration: { envInheritance } }: Subject): boolean {
  switch (envInheritance.kind) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'default':
      return defaultInheritedNames.includes(name);
    case 'listed':
      return envInheritance.names.includes(name);
  }
}
