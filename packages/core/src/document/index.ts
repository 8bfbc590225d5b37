export { type DecodedText, decodeText, looksWide, type WideEncoding } from './decodeText.ts';
export type {
  DocumentFormat,
  ParsedDocument,
  ParseLimits,
  ParseResult,
  SourceText,
} from './document.ts';
export type { DocumentPath } from './documentPath.ts';
export { formatOf } from './format.ts';
export { createLineIndex, type LineIndex } from './lineIndex.ts';
export { parseDocument } from './parseDocument.ts';
export {
  type AliasNode,
  dereference,
  findPlace,
  type ListNode,
  type MapNode,
  type ScalarNode,
  type ScalarStyle,
  type Span,
  type SyntaxEntry,
  type SyntaxItem,
  type SyntaxNode,
  type SyntaxPlace,
} from './syntaxTree.ts';
