/** What an outcome is called, and whether it is a failure. */
export interface OutcomeInfo {
  /** For people: `timed out`. */
  readonly words: string;
  /** As version 1 called it in its logs and its history: `TIMEOUT`. */
  readonly v1Name: string;
  /** Whether it meets a `when: failure` dependency, and fails the run unless the job was allowed to. */
  readonly isFailure: boolean;
}

/** How a job can end. The order is that of the scheduler's numbers; the failures stand together. */
export const outcomes = {
  succeeded: { words: 'succeeded', v1Name: 'SUCCESS', isFailure: false },
  failed: { words: 'failed', v1Name: 'FAILED', isFailure: true },
  errored: { words: 'errored', v1Name: 'ERROR', isFailure: true },
  timed_out: { words: 'timed out', v1Name: 'TIMEOUT', isFailure: true },
  precheck_failed: { words: 'pre-check failed', v1Name: 'PRECHECK_FAILED', isFailure: true },
  postcheck_failed: { words: 'post-check failed', v1Name: 'POSTCHECK_FAILED', isFailure: true },
  unknown: { words: 'unknown', v1Name: 'UNKNOWN', isFailure: true },
  skipped: { words: 'skipped', v1Name: 'SKIPPED', isFailure: false },
  cancelled: { words: 'cancelled', v1Name: 'CANCELLED', isFailure: false },
} as const satisfies Readonly<Record<string, OutcomeInfo>>;

export type Outcome = keyof typeof outcomes;

export const outcomeNames = Object.keys(outcomes) as readonly Outcome[];

/** Whether a status is an outcome that counts as a failure; false for any other word, and for none. */
export function isFailedOutcome(status: string | undefined): boolean {
  return status !== undefined && isOutcome(status) && outcomes[status].isFailure;
}

/** The outcome that a word names, in any letter case: our name, or version 1's. */
export function outcomeNamed(word: string): Outcome | undefined {
  return outcomesByName.get(word.toLowerCase().replaceAll('-', '_'));
}

/** By our names and version 1's, in small letters. */
const outcomesByName: ReadonlyMap<string, Outcome> = new Map(
  outcomeNames.flatMap((outcome) => [
    [outcome, outcome],
    [outcomes[outcome].v1Name.toLowerCase(), outcome],
  ]),
);

function isOutcome(word: string): word is Outcome {
  return Object.hasOwn(outcomes, word);
}
