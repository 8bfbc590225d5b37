export { type Distribution, type DistributionSummary, distribution } from './distribution.ts';
