import { isFailedOutcome, outcomeNamed } from '../outcomes/index.ts';
import { type SelectableStatus, selectableStatuses } from './expression.ts';

const statusByOldName: ReadonlyMap<string, SelectableStatus> = new Map([
  ['blocked', 'skipped'],
  ['pending', 'waiting'],
]);

/** The status of a name in any letter case, version 1's names (`SUCCESS`, `ERROR`, `TIMEOUT`, `BLOCKED`, `PENDING`) included. */
export function statusNamed(name: string): SelectableStatus | undefined {
  const lower = name.toLowerCase();
  return (
    selectableStatuses.find((status) => status === lower) ?? outcomeNamed(lower) ?? statusByOldName.get(lower)
  );
}

/** Whether a job whose status in the run is `recorded` (undefined: it has none) is meant by `wanted`. */
export function hasStatus(recorded: string | undefined, wanted: SelectableStatus): boolean {
  const status = recorded === undefined ? 'not_run' : statusNamed(recorded);
  return status === wanted || (wanted === 'failure' && isFailedOutcome(status));
}
