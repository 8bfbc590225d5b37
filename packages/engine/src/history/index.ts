export type { CaughtUp } from './catchUp.ts';
export { type Database, databaseProblem, openDatabase, type SqlParameter } from './database.ts';
export { definitionHasher } from './definitionHash.ts';
export { type Estimates, noEstimates } from './estimates.ts';
export { type HistoryFilter, parseTime } from './filter.ts';
export {
  estimatesFor,
  type History,
  type HistoryOptions,
  type HistoryView,
  historyFile,
  openHistory,
  openHistoryFile,
  removeHistory,
} from './history.ts';
export type { DefinedJobEntry, JobEntry } from './jobs.ts';
export { fieldNames, type MatchExpressions, matchExpression, unknownFields } from './matchExpression.ts';
export { applyPrune, type PrunedRun, type PruneOptions, type PrunePlan, planPrune } from './prune.ts';
export {
  type ImportedAttemptFile,
  type ImportedFile,
  type ImportedJobFile,
  importFile,
  readRunFiles,
} from './runFiles.ts';
export type { RunEntry } from './runs.ts';
export { stateKey } from './stateKey.ts';
export { type HistoryStatus, parseStatus, statusNames, v1StatusName } from './statusNames.ts';
