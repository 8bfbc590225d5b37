import { type Outcome, outcomeNamed, outcomeNames, outcomes } from '@executioner/core';

/** How a run or a job stands: an outcome, or that it has none. */
export type HistoryStatus = Outcome | 'running' | 'interrupted';

const unended = ['running', 'interrupted'] as const;

export const statusNames: readonly HistoryStatus[] = [...outcomeNames, ...unended];

/** The status as v1's users know it: `SUCCESS`, `TIMEOUT`. */
export function v1StatusName(status: HistoryStatus): string {
  return status === 'running' || status === 'interrupted' ? status.toUpperCase() : outcomes[status].v1Name;
}

/** Reads our name or v1's, in any letter case; undefined when it is neither. */
export function parseStatus(word: string): HistoryStatus | undefined {
  return outcomeNamed(word) ?? unended.find((status) => status === word.toLowerCase());
}
