import type { Diagnostic } from '../diagnostics/index.ts';
import type { SelectionExpression } from './expression.ts';
import { selectionDiagnostic } from './selectionDiagnostic.ts';
import { SelectionParser } from './selectionParser.ts';
import type { KnownIds } from './unknownNames.ts';

export type ParsedSelection =
  | { readonly ok: true; readonly expression: SelectionExpression }
  | { readonly ok: false; readonly error: Diagnostic };

/**
 * Reads a selection of jobs. The language, which docs/selection.md explains:
 *
 *     union        = intersection { (" " | ",") intersection }
 *     intersection = negation { "&" negation }
 *     negation     = "!" negation | operand
 *     operand      = [ [ depth ] "+" | "@" ] atom [ "+" [ depth ] ]
 *     atom         = "(" union ")" | field ":" value | value        field = tag, command, description, status
 *     value        = '"' text '"' | "/" expression "/" [ "i" ] | glob | word
 *
 * With `knownIds`, a word that is an existing id means that job whatever else it could mean, and a plain word that is
 * none is an error with the nearest id. Without them every word is read by the rules and any id is accepted. Linear in
 * the text; the nearest id is looked for only when there is an error.
 */
export function parseSelection(text: string, knownIds?: KnownIds): ParsedSelection {
  const parser = new SelectionParser(text, knownIds);
  const expression = parser.parse();
  if (expression !== undefined) return { ok: true, expression };
  return { ok: false, error: selectionDiagnostic(parser.problem!, text) };
}
