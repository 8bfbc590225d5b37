import type { Severity } from './diagnostic.ts';

/** What is known of a code wherever it is reported. The explanation feeds the reference page. */
export interface CodeInfo {
  readonly title: string;
  readonly severity: Severity;
  /** What it means and how to mend it: two to four sentences for the docs. */
  readonly explanation: string;
}
