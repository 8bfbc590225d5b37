export type { CodeInfo, DiagnosticCode } from './codes.ts';
export { diagnosticCodes } from './codes.ts';
export type { Diagnostic, Fix, Position, Range, RelatedPlace, Severity, TextEdit } from './diagnostic.ts';
export { nearest } from './suggest.ts';
