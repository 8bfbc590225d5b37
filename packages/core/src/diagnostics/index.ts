export type { CodeInfo } from './codeInfo.ts';
export { type DiagnosticCode, diagnosticCodes } from './codes.ts';
export { compareDiagnostics } from './compareDiagnostics.ts';
export { escapeControls } from './controlCharacters.ts';
export type { Diagnostic, Fix, Position, Range, RelatedPlace, Severity, TextEdit } from './diagnostic.ts';
export { type DiagnosticsReport, diagnosticsReport, renderJson } from './renderJson.ts';
export { type PrettyOptions, renderPretty } from './renderPretty.ts';
export {
  countSeverities,
  describeCounts,
  type ExitCodeOptions,
  exitCodeForDiagnostics,
  type SeverityCounts,
} from './severity.ts';
export { nearest } from './suggest.ts';
export { createLineIndex, type LineIndex } from './textPosition.ts';
