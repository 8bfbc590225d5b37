import { formatCount } from '@executioner/core';
import type { ShellCheckComment } from '../../world/world.ts';
import { Grouping } from '../grouping.ts';
import type { Finding, JobCheck, Rule } from '../rule.ts';
import type { JobSubject, Subject } from '../subject.ts';

export const shellCheckWarning: Rule = {
  code: 'W409',
  title: 'Error that ShellCheck finds',
  severity: 'warning',
  explanation:
    'ShellCheck, when it is installed, looks at every command that is more than a program with plain arguments, and calls this an error. Its own number (SC…) is named: https://www.shellcheck.net/wiki/ has a page for each. Commands that differ in digits alone are looked at once.',
  remedy:
    'Follow the page of ShellCheck. A single number can be switched off with --rule SC2086=off, in .executionerrc, or by a comment; all of it with --shellcheck off.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - id: pack\n    description: Packs the tables\n    command: for f in $(ls data); do gzip "$f"; done\n',
    mended:
      'version: 2\njobs:\n  - id: pack\n    description: Packs the tables\n    command: for f in data/*; do gzip "$f"; done\n',
    remarks: {
      'for f in $(ls data); do gzip "$f"; done': [
        {
          level: 'error',
          code: 2045,
          message: 'Iterating over ls output is fragile. Use globs.',
          start: 9,
          end: 19,
        },
      ],
    },
  },
  check: (subject, report) => checkRemarks(subject, true, report),
};

export const shellCheckRemark: Rule = {
  code: 'I409',
  title: 'Remark of ShellCheck',
  severity: 'info',
  explanation:
    'What ShellCheck, when it is installed, calls a warning, an information or a matter of style. Variables without a value, bash syntax and files that cannot be followed are left out: the rules of Executioner know more of them.',
  remedy: 'See W409.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\nenv_variables: { INPUT: day.csv }\njobs:\n  - id: sort\n    description: Sorts the day\n    command: sort $INPUT > sorted.csv\n',
    mended:
      'version: 2\nenv_variables: { INPUT: day.csv }\njobs:\n  - id: sort\n    description: Sorts the day\n    command: sort "$INPUT" > sorted.csv\n',
    remarks: {
      'sort $INPUT > sorted.csv': [
        {
          level: 'info',
          code: 2086,
          message: 'Double quote to prevent globbing and word splitting.',
          start: 5,
          end: 11,
        },
      ],
    },
  },
  check: (subject, report) => checkRemarks(subject, false, report),
};

export const unlookedCommands: Rule = {
  code: 'I412',
  title: 'Commands that ShellCheck has not looked at',
  severity: 'info',
  explanation:
    'ShellCheck takes about two milliseconds for a command, which is more than all else together. Unless all are asked for it looks at the first 500 different ones of a workflow, those that differ in digits alone counted once; or it gave no answer for some of them. What it would have said of the others is not in this report. In the example it is asked about one command.',
  remedy:
    'Have it look at all of them with --shellcheck all (`shellcheck: all` in .executionerrc), or let jobs do the same thing in the same words.',
  example: {
    file: 'workflow.yaml',
    text: 'version: 2\njobs:\n  - { id: a, description: One, command: "sort a1.csv | gzip" }\n  - { id: b, description: Two, command: "cat a2.csv | gzip" }\n',
    mended:
      'version: 2\njobs:\n  - { id: a, description: One, command: "sort a1.csv | gzip" }\n  - { id: b, description: Two, command: "sort a2.csv | gzip" }\n',
    shellCheckLimit: 1,
  },
  check: (subject, report) =>
    whenAsked(subject, (search) => {
      const { left, unanswered, first } = search.remarks();
      const place = first && { place: first.place('command') };
      if (left > 0) {
        const all = left + subject.world.shellCheckLimit!;
        report({
          message: `ShellCheck has looked at ${formatCount(all - left)} of ${formatCount(all)} different commands`,
          ...place,
          hint: '--shellcheck all looks at all of them',
        });
      }
      if (unanswered > 0) {
        report({
          message: `ShellCheck gave no answer for ${formatCount(unanswered)} ${unanswered === 1 ? 'command' : 'commands'}`,
          ...place,
        });
      }
    }),
};

