import type { Outcome } from '../journal/index.ts';

/** How a run or a job stands: an outcome, or that it has none. */
export type HistoryStatus = Outcome | 'running' | 'interrupted';

const v1Names: Readonly<Record<HistoryStatus, string>> = {
  succeeded: 'SUCCESS',
  failed: 'FAILED',
  errored: 'ERROR',
  timed_out: 'TIMEOUT',
  precheck_failed: 'PRECHECK_FAILED',
  postcheck_failed: 'POSTCHECK_FAILED',
  skipped: 'SKIPPED',
  cancelled: 'CANCELLED',
  unknown: 'UNKNOWN',
  running: 'RUNNING',
  interrupted: 'INTERRUPTED',
};

export const statusNames = Object.keys(v1Names) as HistoryStatus[];

/** The status as v1's users know it: `SUCCESS`, `TIMEOUT`. */
export function v1StatusName(status: HistoryStatus): string {
  return v1Names[status];
}

/** Reads our name or v1's, in any letter case; undefined when it is neither. */
export function parseStatus(word: string): HistoryStatus | undefined {
  const name = word.toLowerCase().replaceAll('-', '_');
  return statusNames.find((status) => status === name || v1Names[status].toLowerCase() === name);
}
