import { configurationSchema } from './schema/schema.generated.ts';

const known = {
  configuration: new Set(Object.keys(configurationSchema.properties ?? {})),
  job: new Set(Object.keys(configurationSchema.$defs?.job?.properties ?? {})),
};

const none: Readonly<Record<string, never>> = Object.freeze({});

/** The keys that have no meaning to us: notes that begin with `x_` and, in files of version 1, unknown ones. */
export function extraKeys(raw: object, kind: keyof typeof known): Readonly<Record<string, unknown>> {
  let extra: [string, unknown][] | undefined;
  for (const key in raw) {
    if (known[kind].has(key)) continue;
    extra ??= [];
    extra.push([key, (raw as Record<string, unknown>)[key]]);
  }
  return extra === undefined ? none : Object.fromEntries(extra);
}
