import type { Origin } from '@executioner/core';
import type { Part } from '../shell/part.ts';

/** Where a finding is: what is written at `origin`, or a part of the text there. */
export interface FindingPlace {
  readonly origin: Origin;
  readonly part?: 'key' | 'value';
  /** Half-open range inside the string at `origin`, in UTF-16 units of the decoded string. */
  readonly within?: Part;
}
