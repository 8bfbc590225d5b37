import type { FindingPlace } from '../findingPlace.ts';

/** A secret that is written down, and where: the place never is that of the value alone. */
export interface PlainSecret {
  readonly what: string;
  readonly place: FindingPlace;
  readonly job?: string;
  readonly hint: string;
  /** Where the secret itself stands, to be hidden wherever the text is shown. */
  readonly hidden: FindingPlace;
}

export const fromEnvironment = 'take it from the environment, and change it if the file has been shared';
