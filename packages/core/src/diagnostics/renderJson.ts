import { compareDiagnostics } from './compareDiagnostics.ts';
import type { Diagnostic } from './diagnostic.ts';
import { countSeverities, type SeverityCounts } from './severity.ts';

/**
 * The published shape of diagnostics for programs. Within a version, keys are only ever added; a key that is removed
 * or changes its meaning raises it.
 */
export interface DiagnosticsReport {
  readonly version: 1;
  readonly counts: SeverityCounts;
  /** In the order of `compareDiagnostics`. Optional keys are absent, never null. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The report as plain data, keys in one fixed order and nothing in it that the shape does not name. */
export function diagnosticsReport(diagnostics: readonly Diagnostic[]): DiagnosticsReport {
  return {
    version: 1,
    counts: countSeverities(diagnostics),
    diagnostics: [...diagnostics].sort(compareDiagnostics).map(published),
  };
}

/** The report as JSON text with a final line break. Same diagnostics, same bytes, whatever order they came in. */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify(diagnosticsReport(diagnostics), null, 2)}\n`;
}

function published(diagnostic: Diagnostic): Diagnostic {
  const { code, severity, message, file, range, job, hint, related, fixes } = diagnostic;
  return {
    code,
    severity,
    message,
    ...(file !== undefined && { file }),
    ...(range !== undefined && { range: publishedRange(range) }),
    ...(job !== undefined && { job }),
    ...(hint !== undefined && { hint }),
    ...(related !== undefined &&
      related.length > 0 && {
        related: related.map((place) => ({
          message: place.message,
          ...(place.file !== undefined && { file: place.file }),
          ...(place.range !== undefined && { range: publishedRange(place.range) }),
        })),
      }),
    ...(fixes !== undefined &&
      fixes.length > 0 && {
        fixes: fixes.map(({ kind, title, edits }) => ({
          kind,
          title,
          edits: edits.map((edit) => ({
            file: edit.file,
            start: edit.start,
            end: edit.end,
            newText: edit.newText,
          })),
        })),
      }),
  };
}

function publishedRange({ start, end }: NonNullable<Diagnostic['range']>): NonNullable<Diagnostic['range']> {
  return {
    start: { offset: start.offset, line: start.line, column: start.column },
    end: { offset: end.offset, line: end.line, column: end.column },
  };
}
