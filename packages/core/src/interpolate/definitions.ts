import type { EnvironmentLayer } from './environmentLayer.ts';
import { findReferences, type VariableReference } from './references.ts';

/** One variable of one layer, and what its references mean. */
export interface Definition {
  readonly layer: number;
  readonly name: string;
  readonly text: string;
  readonly references: readonly ResolvedReference[];
}

/** A reference with its target: a definition (by number), or an inherited variable, or nothing. */
export interface ResolvedReference extends VariableReference {
  readonly definition?: number;
  readonly inherited?: string;
}

export interface Definitions {
  /** By layer, lowest first, and within one in the order given. */
  readonly definitions: readonly Definition[];
  /** The number of the definition that decides, by name. */
  readonly numberByName: ReadonlyMap<string, number>;
}

/** All definitions of `layers` with the targets of their references. Linear in the texts. */
export function findDefinitions(
  layers: readonly EnvironmentLayer[],
  inherited: Readonly<Record<string, string>>,
): Definitions {
  const definitions: {
    layer: number;
    name: string;
    text: string;
    references: readonly ResolvedReference[];
  }[] = [];
  const numberByName = new Map<string, number>();
  /** The definition of the same name in the next lower scope. */
  const below: (number | undefined)[] = [];
  for (const [layer, { variables }] of layers.entries()) {
    for (const [name, text] of Object.entries(variables)) {
      below.push(numberByName.get(name));
      numberByName.set(name, definitions.length);
      definitions.push({ layer, name, text: String(text), references: noReferences });
    }
  }
  for (const [number, definition] of definitions.entries()) {
    if (!definition.text.includes('${')) continue;
    definition.references = findReferences(definition.text).map((reference) => resolve(reference, number));
  }
  return { definitions, numberByName };

  function resolve(reference: VariableReference, from: number): ResolvedReference {
    const definition = target(reference.name, from);
    if (definition !== undefined) return { ...reference, definition };
    if (!Object.hasOwn(inherited, reference.name)) return reference;
    return { ...reference, inherited: inherited[reference.name]! };
  }

  /** The definition that a reference to `name` in the value of the definition `from` means. */
  function target(name: string, from: number): number | undefined {
    const { layer, name: ownName } = definitions[from]!;
    if (name === ownName) return below[from];
    const highest = numberByName.get(name);
    if (!isShared(layers[layer]!)) return highest;
    let own = highest;
    while (own !== undefined && definitions[own]!.layer > layer) own = below[own];
    return own !== undefined && definitions[own]!.layer === layer ? own : highest;
  }
}

const noReferences: readonly ResolvedReference[] = [];

function isShared({ scope }: EnvironmentLayer): boolean {
  return scope === 'application' || scope === 'env_set';
}
