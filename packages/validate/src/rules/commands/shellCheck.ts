import type { ShellCheckComment } from '../../world/world.ts';
import { Grouping } from '../grouping.ts';
import type { Finding, Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';

export const shellCheckWarning: Rule = {
  code: 'W409',
  title: 'Error that ShellCheck finds',
  severity: 'warning',
  explanation:
    'ShellCheck, when it is installed, looks at every command that is more than a program with plain arguments, and calls this an error. Its own number (SC…) is named: https://www.shellcheck.net/wiki/ has a page for each. Commands that differ in digits alone are looked at once.',
  remedy:
    'Follow the page of ShellCheck. A single number can be switched off with --rule SC2086=off, in .executionerrc, or by a comment; all of it with --shellcheck off.',
  check: (subject, report) => {
    for (const finding of findings(subject, true)) report(finding);
  },
};

export const shellCheckRemark: Rule = {
  code: 'I409',
  title: 'Remark of ShellCheck',
  severity: 'info',
  explanation:
    'What ShellCheck, when it is installed, calls a warning, an information or a matter of style. Variables without a value, bash syntax and files that cannot be followed are left out: the rules of Executioner know more of them.',
  remedy: 'See W409.',
  check: (subject, report) => {
    for (const finding of findings(subject, false)) report(finding);
  },
};

/** Known better here: variables (W507), bash syntax (W403); sourced files cannot be followed, and commands have no `#!`. */
const leftOut = /^(?:2154|2148|1090|1091|3\d\d\d)$/;

interface Remark extends ShellCheckComment {
  readonly job: JobSubject;
}

function findings(subject: Subject, areErrors: boolean): Iterable<Finding> {
  const groups = new Grouping<ShellCheckComment>(subject, areErrors ? 'W409' : 'I409');
  for (const remark of subject.once(remarks)) {
    if ((remark.level === 'error') !== areErrors) continue;
    const { job, start, end, code, message } = remark;
    groups.add(`${code} ${message}`, remark, { job: job.job.id, place: job.placeInCommand({ start, end }) }, [
      `SC${code}`,
    ]);
  }
  return groups.findings(({ code, message }, who) => ({
    message: `SC${code}: ${message.replace(/\.$/, '')} (${who})`,
    hint: `https://www.shellcheck.net/wiki/SC${code}`,
  }));
}

function remarks(subject: Subject): Remark[] {
  const { shellCheck } = subject.world;
  if (shellCheck === undefined) return [];
  const found: Remark[] = [];
  for (const dialect of ['posix', 'bash'] as const) {
    const jobs = firstOfEachShape(subject.jobs.filter((job) => job.dialect === dialect));
    if (jobs.length === 0) continue;
    const comments = shellCheck(
      jobs.map(({ job }) => job.command),
      dialect === 'posix' ? 'sh' : 'bash',
    );
    comments.forEach((list, index) => {
      for (const comment of list)
        if (!leftOut.test(String(comment.code))) found.push({ ...comment, job: jobs[index]! });
    });
  }
  return found;
}

/** Commands with something in them to remark upon, one of those that differ in digits alone. */
function firstOfEachShape(jobs: readonly JobSubject[]): JobSubject[] {
  const byShape = new Map<string, JobSubject>();
  for (const job of jobs) {
    const { facts } = job;
    if (facts === undefined || facts.isPlain || facts.problems.length > 0) continue;
    const shape = job.job.command.replace(/\d+/g, '0');
    if (!byShape.has(shape)) byShape.set(shape, job);
  }
  return [...byShape.values()];
}
