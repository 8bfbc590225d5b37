import type { Severity } from './diagnostic.ts';

/** What is known of a code wherever it is reported. The explanation feeds the reference page. */
export interface CodeInfo {
  readonly title: string;
  readonly severity: Severity;
  /** What it means and how to mend it: two to four sentences for the docs. */
  readonly explanation: string;
}

/**
 * Every diagnostic code: stable, never reused. E1xx syntax, E2xx schema, E3xx graph, E4xx commands,
 * E5xx environment, E6xx e-mail, E7xx retries and time limits, E8xx checks, E9xx security; W and I likewise.
 */
export const diagnosticCodes = {
  E101: {
    title: 'Syntax error',
    severity: 'error',
    explanation: 'The text is not valid JSON or YAML at this place, so nothing after it can be trusted.',
  },
} as const satisfies Record<string, CodeInfo>;

export type DiagnosticCode = keyof typeof diagnosticCodes;
