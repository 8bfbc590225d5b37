export { type Distribution, type DistributionSummary, distribution } from './distribution.ts';
export { failedRunsVerdict } from './failedRuns.ts';
