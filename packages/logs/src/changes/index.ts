export { type Change, changesForJob, changesOfRun, valueOfChange } from './changes.ts';
export { describeChange, describeChangeBriefly, hiddenValuesNote } from './describe.ts';
export { hasHiddenValues, type ShownOptions, shownChanges } from './shown.ts';
export {
  type ConfiguredRun,
  type StoredConfiguration,
  storedConfiguration,
  withConfiguration,
} from './storedConfiguration.ts';
export { earlierAttempts, turnStartMs, turnsOf } from './turns.ts';
