import { type SelectableStatus, selectableStatuses } from './expression.ts';

const statusByOldName: ReadonlyMap<string, SelectableStatus> = new Map([
  ['success', 'succeeded'],
  ['error', 'errored'],
  ['timeout', 'timed_out'],
  ['blocked', 'skipped'],
  ['pending', 'waiting'],
]);

const failures: ReadonlySet<SelectableStatus> = new Set([
  'failed',
  'errored',
  'timed_out',
  'precheck_failed',
  'postcheck_failed',
  'unknown',
]);

/** The status of a name in any letter case, v1's names (`SUCCESS`, `ERROR`, `TIMEOUT`, `BLOCKED`, `PENDING`) included. */
export function statusNamed(name: string): SelectableStatus | undefined {
  const lower = name.toLowerCase();
  return selectableStatuses.find((status) => status === lower) ?? statusByOldName.get(lower);
}

/** Whether a job whose status in the run is `recorded` (undefined: it has none) is meant by `wanted`. */
export function hasStatus(recorded: string | undefined, wanted: SelectableStatus): boolean {
  const status = recorded === undefined ? 'not_run' : statusNamed(recorded);
  return status === wanted || (wanted === 'failure' && status !== undefined && failures.has(status));
}
