export { eachJob } from './eachJob.ts';
export { recordOfImported, recordsOfHistory } from './fromHistory.ts';
export { recordOfLogged } from './fromLogged.ts';
export { type JobFigures, retriesShown } from './jobFigures.ts';
export { jobStatuses, type StatusCounts, StatusTally, statusCode } from './jobStatuses.ts';
export { type JournalFold, type JournalFoldOptions, journalFold, skippedEventTypes } from './journalFold.ts';
export { jobOfLogged, LoggedJobs } from './loggedJobs.ts';
export {
  type BecauseFrom,
  failsRun,
  hasFailed,
  type JobList,
  type JobRecord,
  type RecordKind,
  type RunRecord,
  type RunStop,
  retriesOf,
  type TryRecord,
  tryDurationMs,
} from './runRecord.ts';
