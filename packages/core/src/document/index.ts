export type {
  DocumentFormat,
  DocumentPath,
  ParsedDocument,
  ParseLimits,
  ParseResult,
  SourceText,
} from './document.ts';
export { formatOf } from './format.ts';
export { createLineIndex, type LineIndex } from './lineIndex.ts';
export { parseDocument } from './parseDocument.ts';
