import type { CodeInfo } from '../codeInfo.ts';

/** Findings about security. */
export const securityCodes = {
  E901: {
    title: 'Dangerous command',
    severity: 'error',
    explanation:
      'A command does something that "security_policy": "strict" refuses. Nothing is started. If it is meant, allow it with a regular expression in "command_allowlist_patterns", or lower "security_level".',
  },
  E902: {
    title: 'Program outside the workspace',
    severity: 'error',
    explanation:
      'A command begins with the absolute path of a program that is in none of the "workspace_paths", and "security_policy" is "strict". Nothing is started.',
  },
  E903: {
    title: 'Path of others',
    severity: 'error',
    explanation:
      'A command names a path that leads upwards (..) or a file in which a user or the system keeps secrets, and "security_policy" is "strict". Nothing is started.',
  },
  W901: {
    title: 'Dangerous command',
    severity: 'warning',
    explanation:
      'A command does something dangerous. With "security_policy": "strict" it would be refused. If it is meant, allow it with a regular expression in "command_allowlist_patterns", or lower "security_level".',
  },
  W902: {
    title: 'Program outside the workspace',
    severity: 'warning',
    explanation:
      'A command begins with the absolute path of a program that is in none of the "workspace_paths". With "security_policy": "strict" it would be refused.',
  },
  W903: {
    title: 'Path of others',
    severity: 'warning',
    explanation:
      'A command names a path that leads upwards (..) or a file in which a user or the system keeps secrets. With "security_policy": "strict" it would be refused.',
  },
  W904: {
    title: 'Unusable allow-list pattern',
    severity: 'warning',
    explanation: 'An entry of "command_allowlist_patterns" is no regular expression, so it allows nothing.',
  },
} as const satisfies Record<string, CodeInfo>;
