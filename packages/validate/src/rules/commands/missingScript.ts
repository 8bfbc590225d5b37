import { nearest } from '@executioner/core';
import type { Invocation } from '../../shell/commandFacts.ts';
import { type ScriptArgument, scriptArguments } from '../../shell/interpreters.ts';
import { literalOf } from '../../shell/word.ts';
import { Grouping } from '../grouping.ts';
import type { Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';
import { production } from './production.ts';
import { unlessMade } from './workingFolder.ts';

export const missingScript: Rule = {
  code: 'W402',
  title: 'Script that cannot be read',
  severity: 'warning',
  explanation:
    'A command gives a script to its interpreter (`python3 x.py`, `node x.js`, `bash x.sh`, `awk -f x.awk`, `java -jar x.jar`, `sqlplus @x.sql`), and the file is not there or may not be read. Relative paths count from the working folder of the job, or from where the command has changed to. Files that an earlier command or job may make are not reported.',
  remedy:
    'Correct the path. If the file is made by another job, name it in the "outputs" of that job. Where the workflow is validated on another machine than it runs on, switch the rule off.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: sh load_dya.sh\n',
    mended: 'version: 2\njobs:\n  - id: load\n    description: Loads the day\n    command: sh load_day.sh\n',
  },
  check(subject, report) {
    const groups = new Grouping<MissingScripts>(subject, 'W402');
    const namesByGroup = new Map<string, Set<string>>();
    const add = (problem: Problem, { word }: ScriptArgument, job: JobSubject): void => {
      const similar = similarScript(problem, subject);
      const isAlone = similar !== undefined || problem.why !== 'does not exist';
      const key = isAlone ? problem.path : `${problem.program} in ${subject.host.folderOf(problem.path)}`;
      const names = namesByGroup.get(key) ?? new Set<string>();
      namesByGroup.set(key, names.add(problem.written));
      groups.add(key, { ...problem, names, similar }, { job: job.job.id, place: job.placeInCommand(word) });
    };
    const look = (job: JobSubject): void => {
      for (const invocation of job.facts?.invocations ?? none) {
        if (invocation.isTolerated || invocation.isConditional) continue;
        const use = invocation.program?.scriptUse;
        if (use === undefined || job.facts!.functions.has(literalOf(invocation.name)!)) continue;
        for (const script of scriptArguments(use, invocation.args)) {
          const problem = problemOf(script, invocation, job, subject);
          if (problem === undefined) continue;
          const { path, written, why } = problem;
          const tell = () => add(problem, script, job);
          const { folder } = invocation;
          const isRelative = !subject.host.isAbsolute(written);
          const lookup = { offset: script.word.start, isRelative, folder };
          if (why === 'does not exist') unlessMade(job, path, lookup, subject, tell);
          else subject.once(production).later(tell);
        }
      }
    };
    return { job: look, end: () => groups.report(report, describe) };
  },
};

const none: readonly never[] = [];

/** The scripts of one folder that an interpreter is given, all of them missing. */
interface MissingScripts extends Problem {
  readonly names: Set<string>;
  readonly similar: string | undefined;
}

const namedScripts = 3;

function describe(
  { written, path, why, program, names, similar }: MissingScripts,
  who: string,
  isOne: boolean,
) {
  const verb = isOne ? 'gives' : 'give';
  if (names.size > 1) {
    const some = [...names].slice(0, namedScripts).map((name) => `"${name}"`);
    const more = names.size > namedScripts ? ' …' : '';
    return {
      message: `${who} ${verb} ${program} ${names.size} scripts that do not exist: ${some.join(', ')}${more}`,
      hint: `looked for beside ${path}`,
    };
  }
  return {
    message: `${who} ${verb} "${written}" to ${program}, which ${why}`,
    hint: hintFor({ written, path, why, similar }),
    meant: similar === undefined ? undefined : { from: written, to: similar },
  };
}

interface Problem {
  readonly written: string;
  readonly path: string;
  readonly program: string;
  readonly why: 'does not exist' | 'may not be read' | 'is a folder';
}

function problemOf(
  { word, prefix, endings, mayBeFolder, isInPath }: ScriptArgument,
  { name, folder }: Invocation,
  job: JobSubject,
  subject: Subject,
): Problem | undefined {
  const { world } = subject;
  const written = job.textOf(word)?.slice(prefix.length);
  if (written === undefined || written === '') return undefined;
  const path = job.resolve(written, folder);
  if (path === undefined) return undefined;
  // Nearly every script is there: what else there is to ask can wait.
  const there = world.lookAt(path);
  if (there.kind === 'file' && there.isReadable) return undefined;
  if (/[*?[{\n]/.test(written) || job.facts!.probedPaths.has(written)) return undefined;
  if (path.startsWith('/dev/') || path.startsWith('/proc/')) return undefined;
  const program = literalOf(name)!;
  const candidates = ['', ...endings].map((ending) => world.lookAt(path + ending));
  const found = candidates.find(({ kind }) => kind !== 'missing');
  if (found !== undefined && found.kind !== 'missing') {
    if (!found.isReadable) return { written, path, program, why: 'may not be read' };
    return found.kind === 'folder' && !mayBeFolder
      ? { written, path, program, why: 'is a folder' }
      : undefined;
  }
  if (isInPath && !written.includes('/') && isFoundInPath(written, job, subject)) return undefined;
  return { written, path, program, why: 'does not exist' };
}

function isFoundInPath(name: string, job: JobSubject, { host, world }: Subject): boolean {
  return (job.variable('PATH') ?? '')
    .split(':')
    .some((folder) => host.isAbsolute(folder) && world.lookAt(host.resolve(folder, name)).kind === 'file');
}

/** The script as it would be written if a file with a similar name in its folder was meant. */
function similarScript({ written, path, why }: Problem, { host }: Subject): string | undefined {
  if (why !== 'does not exist') return undefined;
  const name = host.nameOf(path);
  const similar = nearest(name, host.listFolder(host.folderOf(path)));
  return similar === undefined ? undefined : written.slice(0, written.length - name.length) + similar;
}

function hintFor({
  written,
  path,
  why,
  similar,
}: Pick<MissingScripts, 'written' | 'path' | 'why' | 'similar'>): string {
  if (why === 'may not be read') return `look at its owner and mode: ls -l ${path}`;
  if (why === 'is a folder') return 'name a file in it';
  if (similar !== undefined) return `did you mean "${similar}"?`;
  return written === path ? 'correct the path' : `looked for at ${path}`;
}
