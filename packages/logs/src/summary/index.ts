export { type DocumentOptions, errorsDocument, summaryDocument } from './document.ts';
export type {
  FailedRun,
  JobStatistics,
  LogSummary,
  ProblemGroup,
  RunLine,
  StatusCounts,
  WorkflowStatistics,
} from './model.ts';
export { type RenderHtmlOptions, renderHtml } from './renderHtml.ts';
export { type RenderTextOptions, renderErrors, renderText } from './renderText.ts';
export { runLine } from './runLine.ts';
export { type Summarizer, type SummarizerOptions, summarizer } from './summarize.ts';
