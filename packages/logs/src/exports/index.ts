export { failuresCsv, jobsCsvHeader, jobsCsvRows, trendsCsv } from './csv.ts';
export { csvField } from './csvField.ts';
export { junitReport, junitSuite } from './junit.ts';
export { renderOpenMetrics } from './openMetrics.ts';
export { type Attribute, otlpTrace, type ResourceSpans, type Span } from './otlp.ts';
