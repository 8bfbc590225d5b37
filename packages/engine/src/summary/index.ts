export type { Causes } from './causes.ts';
export { describeFailure } from './describeFailure.ts';
export { renderSummary, type SummaryStyle } from './renderSummary.ts';
export {
  type FailedCheck,
  type FailedJob,
  type RunSummary,
  type SkippedJob,
  type StopReason,
  type SummaryFold,
  type SummarySources,
  summaryFold,
} from './summary.ts';
