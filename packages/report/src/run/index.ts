export { buildRunReport, type Surroundings } from './buildRunReport.ts';
export {
  attemptFacts,
  countedStatuses,
  type JobRow,
  jobRow,
  runTitle,
  runVerdict,
  type StatusCount,
  tryLines,
} from './describe.ts';
export { type Bar, inLanes, timelineLanes } from './lanes.ts';
export type { AttemptReport, FailedCheck, JobReport, RunReport, TryReport } from './model.ts';
export { renderHtml } from './renderHtml.ts';
export { renderMarkdown } from './renderMarkdown.ts';
export { type RenderTextOptions, renderText } from './renderText.ts';
