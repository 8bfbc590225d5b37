import type { Diagnostic } from './diagnostic.ts';

/**
 * The order in which diagnostics are shown: by file (those of no file first), place (those of no place first), code,
 * message, and last by job. A total order up to findings that read the same; texts compare by code unit.
 */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file ?? '', b.file ?? '') ||
    (a.range?.start.offset ?? -1) - (b.range?.start.offset ?? -1) ||
    (a.range?.end.offset ?? -1) - (b.range?.end.offset ?? -1) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message) ||
    compareText(a.job ?? '', b.job ?? '')
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
