export { comparePlans, type PlanDifference } from './comparePlans.ts';
export { parsePlan, plannedOptions, withPlannedLimits } from './holdToPlan.ts';
export {
  type PlanDocument,
  type PlanDocumentOptions,
  type PlannedJob,
  planDocument,
} from './planDocument.ts';
export { type StartingOrder, startingOrder } from './startingOrder.ts';
