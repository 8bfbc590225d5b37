import type { CodeInfo } from '../codeInfo.ts';

/** Findings about logs, journals and histories that are looked into. What they hold all the same is shown. */
export const logCodes = {
  E141: {
    title: 'Log that cannot be read',
    severity: 'error',
    explanation:
      'The file does not exist, or may not be read. The other files of the same command were read, and what is shown is about them.',
  },
  E142: {
    title: 'Nothing known in a file',
    severity: 'error',
    explanation:
      'Logs are recognised by their content: journals, run logs, application logs and job logs of ours and of version 1, history databases, each also gzipped. This file is none of them.',
  },
  E143: {
    title: 'Damaged journal',
    severity: 'error',
    explanation:
      'A line of the journal is no event, or events are missing or repeated. What stands before that line is sound and was read; what stands after it was not.',
  },
  E144: {
    title: 'Journal or database of a newer version',
    severity: 'error',
    explanation:
      'The file was written by a newer version of Executioner, in a format that this one does not know. What stands before the first such line was read.',
  },
  E145: {
    title: 'Damaged gzip file or database',
    severity: 'error',
    explanation:
      'The file begins like a gzip file or a SQLite database, and cannot be read to its end. What could be unpacked was read. A copy that was made while the file was being written is often the cause: copy it again.',
  },
  W141: {
    title: 'Log that is cut off',
    severity: 'warning',
    explanation:
      'The last line has no end. The log is still being written, or was cut off by a full disk or a crash. All whole lines were read.',
  },
  W142: {
    title: 'Log with lost content',
    severity: 'warning',
    explanation:
      'Part of the file is filled with zeros, as a crash of the machine leaves it. What the file held there is lost; the rest was read.',
  },
  W143: {
    title: 'Lines that are no log lines',
    severity: 'warning',
    explanation:
      'Lines begin neither with a time and a level, as log lines do, nor do they go on with the command of the line before. They were left out. Often the output of something else was written into the file.',
  },
  I141: {
    title: 'Run told twice',
    severity: 'info',
    explanation:
      'Two of the files tell of the same run. The more exact one counts: a journal before a history, and a history before text logs.',
  },
} as const satisfies Record<string, CodeInfo>;
