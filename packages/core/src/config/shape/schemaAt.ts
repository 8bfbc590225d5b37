import type { DocumentPath } from '../../document/index.ts';
import { configurationSchema } from '../schema/schema.generated.ts';
import type { SchemaNode } from '../schema/schemaNode.ts';

/** The kinds of values that JSON Schema tells apart. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** The node with the one that it refers to merged in; what stands beside a reference wins. */
export function follow(node: SchemaNode): SchemaNode {
  const name = node.$ref?.replace('#/$defs/', '');
  const target = name === undefined ? undefined : configurationSchema.$defs?.[name];
  return target === undefined ? node : { ...target, ...node };
}

/** The branches of a union, or the node itself. */
export function branches(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf === undefined ? [node] : node.anyOf.map(follow);
}

/** The branch that a value of this kind can only be meant for. */
export function branchFor(node: SchemaNode, value: unknown): SchemaNode | undefined {
  const kind = kindOf(value);
  return branches(node).find(
    ({ type }) => type === kind || (kind === 'number' && (type === 'integer' || type === 'number')),
  );
}

/**
 * The node that says what belongs at `path` of `document`, unions and all. Undefined when the way there leads
 * through a value of the wrong kind.
 */
export function schemaAt(path: DocumentPath, document: unknown): SchemaNode | undefined {
  let node: SchemaNode | undefined = configurationSchema;
  let value = document;
  for (const step of path) {
    const branch: SchemaNode | undefined = node && branchFor(node, value);
    node = branch && childOf(branch, step);
    value = valueAt([step], value);
  }
  return node;
}

function childOf(node: SchemaNode, step: string | number): SchemaNode | undefined {
  if (typeof step === 'number') return node.items && follow(node.items);
  const own = node.properties && Object.hasOwn(node.properties, step) ? node.properties[step] : undefined;
  const further = typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
  const child = own ?? Object.values(node.patternProperties ?? {})[0] ?? further;
  return child && follow(child);
}

/** What stands at `path` below `document`; undefined when nothing does. */
export function valueAt(path: DocumentPath, document: unknown): unknown {
  let value = document;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
