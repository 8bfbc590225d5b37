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

/** Of errors, and of other problems, at most this many are told. */
const maximumProblems = 50;

/** The diagnostics of one text, in the order of the text; the severity is the one of the code. */
export function toDiagnostics(problems: readonly Problem[], file: string, lines: LineIndex): Diagnostic[] {
  const sorted = problems.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const errors = sorted.filter(isError).slice(0, maximumProblems);
  const others = sorted.filter((problem) => !isError(problem)).slice(0, maximumProblems);
  const told = new Set([...errors, ...others]);
  return sorted.filter((problem) => told.has(problem)).map((problem) => toDiagnostic(problem, file, lines));
}

export function isError(problem: Problem): boolean {
  return diagnosticCodes[problem.code].severity === 'error';
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
