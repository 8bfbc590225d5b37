export { recordOfImported, recordsOfHistory } from './fromHistory.ts';
export { jobOfLogged, recordOfLogged } from './fromLogged.ts';
export { type JournalFold, type JournalFoldOptions, journalFold, skippedEventTypes } from './journalFold.ts';
export {
  type BecauseFrom,
  failsRun,
  hasFailed,
  type JobRecord,
  type RecordKind,
  type RunRecord,
  retriesOf,
  type TryRecord,
  tryDurationMs,
} from './runRecord.ts';
