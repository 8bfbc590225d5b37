import type { CodeInfo } from '../codeInfo.ts';

/** Findings about records of other programs that are imported into the history. */
export const importCodes = {
  E131: {
    title: 'Record that cannot be read',
    severity: 'error',
    explanation:
      'The file to import does not exist, or may not be read. Nothing was imported from it; other files of the same command were.',
  },
  E132: {
    title: 'Nothing that can be imported',
    severity: 'error',
    explanation:
      'What can be imported is recognised by its content: a history database of version 1, a .ninja_log, a job log of GNU parallel (--joblog), or a trace in WfFormat, also gzipped. This file is none of them.',
  },
  E133: {
    title: 'Damaged record',
    severity: 'error',
    explanation:
      'The file begins like a database, a gzip file or a JSON text, and cannot be read to its end. Nothing was imported from it. A copy that was made while the file was being written is often the cause: copy it again.',
  },
  E134: {
    title: 'Record in a version that cannot be read',
    severity: 'error',
    explanation:
      'The file names a version of its format that is not known here. Versions 5 to 7 of .ninja_log and 1.3 to 1.5 of WfFormat can be read.',
  },
  W131: {
    title: 'Part of a record left out',
    severity: 'warning',
    explanation:
      'A line, row or task does not hold what it must, such as the id of a job, and was left out; everything else was imported. In a log that is still being written the last line is often not whole: import it again later.',
  },
  W132: {
    title: 'Record without a time',
    severity: 'warning',
    explanation:
      'The record does not say when the run began, so it stands at the beginning of 1970 in the history. Its durations are right, and count for estimates.',
  },
  W133: {
    title: 'Job without a run time',
    severity: 'warning',
    explanation:
      'The record does not say how long the job ran. It is in the history with the outcome unknown, and gives no estimate.',
  },
  W134: {
    title: 'Outcome that is not known',
    severity: 'warning',
    explanation:
      'The record gives an outcome or a list of retries in words that its program does not write. The job counts as unknown, or as tried once; what was recorded is kept and shown beside it.',
  },
  W135: {
    title: 'Record that holds no job',
    severity: 'warning',
    explanation: 'The file is what it claims to be, and holds not a single job. There was nothing to import.',
  },
} as const satisfies Record<string, CodeInfo>;
