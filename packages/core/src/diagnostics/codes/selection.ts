import type { CodeInfo } from '../codeInfo.ts';

/** Findings about selections of jobs. */
export const selectionCodes = {
  E190: {
    title: 'Selection that cannot be read',
    severity: 'error',
    explanation:
      'The text that selects jobs breaks the rules of the selection language at the marked place: a parenthesis, quote or regular expression that is not closed, an operator without a job, an unknown status. Write an id that holds spaces, commas, parentheses or operators in double quotes.',
  },
  E191: {
    title: 'Selection of a job that does not exist',
    severity: 'error',
    explanation:
      'A selection names a job by its id, and the workflow has no job of that id. Nothing is selected then, since a mistyped name would silently leave a job out, or in. Use a pattern such as `load_*` where it is right that nothing may match.',
  },
  E192: {
    title: 'Selection by status without a run',
    severity: 'error',
    explanation:
      'The selection asks for the status of jobs (`status:failed`), and there is no run to look at. Name a run, or run the workflow first.',
  },
  W190: {
    title: 'Selection term that matches no job',
    severity: 'warning',
    explanation:
      'A pattern, tag, status or other term of a selection matches no job of the workflow. The rest of the selection stands; check the term for a mistake.',
  },
} as const satisfies Record<string, CodeInfo>;
