export type { CodeInfo } from './codeInfo.ts';
export { type DiagnosticCode, diagnosticCodes } from './codes.ts';
export { compareDiagnostics } from './compareDiagnostics.ts';
export { escapeControls } from './controlCharacters.ts';
export type {
  Code,
  Diagnostic,
  Fix,
  Position,
  Range,
  RelatedPlace,
  Severity,
  TextEdit,
} from './diagnostic.ts';
export { type DisplayCell, displayCells, displayWidth } from './displayCells.ts';
export { fingerprints } from './fingerprint.ts';
export { formatCount } from './formatCount.ts';
export { renderGithub } from './renderGithub.ts';
export { renderGitlab } from './renderGitlab.ts';
export { type DiagnosticsReport, diagnosticsReport, renderJson } from './renderJson.ts';
export { type JunitOptions, renderJunit } from './renderJunit.ts';
export { type PrettyOptions, renderPretty } from './renderPretty.ts';
export { renderSarif, type SarifOptions } from './renderSarif.ts';
export type { RuleInfo } from './ruleInfo.ts';
export {
  countSeverities,
  describeCounts,
  type ExitCodeOptions,
  exitCodeForDiagnostics,
  type SeverityCounts,
} from './severity.ts';
export { nearest } from './suggest.ts';
export { createLineIndex, type LineIndex } from './textPosition.ts';
export { escapeXml, xmlAttributes } from './xml.ts';
