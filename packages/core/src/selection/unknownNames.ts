import { nearest } from '../diagnostics/index.ts';
import { fields, selectableStatuses, type TextRange } from './expression.ts';
import { printId } from './printSelection.ts';
import type { SelectionProblem } from './selectionDiagnostic.ts';

/** The ids that exist. A `Set` of them fits, and so does the `numberById` of a graph. */
export interface KnownIds {
  has(id: string): boolean;
  keys(): Iterable<string>;
}

/** The problem of an id that does not exist, with what may have been meant. */
export function unknownId(id: string, range: TextRange, knownIds: KnownIds): SelectionProblem {
  const replacement = meantField(id) ?? nearestId(id, knownIds);
  return {
    code: 'E191',
    message: `no job has the id "${id}"`,
    range,
    hint:
      replacement === undefined
        ? `ids are matched exactly: write *${id}* for all that have it in their id`
        : `did you mean ${replacement}?`,
    ...(replacement !== undefined && { replacement }),
  };
}

function nearestId(id: string, knownIds: KnownIds): string | undefined {
  const near = nearest(id, knownIds.keys());
  return near === undefined ? undefined : printId(near);
}

/** `tag:nightly` for `tga:nightly`. */
function meantField(word: string): string | undefined {
  const colon = word.indexOf(':');
  if (colon < 1) return undefined;
  const field = nearest(word.slice(0, colon), fields);
  return field === undefined ? undefined : `${field}${word.slice(colon)}`;
}

/** `name` is undefined where something else than a plain name was given. */
export function unknownStatus(name: string | undefined, written: string, range: TextRange): SelectionProblem {
  const near = name === undefined ? undefined : nearest(name, selectableStatuses);
  return {
    code: 'E190',
    message: `${written} names no status`,
    range,
    hint:
      near === undefined
        ? `a status is one of ${selectableStatuses.join(', ')}`
        : `did you mean status:${near}?`,
    ...(near !== undefined && { replacement: `status:${near}` }),
  };
}
