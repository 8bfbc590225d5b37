export type { CollectedRun } from './collectedRun.ts';
export type { FactPlace, LogFact, LoggedLevel, TextLogKind } from './fact.ts';
export { isJobSentence } from './isJobSentence.ts';
export * as jobColumn from './jobColumn.ts';
export type { JobTable } from './jobTable.ts';
export { type LineScanner, lineScanner } from './lineScanner.ts';
export { loggedEvents } from './loggedEvents.ts';
export {
  isFailure,
  type LoggedAttempt,
  type LoggedCheck,
  type LoggedJob,
  type LoggedProblem,
  type LoggedRun,
  type LoggedTry,
} from './loggedRun.ts';
export { mergeRuns } from './mergeRuns.ts';
export { type Names, names } from './names.ts';
export { readTextLogs, type TextLogReading } from './readTextLogs.ts';
export { type RunCollector, type RunCollectorOptions, runCollector } from './runCollector.ts';

export {
  type TextLogParser,
  type TextLogParserOptions,
  type TextLogSurvey,
  textLogParser,
} from './textLogParser.ts';
export * as tryColumn from './tryColumn.ts';
export { type WholeLines, wholeLines } from './wholeLines.ts';
