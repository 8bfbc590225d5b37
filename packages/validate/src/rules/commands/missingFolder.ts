import { literalOf } from '../../shell/word.ts';
import { Grouping } from '../grouping.ts';
import type { Rule } from '../rule.ts';
import type { JobSubject } from '../subject.ts';
import { production } from './production.ts';
import { unlessMade } from './workingFolder.ts';

const none: readonly never[] = [];

export const missingFolder: Rule = {
  code: 'W404',
  title: 'Change to a folder that does not exist',
  severity: 'warning',
  explanation:
    'A command changes to a folder (`cd`) that is not there, and that no earlier command or job makes. What follows then runs in the wrong folder, or not at all.',
  remedy: 'Correct the path, or make the folder first: `mkdir -p folder && cd folder`.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: list\n    description: Lists the spool\n    command: cd /var/spoool && ls\n',
    mended:
      'version: 2\njobs:\n  - id: list\n    description: Lists the spool\n    command: cd /var/spool && ls\n',
  },
  check(subject, report) {
    const { world, host } = subject;
    const groups = new Grouping<{ readonly written: string; readonly isFile: boolean }>(subject, 'W404');
    const look = (job: JobSubject): void => {
      for (const change of job.facts?.folderChanges ?? none) {
        if (change.isConditional || change.isTolerated) continue;
        const written = job.textOf(change.target);
        if (written === undefined || written === '' || /[*?[]/.test(written)) continue;
        const path = job.resolve(written, change.folder);
        if (path === undefined || job.facts!.probedPaths.has(written)) continue;
        const { kind } = world.lookAt(path);
        if (kind === 'folder' || kind === 'other') continue;
        const isRelative = !host.isAbsolute(written);
        // CDPATH names other folders in which `cd` looks.
        if (isRelative && job.variable('CDPATH') !== undefined) continue;
        const lookup = { offset: change.target.start, isRelative, folder: change.folder };
        unlessMade(job, path, lookup, subject, () =>
          groups.add(
            path,
            { written, isFile: kind === 'file' },
            { job: job.job.id, place: job.placeInCommand(change.target) },
          ),
        );
      }
    };
    return {
      job: look,
      end: () =>
        groups.report(report, ({ written, isFile }, who, isOne) => ({
          message: `${who} ${isOne ? 'changes' : 'change'} to "${written}", which ${isFile ? 'is a file' : 'does not exist'}`,
          hint: 'correct the path, or make the folder first with mkdir -p',
        })),
    };
  },
};

export const redirectionTarget: Rule = {
  code: 'W405',
  title: 'Redirection that must fail',
  severity: 'warning',
  explanation:
    'A command reads from a file (`< file`) that is not there, or writes to one (`> folder/file`) in a folder that is not there or may not be written to, and nothing before it makes them. The shell then does not even start the command.',
  remedy: 'Correct the path, or make the folder first with `mkdir -p`.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: count\n    description: Counts the lines\n    command: wc -l < /etc/hostnaem\n',
    mended:
      'version: 2\njobs:\n  - id: count\n    description: Counts the lines\n    command: wc -l < /etc/hostname\n',
  },
  check(subject, report) {
    const { world, host } = subject;
    const groups = new Grouping<{ readonly written: string; readonly why: string }>(subject, 'W405');
    const look = (job: JobSubject): void => {
      for (const { redirection, written, path } of job.redirectedFiles) {
        const { kind, target, folder } = redirection;
        if (literalOf(target) === '-' || /[*?[]/.test(written)) continue;
        if (job.facts!.probedPaths.has(written)) continue;
        const needed = kind === 'read' ? path : host.folderOf(path);
        const { kind: there } = world.lookAt(needed);
        const isThere = kind === 'read' ? there === 'file' || there === 'other' : there === 'folder';
        const isFolder = kind === 'write' && isThere && world.lookAt(path).kind === 'folder';
        if (isThere && !isFolder) continue;
        const isRelative = !host.isAbsolute(written);
        const why = isFolder
          ? 'which is a folder'
          : kind === 'read'
            ? 'which does not exist'
            : `but there is no folder "${host.folderOf(path)}"`;
        const tell = () =>
          groups.add(
            `${kind} ${path}`,
            { written: `${kind === 'read' ? 'reads from' : 'writes to'} "${written}"`, why },
            { job: job.job.id, place: job.placeInCommand(target) },
          );
        const lookup = { offset: target.start, isRelative, folder };
        if (isFolder) subject.once(production).later(tell);
        else unlessMade(job, needed, lookup, subject, tell);
      }
    };
    return {
      job: look,
      end: () =>
        groups.report(report, ({ written, why }, who) => ({
          message: `${who}: ${written}, ${why}`,
          hint: why.startsWith('but') ? 'make the folder first: mkdir -p' : 'correct the path',
        })),
    };
  },
};
