import Type, { type Static, type TProperties, type TSchema } from 'typebox';

/** What every key of the schema says about itself, besides its type. */
export interface Annotation {
  /** For hovers in editors and the reference page: one or two sentences. */
  readonly description: string;
  /** The format version that brought the key; 1 when absent. */
  readonly since?: 2;
  /** What holds when the key is absent, where it is a plain value. */
  readonly default?: unknown;
  /** What holds when the key is absent, in words. */
  readonly defaultText?: string;
  readonly unit?: string;
  readonly examples?: readonly unknown[];
  readonly deprecated?: true;
}

/** Every object of a configuration refuses unknown keys, except those that begin with `x_`. */
export function closedObject<Properties extends TProperties>(
  properties: Properties,
  options: { readonly title: string; readonly description: string; readonly expects: string } & Record<
    string,
    unknown
  >,
) {
  return Type.Object(properties, {
    ...options,
    additionalProperties: false,
    patternProperties: {
      '^x_': Type.Unknown({ description: 'A note of your own: kept, never interpreted.' }),
    },
  });
}

/** A map from names that people choose to values of one kind. */
export function namedMap<Value extends TSchema>(value: Value, options: Record<string, unknown>) {
  return Type.Record(Type.String(), value, options);
}

/** The schema that stands under `name` in `$defs`, with the same static type. */
export function reference<Target extends TSchema>(name: string, options: Record<string, unknown> = {}) {
  return Type.Unsafe<Static<Target>>({ $ref: `#/$defs/${name}`, ...options });
}
