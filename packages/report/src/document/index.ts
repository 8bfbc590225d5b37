export type { Block, Item, OutputLine, ReportDocument, Section } from './model.ts';
export { documentHtml } from './renderHtml.ts';
export { documentMarkdown } from './renderMarkdown.ts';
export { type DocumentTextOptions, documentText } from './renderText.ts';
