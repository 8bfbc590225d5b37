export { type ChartLevel, type ChartPoint, type SeriesChartOptions, seriesChart } from './chart.ts';
export { escapeHtml, type Html, type HtmlValue, html } from './escape.ts';
export { type LongTableOptions, longTable } from './longTable.ts';
export { htmlPage, type PageOptions } from './page.ts';
export { type TimelineBar, type TimelineOptions, timelineSvg, timelineTicks } from './timeline.ts';
