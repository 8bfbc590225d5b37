import type { Diagnostic, Range } from '../diagnostics/index.ts';
import { createLineIndex } from '../diagnostics/index.ts';
import type { TextRange } from './expression.ts';

/** What diagnostics about a selection give as their `file`: give its text under this name to a renderer. */
export const selectionFile = '<selection>';

/** A finding in a selection before it is placed in the text. */
export interface SelectionProblem {
  readonly code: 'E190' | 'E191' | 'E192' | 'W190';
  readonly message: string;
  readonly range: TextRange;
  readonly hint?: string;
  /** What may have been meant, as it would stand in the place of the range. */
  readonly replacement?: string;
}

/** The problem as a diagnostic with its range in `text`; without the text, the selection is taken for one line. */
export function selectionDiagnostic(problem: SelectionProblem, text?: string): Diagnostic {
  const { code, message, range, hint, replacement } = problem;
  return {
    code,
    severity: code.startsWith('E') ? 'error' : 'warning',
    message,
    file: selectionFile,
    range: text === undefined ? rangeInOneLine(range) : createLineIndex(text).rangeOf(range.start, range.end),
    ...(hint !== undefined && { hint }),
    ...(replacement !== undefined && {
      fixes: [
        {
          kind: 'suggestion',
          title: `write ${replacement}`,
          edits: [{ file: selectionFile, start: range.start, end: range.end, newText: replacement }],
        },
      ],
    }),
  };
}

function rangeInOneLine({ start, end }: TextRange): Range {
  return {
    start: { offset: start, line: 1, column: start + 1 },
    end: { offset: end, line: 1, column: end + 1 },
  };
}
