import type { SchemaNode } from '../schema/schemaNode.ts';
import { branches } from './schemaAt.ts';

/** What `yes`, `off`, `1` and the like mean where true or false is expected; undefined: there is no telling. */
export function flagIn(value: unknown): boolean | undefined {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (['true', 'yes', 'on', '1', 1].includes(word as string)) return true;
  if (['false', 'no', 'off', '0', '', 0].includes(word as string)) return false;
  return undefined;
}

/** The number that a text holds and nothing else. */
export function numberIn(text: string): number | undefined {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

/** The flag or number that a text spells, if `node` takes it; undefined: there is no telling. */
export function spelledValue(node: SchemaNode, value: unknown): boolean | number | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  if (node.type === 'boolean') return flagIn(value);
  const number = numberIn(value);
  const range = branches(node).find(({ type }) => type === 'number' || type === 'integer');
  return range !== undefined && number !== undefined && takes(range, number) ? number : undefined;
}

function takes(range: SchemaNode, number: number): boolean {
  return (
    (range.type !== 'integer' || Number.isSafeInteger(number)) &&
    number >= (range.minimum ?? -Infinity) &&
    number <= (range.maximum ?? Infinity) &&
    number > (range.exclusiveMinimum ?? -Infinity)
  );
}
