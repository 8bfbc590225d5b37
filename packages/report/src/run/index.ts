export { buildRunReport } from './buildRunReport.ts';
export { type Bar, timelineLanes } from './lanes.ts';
export type { AttemptReport, FailedCheck, JobReport, RunReport, TryReport } from './model.ts';
export { renderHtml } from './renderHtml.ts';
export { renderMarkdown } from './renderMarkdown.ts';
export { type RenderTextOptions, renderText } from './renderText.ts';
