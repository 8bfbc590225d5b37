export {
  bootId,
  type Liveness,
  liveness,
  type ProcessIdentity,
  processIdentity,
  startTicks,
} from './processIdentity.ts';
export {
  attemptFiles,
  attempts,
  createRun,
  engineLiveness,
  type FormerEngine,
  formerEngine,
  listRuns,
  type RunFolder,
  readAttemptFile,
  removeUnfinished,
  storeAttemptFile,
} from './runFolder.ts';
export { stateFolder } from './stateFolder.ts';
