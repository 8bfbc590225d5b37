import type { CodeInfo } from '../codeInfo.ts';

/** Findings about checks. */
export const checkCodes = {
  E801: {
    title: 'Unknown check',
    severity: 'error',
    explanation:
      'A check is none of the built-in ones, is not defined in "checks", and is not the path of a plug-in. With "version": 2 that is an error before anything is started.',
  },
  E803: {
    title: 'Missing parameter of a check',
    severity: 'error',
    explanation:
      'A check lacks a parameter that it cannot do without. With "version": 2 that is an error before anything is started.',
  },
  E804: {
    title: 'Unknown parameter of a check',
    severity: 'error',
    explanation:
      'A check is given a parameter that it does not know, so that what was meant would have no effect. With "version": 2 that is an error before anything is started.',
  },
  E805: {
    title: 'Unusable parameter of a check',
    severity: 'error',
    explanation:
      'A parameter of a check is not of the kind that the check takes. With "version": 2 that is an error before anything is started.',
  },
  E806: {
    title: 'Check of the output before the command',
    severity: 'error',
    explanation:
      'A check of what the command prints stands among the checks that come before it. Move it to "post_checks".',
  },
  W801: {
    title: 'Unknown check',
    severity: 'warning',
    explanation:
      'A check is none of the built-in ones, is not defined in "checks", and is not the path of a plug-in. As in version 1 its job fails when the check is reached; with "version": 2 that is an error before anything is started.',
  },
  W802: {
    title: 'Python plug-ins',
    severity: 'warning',
    explanation:
      'Plug-ins of version 1 are Python modules, which are not loaded here. Port them to a check plug-in: a program that is given the parameters and exits with 0 when the check holds, or a JavaScript module, named by its path in "pre_checks" or "post_checks".',
  },
  W803: {
    title: 'Missing parameter of a check',
    severity: 'warning',
    explanation:
      'A check lacks a parameter that it cannot do without. The job fails when the check is reached; with "version": 2 that is an error before anything is started.',
  },
  W804: {
    title: 'Unknown parameter of a check',
    severity: 'warning',
    explanation:
      'A check is given a parameter that it does not know, so that what was meant would have no effect. The job fails when the check is reached; with "version": 2 that is an error before anything is started.',
  },
  W805: {
    title: 'Unusable parameter of a check',
    severity: 'warning',
    explanation:
      'A parameter of a check is not of the kind that the check takes. The job fails when the check is reached; with "version": 2 that is an error before anything is started.',
  },
  W806: {
    title: 'Check of the output before the command',
    severity: 'warning',
    explanation:
      'A check of what the command prints stands among the checks that come before it. Move it to "post_checks": here its job fails when the check is reached.',
  },
} as const satisfies Record<string, CodeInfo>;
