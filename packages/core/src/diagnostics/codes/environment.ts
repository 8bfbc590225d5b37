import type { CodeInfo } from '../codeInfo.ts';

/** Findings about variables. */
export const environmentCodes = {
  E501: {
    title: 'Unusable variable name',
    severity: 'error',
    explanation:
      'Names of environment variables consist of letters, digits and underscores and do not begin with a digit.',
  },
  E502: {
    title: 'Unusable variable value',
    severity: 'error',
    explanation:
      'The value of an environment variable is a text of at most 32,768 characters without NUL; numbers and flags are turned into text. Lists and mappings have no meaning there.',
  },
  E503: {
    title: 'Unknown env set',
    severity: 'error',
    explanation: 'A job uses an env set that no file defines in "env_sets".',
  },
  W501: {
    title: 'Flag as a variable',
    severity: 'warning',
    explanation:
      'A file without "version": 2 gives true and false to jobs as "True" and "False", as version 1 did. Write the text in quotes to say which spelling you want.',
  },
} as const satisfies Record<string, CodeInfo>;
