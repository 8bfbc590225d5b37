import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { type LayerUse, placeOfVariable, writtenLayers } from './writtenLayers.ts';

/** What depends on variables that are seldom meant to be set in a workflow. */
const system: Readonly<Record<string, string>> = {
  HOME: 'programs look there for their settings and caches',
  IFS: 'the shell splits words by it',
  LD_PRELOAD: 'every program loads it',
  LOGNAME: 'programs take it for the name of the user',
  PWD: 'the shell sets it itself',
  OLDPWD: 'the shell sets it itself',
  SHELL: 'programs start it as the shell of the user',
  SHLVL: 'the shell sets it itself',
  USER: 'programs take it for the name of the user',
};

export const brokenVariable: Rule = {
  code: 'W509',
  title: 'System variable overridden',
  severity: 'warning',
  explanation:
    'The configuration replaces PATH by folders that hold none of the standard programs, so that commands find neither `ls` nor `cat`; or it sets one of the EXECUTIONER_… variables, which the engine sets for each job itself.',
  remedy:
    'Keep the rest of PATH: `PATH: /opt/tool/bin:${PATH}`. Choose another name for variables of your own.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nenv_variables:\n  PATH: /opt/oracle/bin\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
    mended:
      'version: 2\nenv_variables:\n  PATH: /opt/oracle/bin:${PATH}\njobs:\n  - id: greet\n    description: Greets\n    command: echo hello\n',
  },
  check(subject, report) {
    eachVariable(subject, (name, use) => {
      if (/^EXECUTIONER_(?:RUN|JOB|TRY|TOKEN)$/.test(name)) {
        report({
          message: `"${name}" is set by the engine for each job: this value is never seen`,
          ...placeOfVariable(name, use, subject),
          hint: 'choose another name',
        });
      }
      const value = use.layer.variables[name]!;
      if (name === 'PATH' && !hasStandardFolder(value)) {
        subject.once(brokenPaths).isTold = true;
        report({
          message: 'PATH is replaced by folders without the standard programs',
          ...placeOfVariable(name, use, subject),
          hint: `keep the rest of it: "${value.replace(/:+$/, '')}:\${PATH}"`,
        });
      }
    });
    return undefined;
  },
};

export const systemVariable: Rule = {
  code: 'I509',
  title: 'System variable set',
  severity: 'info',
  explanation:
    'The configuration sets a variable on which the shell or many programs depend. That may well be meant; it is said because its effects reach far.',
  remedy: 'Nothing need be done when it is meant. Else choose another name.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nenv_variables:\n  USER: loader\njobs:\n  - id: greet\n    description: Greets\n    command: echo "hello $USER"\n',
    mended:
      'version: 2\nenv_variables:\n  DB_USER: loader\njobs:\n  - id: greet\n    description: Greets\n    command: echo "hello $DB_USER"\n',
  },
  check(subject, report) {
    eachVariable(subject, (name, use) => {
      const effect = Object.hasOwn(system, name) ? system[name] : undefined;
      if (effect === undefined) return;
      report({
        message: `"${name}" is a variable of the system: ${effect}`,
        ...placeOfVariable(name, use, subject),
      });
    });
    return undefined;
  },
};

function eachVariable(subject: Subject, look: (name: string, use: LayerUse) => void): void {
  for (const use of subject.once(writtenLayers)) for (const name in use.layer.variables) look(name, use);
}

/** Whether it has been told that a PATH holds none of the standard programs, memoized with `Subject.once`. */
export function brokenPaths(): { isTold: boolean } {
  return { isTold: false };
}

export function hasStandardFolder(path: string): boolean {
  return path.includes('${PATH}') || path.split(':').some((folder) => /^\/(?:usr\/)?bin\/?$/.test(folder));
}
