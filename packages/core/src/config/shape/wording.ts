import type { DocumentPath } from '../../document/index.ts';
import { kindOf } from './schemaAt.ts';

/** The value as a message shows it: texts and numbers as they are, shortened; lists and mappings by their kind. */
export function show(value: unknown): string {
  switch (kindOf(value)) {
    case 'string':
      return JSON.stringify(shorten(value as string));
    case 'array':
      return (value as unknown[]).length === 0 ? 'an empty list' : 'a list';
    case 'object':
      return 'a mapping';
    case 'null':
      return 'without a value';
    default:
      return String(value);
  }
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

/** The place as a message names it: `"timeout"`, or `entry 2 of "dependencies"`. */
export function label(path: DocumentPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last === 'string') return `"${last}"`;
  const list = path.at(-2);
  return list === 'jobs' && path.length === 2 ? `job ${last + 1}` : `entry ${last + 1} of "${String(list)}"`;
}

/** `"a", "b" or "c"` */
export function alternatives(words: readonly (string | number)[]): string {
  const shown = words.map((word) => JSON.stringify(word));
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}
