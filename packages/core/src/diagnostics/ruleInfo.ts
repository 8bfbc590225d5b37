import type { Code, Severity } from './diagnostic.ts';

/** What machine formats tell of a rule beside its findings. */
export interface RuleInfo {
  readonly code: Code;
  readonly title: string;
  readonly severity: Severity;
  /** What it means and how to mend it: a few sentences. */
  readonly explanation: string;
  /** Its page in the documentation. */
  readonly helpUri?: string;
}
