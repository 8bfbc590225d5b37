export { type TrendCollector, trendCollector } from './collectTrends.ts';
export { type TrendsDocumentOptions, trendsDocument } from './document.ts';
export { flakyTrends, type StandingChange, standingChanges } from './findings.ts';
export type { Flakiness, Trend, TrendChange, TrendPoint, Trends } from './model.ts';
export { renderTrendsHtml } from './renderHtml.ts';
export { type RenderTrendsOptions, renderTrendsText } from './renderText.ts';
