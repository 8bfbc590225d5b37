import { type DiagnosticCode, diagnosticCodes } from '../diagnostics/codes.ts';
import type { Diagnostic, Fix } from '../diagnostics/diagnostic.ts';
import type { LineIndex } from './lineIndex.ts';
import type { Span } from './syntaxTree.ts';

/** A finding inside one text, before its offsets are turned into lines and columns. */
export interface Problem extends Span {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
  readonly related?: readonly (Span & { readonly message: string })[];
  /** One replacement that mends it without a change of meaning. */
  readonly fix?: Span & { readonly title: string; readonly newText: string };
}

/** The diagnostics of one text, in the order of the text; the severity is the one of the code. */
export function toDiagnostics(problems: readonly Problem[], file: string, lines: LineIndex): Diagnostic[] {
  return problems
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .map((problem) => toDiagnostic(problem, file, lines));
}

function toDiagnostic(problem: Problem, file: string, lines: LineIndex): Diagnostic {
  const { code, message, hint, related, fix } = problem;
  return {
    code,
    severity: diagnosticCodes[code].severity,
    message,
    file,
    range: lines.rangeOf(problem.start, problem.end),
    ...(hint !== undefined && { hint }),
    ...(related !== undefined && {
      related: related.map((place) => ({
        message: place.message,
        file,
        range: lines.rangeOf(place.start, place.end),
      })),
    }),
    ...(fix !== undefined && { fixes: [toFix(fix, file)] }),
  };
}

function toFix({ title, start, end, newText }: NonNullable<Problem['fix']>, file: string): Fix {
  return { kind: 'fix', title, edits: [{ file, start, end, newText }] };
}
