export { type Change, changesForJob, changesOfRun, valueOfChange } from './changes.ts';
export { describeChange } from './describe.ts';
export { type ConfiguredRun, type StoredConfiguration, withConfiguration } from './storedConfiguration.ts';
