import type { fields, MatchField, SelectionTerm, TextPattern, TextRange } from './expression.ts';
import { compilePattern } from './pattern.ts';
import type { SelectionProblem } from './selectionDiagnostic.ts';
import { statusNamed } from './status.ts';
import { type KnownIds, unknownId, unknownStatus } from './unknownNames.ts';

/** A term as it is written. */
export interface WrittenTerm {
  readonly field: (typeof fields)[number] | undefined;
  readonly pattern: TextPattern;
  readonly range: TextRange;
}

/** What a written term asks for, or why it asks for nothing: an id or a status that is none, a pattern that is not valid. */
export function selectionTerm(
  { field, pattern, range }: WrittenTerm,
  text: string,
  knownIds: KnownIds | undefined,
): SelectionTerm | SelectionProblem {
  if (field === 'status') return statusTerm(pattern, range, text);
  if (field === undefined && pattern.kind === 'text') return idTerm(pattern.text, range, knownIds);
  return matchTerm(field ?? 'id', pattern, range);
}

function statusTerm(pattern: TextPattern, range: TextRange, text: string): SelectionTerm | SelectionProblem {
  const name = pattern.kind === 'text' ? pattern.text : undefined;
  const status = name === undefined ? undefined : statusNamed(name);
  return status === undefined
    ? unknownStatus(name, text.slice(range.start, range.end), range)
    : { kind: 'status', status, range };
}

function idTerm(
  id: string,
  range: TextRange,
  knownIds: KnownIds | undefined,
): SelectionTerm | SelectionProblem {
  return knownIds === undefined || knownIds.has(id)
    ? { kind: 'id', id, range }
    : unknownId(id, range, knownIds);
}

function matchTerm(
  field: MatchField,
  pattern: TextPattern,
  range: TextRange,
): SelectionTerm | SelectionProblem {
  try {
    compilePattern(pattern, field);
    return { kind: 'match', field, pattern, range };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const reason = /[^:]*$/.exec(error.message)![0].trim().toLowerCase();
    const what = pattern.kind === 'glob' ? 'pattern' : 'regular expression';
    return { code: 'E190', message: `the ${what} is not valid: ${reason}`, range };
  }
}