/**
 * Known better here: variables (W507), bash syntax (W403), characters that only look right (W413); sourced files cannot be
 * followed, and commands have no `#!`.
 */
const leftOut = /^(?:2154|2148|1090|1091|1015|1016|1017|1018|1100|1110|3\d\d\d)$/;

interface Remark extends ShellCheckComment {
  readonly job: JobSubject;
}

function checkRemarks(
  subject: Subject,
  areErrors: boolean,
  report: (finding: Finding) => void,
): JobCheck | undefined {
  const groups = new Grouping<ShellCheckComment>(subject, areErrors ? 'W409' : 'I409');
  return whenAsked(subject, (search) => {
    for (const remark of search.remarks().found) {
      if ((remark.level === 'error') !== areErrors) continue;
      const { job, start, end, code, message } = remark;
      const occurrence = { job: job.job.id, place: job.placeInCommand({ start, end }) };
      groups.add(`${code} ${message}`, remark, occurrence, [`SC${code}`]);
    }
    groups.report(report, ({ code, message }, who) => ({
      message: `SC${code}: ${message.replace(/\.$/, '')} (${who})`,
      hint: `https://www.shellcheck.net/wiki/SC${code}`,
    }));
  });
}

/** Gathers the commands of all jobs, and then lets `tell` ask ShellCheck; nothing where it is not to be asked. */
function whenAsked(subject: Subject, tell: (search: RemarkSearch) => void): JobCheck | undefined {
  if (subject.world.shellCheck === undefined) return undefined;
  const search = subject.gather(remarkSearch);
  return { end: () => tell(search) };
}

/** Kept with `Subject.gather`: the rules share one. */
function remarkSearch(subject: Subject): RemarkSearch {
  return new RemarkSearch(subject);
}

interface Remarks {
  readonly found: readonly Remark[];
  /** How many different commands were not looked at, and how many ShellCheck gave no answer for. */
  readonly left: number;
  readonly unanswered: number;
  /** The first job that either is true of. */
  readonly first: JobSubject | undefined;
}

class RemarkSearch implements JobCheck {
  readonly #subject: Subject;
  /** The first job of each shape: commands that differ in digits alone. */
  readonly #byShape = new Map<string, JobSubject>();
  #remarks: Remarks | undefined;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  job(job: JobSubject): void {
    const { facts, dialect } = job;
    if (facts === undefined || facts.isPlain || facts.problems.length > 0 || dialect === 'other') return;
    const shape = `${dialect} ${job.job.command.replace(/\d+/g, '0')}`;
    if (!this.#byShape.has(shape)) this.#byShape.set(shape, job);
  }

  remarks(): Remarks {
    this.#remarks ??= this.#ask();
    return this.#remarks;
  }

  #ask(): Remarks {
    const { shellCheck, shellCheckLimit = Number.POSITIVE_INFINITY } = this.#subject.world;
    const all = [...this.#byShape.values()];
    const jobs = all.slice(0, shellCheckLimit);
    const found: Remark[] = [];
    const unanswered: JobSubject[] = [];
    for (const dialect of ['posix', 'bash'] as const) {
      const own = jobs.filter((job) => job.dialect === dialect);
      if (own.length === 0) continue;
      const answers = shellCheck!(
        own.map(({ job }) => job.command),
        dialect === 'posix' ? 'sh' : 'bash',
      );
      answers.forEach((comments, index) => {
        const job = own[index]!;
        if (comments === undefined) unanswered.push(job);
        for (const comment of comments ?? [])
          if (!leftOut.test(String(comment.code))) found.push({ ...comment, job });
      });
    }
    const left = all.length - jobs.length;
    return { found, left, unanswered: unanswered.length, first: unanswered[0] ?? all[jobs.length] };
  }
}
