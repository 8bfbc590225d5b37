import type { Level } from './lineHeader.ts';

/** Where lines come from. */
export interface LineSource {
  readonly file: string;
  /** The job whose output it is. */
  readonly job?: string;
}

/** A place in a log, and the time the line gives, as it is written there. */
export interface Occurrence {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly time?: string;
}

/** A kind of log line. */
export interface Pattern {
  /** From 1, in the order of first occurrence. */
  readonly number: number;
  /** The words all its lines share, with `<*>` for what differs. */
  readonly template: string;
  readonly count: number;
  /** Some of its lines were not looked at: there are about so many. */
  readonly estimated?: true;
  /** The gravest level of its lines; empty if none says. */
  readonly level: Level;
  readonly first: Occurrence;
  readonly last: Occurrence;
  /** A few of its messages, shortened if long, the first in front. */
  readonly examples: readonly string[];
  /** The jobs in whose output it stands, at most a hundred, in the order of their first line. */
  readonly jobs: readonly string[];
}
