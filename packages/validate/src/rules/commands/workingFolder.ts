import { Grouping } from '../grouping.ts';
import type { Finding, Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';
import { isBelow, type Lookup, production } from './production.ts';

export const workingFolder: Rule = {
  code: 'W407',
  title: 'Working folder that does not exist',
  severity: 'warning',
  explanation:
    'The folder that jobs are started in is not there on this machine, so that none of them can start. What commands name inside that folder is not looked at.',
  remedy: 'Correct "working_dir", make the folder, or validate on the machine where the workflow runs.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nworking_dir: /srv/wharehouse\njobs:\n  - id: load\n    description: Loads the day\n    command: "true"\n',
    mended:
      'version: 2\nworking_dir: /srv\njobs:\n  - id: load\n    description: Loads the day\n    command: "true"\n',
  },
  check(subject, report) {
    const groups = new Grouping<{ readonly folder: string; readonly kind: 'missing' | 'file' | 'other' }>(
      subject,
      'W407',
    );
    const tell = (finding: Finding) =>
      report(finding.place?.origin.path[0] === 'working_dir' ? ofAllJobs(finding) : finding);
    return {
      job(job) {
        if (!isMissing(job.folder, subject)) return;
        subject.once(production).later(() => {
          const folder = missingFolder(job, subject);
          if (folder === undefined) return;
          const entry = subject.world.lookAt(folder);
          const kind = entry.kind === 'missing' ? 'missing' : 'file';
          groups.add(folder, { folder, kind }, { job: job.job.id, place: placeOf(job, subject) });
        });
      },
      end: () =>
        groups.report(tell, ({ folder, kind }, who) => ({
          message: `the working folder "${folder}" of ${who} ${kind === 'missing' ? 'does not exist' : 'is not a folder'}`,
          hint: 'correct "working_dir", make the folder, or validate where the workflow runs',
        })),
    };
  },
};

/** A folder that the whole configuration starts in is no matter of one job. */
function ofAllJobs({ message, job: _job, related: _related, ...finding }: Finding): Finding {
  return {
    ...finding,
    message: message.replace(
      / of (?:job ".*"|[\d,]+ jobs \(.*\)) (?=does not exist$|is not a folder$)/s,
      ' ',
    ),
  };
}

function isMissing(folder: string | undefined, { world }: Subject): folder is string {
  return folder !== undefined && world.lookAt(folder).kind !== 'folder';
}

/** The folder of a job when it is not there and no other job makes it. To be asked when all jobs have been seen. */
export function missingFolder(job: JobSubject, subject: Subject): string | undefined {
  const { folder } = job;
  if (!isMissing(folder, subject)) return undefined;
  return subject.once(production).isFolderMade(job, folder) ? undefined : folder;
}

/** Whether a path lies in a working folder that is missing as a whole: that has been said. To be asked when all jobs have been seen. */
function isInMissingFolder(path: string, job: JobSubject, subject: Subject): boolean {
  const folder = missingFolder(job, subject);
  return folder !== undefined && isBelow(path, folder);
}

/**
 * Calls `tell` when all jobs have been seen and nothing makes a path that a command looks for, unless the folder that the
 * job starts in is missing, and the path with it.
 */
export function unlessMade(
  job: JobSubject,
  path: string,
  lookup: Lookup,
  subject: Subject,
  tell: () => void,
): void {
  const makes = subject.once(production);
  if (isBehindMissingFolder(job, lookup, subject) || makes.isMadeByItself(job, path, lookup)) return;
  makes.later(() => {
    if (makes.isMadeByOthers(job, path, lookup) || isInMissingFolder(path, job, subject)) return;
    if (lookup.isRelative && missingFolder(job, subject) !== undefined) return;
    tell();
  });
}

/** The command has changed to a folder that is not there: whatever it looks for from there is no mistake of its own. */
function isBehindMissingFolder(job: JobSubject, { isRelative, folder }: Lookup, { world }: Subject): boolean {
  if (!isRelative || folder === undefined || folder.length === 0) return false;
  const current = job.folderAt(folder);
  return current !== undefined && world.lookAt(current).kind === 'missing';
}

function placeOf(job: JobSubject, subject: Subject) {
  if (subject.says(job.job, 'working_dir')) return job.place('working_dir');
  const written = subject.documents.get(job.job.origin.file)?.value as Record<string, unknown> | undefined;
  const file = written?.working_dir === undefined ? subject.configuration.file : job.job.origin.file;
  return { origin: { file, path: ['working_dir'] } };
}
