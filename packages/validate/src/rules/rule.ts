import type { Code, Severity } from '@executioner/core';
import type { ShellCheckComment } from '../world/world.ts';
import type { FindingPlace } from './findingPlace.ts';
import type { JobSubject, Subject } from './subject.ts';

/** What a rule has found. It becomes a `Diagnostic` when its place is looked up. */
export interface Finding {
  /** One sentence without a final full stop; names are quoted. */
  readonly message: string;
  readonly place?: FindingPlace | undefined;
  readonly job?: string;
  readonly hint?: string;
  readonly related?: readonly { readonly message: string; readonly place?: FindingPlace | undefined }[];
  /** What was likely meant; it becomes a suggestion. */
  readonly replacement?: Replacement | undefined;
}

/** `to` for `from` in the text at each of the places. */
export interface Replacement {
  readonly from: string;
  readonly to: string;
  readonly places: readonly FindingPlace[];
}

/** An example of what a rule finds, for its page: a file, and the files beside it. */
export interface RuleExample {
  readonly file: 'workflow.yaml' | 'workflow.json' | 'workflow.jsonc';
  readonly text: string;
  /** The same, mended. */
  readonly mended: string;
  /** What ShellCheck says of commands in it; nothing of all others. A test asks ShellCheck itself. */
  readonly remarks?: Readonly<Record<string, readonly ShellCheckComment[]>>;
  /** How many commands ShellCheck is asked about, where that matters. */
  readonly shellCheckLimit?: number;
}

/** One thing to look for: all that is known of it, in one place. */
export interface Rule {
  readonly code: Code;
  readonly title: string;
  /** Unless `--rule`, a comment or `.executionerrc` says otherwise. */
  readonly severity: Severity;
  /** What it means and why it matters: two to five sentences. */
  readonly explanation: string;
  /** What to do about it: a sentence or two. */
  readonly remedy: string;
  readonly example?: RuleExample;
  /**
   * Looks at the configuration as a whole, and returns what is to look at its jobs, if anything is. All rules see a
   * job before any sees the next one, so that what its command holds is read once and need not be kept.
   */
  check(subject: Subject, report: (finding: Finding) => void): JobCheck | undefined;
}

/** What a rule looks at in each job, in the order of the file, or what several rules gather from the jobs (`Subject.gather`). */
export interface JobCheck {
  job?(job: JobSubject): void;
  /** When all jobs have been seen: tells what is said of them together. */
  end?(): void;
}
