export { describeFailure } from './describeFailure.ts';
export { renderSummary, type SummaryStyle } from './renderSummary.ts';
export {
  type FailedCheck,
  type FailedJob,
  type RunSummary,
  type SkippedJob,
  type SummaryFold,
  type SummarySources,
  summaryFold,
} from './summary.ts';
