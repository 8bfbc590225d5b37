/** A `${NAME}` in a text; `start` and `end` are its half-open range in UTF-16 units, dollar and braces included. */
export interface VariableReference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const shellForm = /\$\{[A-Za-z_][A-Za-z0-9_]*[^A-Za-z0-9_}][^}]*\}/g;

/**
 * Every `${NAME}` of the text, from left to right. Nothing else is a reference: `$NAME`, `${NAME:-default}` and the
 * outer part of `${A${B}}` are text, and so is a dollar before a reference (`$${NAME}` is a dollar and a value).
 */
export function findReferences(text: string): VariableReference[] {
  if (!text.includes('${')) return [];
  return Array.from(text.matchAll(reference), (match) => ({
    name: match[1]!,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** What a shell would expand and we leave as text, such as `${NAME:-default}`. */
export function findShellForms(
  text: string,
): { readonly text: string; readonly start: number; readonly end: number }[] {
  if (!text.includes('${')) return [];
  return Array.from(text.matchAll(shellForm), (match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}
