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
  const places = layers.flatMap(({ variables }, layer) =>
    Object.entries(variables).map(([name, text]) => ({ layer, name, text: String(text) })),
  );
  const numbersByName = new Map<string, number[]>();
  for (const [number, { name }] of places.entries()) {
    const numbers = numbersByName.get(name);
    if (numbers === undefined) numbersByName.set(name, [number]);
    else numbers.push(number);
  }

  const definitions = places.map(
    (place): Definition => ({
      ...place,
      references: findReferences(place.text).map((reference) => {
        const definition = target(reference.name, place);
        if (definition !== undefined) return { ...reference, definition };
        return Object.hasOwn(inherited, reference.name)
          ? { ...reference, inherited: inherited[reference.name]! }
          : reference;
      }),
    }),
  );
  const numberByName = new Map(Array.from(numbersByName, ([name, numbers]) => [name, numbers.at(-1)!]));
  return { definitions, numberByName };

  /** The definition that a reference to `name` in the value at `from` means. */
  function target(name: string, from: { readonly layer: number; readonly name: string }): number | undefined {
    const numbers = numbersByName.get(name) ?? [];
    if (name === from.name) return numbers.findLast((number) => places[number]!.layer < from.layer);
    if (isShared(layers[from.layer]!)) {
      const own = numbers.find((number) => places[number]!.layer === from.layer);
      if (own !== undefined) return own;
    }
    return numbers.at(-1);
  }
}

function isShared({ scope }: EnvironmentLayer): boolean {
  return scope === 'application' || scope === 'env_set';
}
