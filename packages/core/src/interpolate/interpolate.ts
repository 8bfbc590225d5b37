import { findReferences, type VariableReference } from './references.ts';

/** The value of a variable; undefined when there is none of that name. */
export type VariableLookup = (name: string) => string | undefined;

export interface Interpolated {
  readonly text: string;
  /** References to names without a value: they stand in the text as they were written. */
  readonly undefinedReferences: readonly VariableReference[];
}

/**
 * The text with every `${NAME}` replaced by its value. Values are not read again, so that a value which happens to
 * hold `${…}` comes out as it is. Linear in the text and the values.
 */
export function interpolate(text: string, lookup: VariableLookup): Interpolated {
  const undefinedReferences: VariableReference[] = [];
  let result = '';
  let done = 0;
  for (const reference of findReferences(text)) {
    const value = lookup(reference.name);
    if (value === undefined) {
      undefinedReferences.push(reference);
      continue;
    }
    result += text.slice(done, reference.start) + value;
    done = reference.end;
  }
  return { text: result + text.slice(done), undefinedReferences };
}

/** A reference without a value somewhere inside plain data. */
export interface UndefinedReference extends VariableReference {
  /** Keys and indices down to the string that holds the reference. */
  readonly path: readonly (string | number)[];
}

export interface InterpolatedValue<T> {
  readonly value: T;
  readonly undefinedReferences: readonly UndefinedReference[];
}

/**
 * Plain data with `interpolate` applied to every string in it, at any depth. Keys stay as they are, other values too;
 * the given value is not changed, and what holds no reference is shared with the result.
 */
export function interpolateDeep<T>(value: T, lookup: VariableLookup): InterpolatedValue<T> {
  const undefinedReferences: UndefinedReference[] = [];
  const path: (string | number)[] = [];
  return { value: visit(value) as T, undefinedReferences };

  function visit(part: unknown): unknown {
    if (typeof part === 'string') return visitText(part);
    if (Array.isArray(part))
      return replaceChanged(
        part,
        part.map((item, index) => visitChild(index, item)),
      );
    if (typeof part === 'object' && part !== null) return visitObject(part as Record<string, unknown>);
    return part;
  }

  function visitText(text: string): string {
    const result = interpolate(text, lookup);
    for (const reference of result.undefinedReferences)
      undefinedReferences.push({ ...reference, path: [...path] });
    return result.text;
  }

  function visitObject(object: Record<string, unknown>): unknown {
    const entries = Object.entries(object);
    const visited = entries.map(([key, item]) => visitChild(key, item));
    if (visited.every((item, index) => item === entries[index]![1])) return object;
    // Defines every key as its own, `__proto__` too.
    return Object.fromEntries(entries.map(([key], index) => [key, visited[index]]));
  }

  function visitChild(key: string | number, item: unknown): unknown {
    path.push(key);
    const result = visit(item);
    path.pop();
    return result;
  }
}

function replaceChanged(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return after.every((item, index) => item === before[index]) ? before : after;
}
