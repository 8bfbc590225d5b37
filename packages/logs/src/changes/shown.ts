import { isSecretName, maskWrittenSecrets } from '@executioner/core';
import { secretMasker } from '@executioner/engine';
import { type Change, together } from './changes.ts';
import { isVariableFacet, maskedValue, variableFacet, variablesOf } from './facets.ts';
import type { ConfiguredRun, StoredConfiguration } from './storedConfiguration.ts';

export interface ShownOptions {
  /** Shows also the values of variables; those of secrets never. Default: false. */
  readonly showValues?: boolean | undefined;
}

/**
 * Changes between two runs as they may be shown. Of variables only the names are, unless values are asked for. The stored
 * configurations hold no value of a secret that can be masked; here also those are hidden that are too short or too common
 * for that, that were written before their variable was declared a secret, and what looks like a secret in a command.
 */
export function shownChanges(
  changes: readonly Change[],
  runs: readonly [before: ConfiguredRun, after: ConfiguredRun],
  { showValues = false }: ShownOptions = {},
): Change[] {
  if (changes.length === 0) return [];
  const configurations = runs.flatMap(({ configuration }) => configuration ?? []);
  const declared = configurations.flatMap(declaredSecrets);
  const masker = secretMasker(configurations.flatMap((each) => valuesOfSecrets(each, declared)));
  const shown = (text: string) => maskWrittenSecrets(masker(text), declared);
  return together(
    changes.map((change): Change => {
      const { before, after, ...rest } = change;
      const isVariable = isVariableFacet(change.name);
      if (isVariable && isSecretName(change.name.slice(variableFacet('').length), declared))
        return { ...rest, isSecret: true };
      if ((isVariable && !showValues) || (before ?? after) === undefined) return rest;
      const [old, now] = [before, after].map((text) => (text === undefined ? undefined : shown(text)));
      // What differs is only what was masked.
      if (old === now) return { ...rest, isSecret: true };
      return {
        ...rest,
        ...(old !== undefined && { before: old }),
        ...(now !== undefined && { after: now }),
      };
    }),
  );
}

/** Whether values that are no secrets were left out of these changes. */
export function hasHiddenValues(changes: readonly Change[]): boolean {
  return changes.some(
    ({ name, before, after, isSecret }) =>
      isVariableFacet(name) && isSecret !== true && before === undefined && after === undefined,
  );
}

function declaredSecrets({ secrets }: StoredConfiguration): string[] {
  return Array.isArray(secrets) ? secrets.filter((name) => typeof name === 'string') : [];
}

function valuesOfSecrets({ jobs }: StoredConfiguration, declared: readonly string[]): string[] {
  return jobs.flatMap((job) =>
    Object.entries(variablesOf(job)).flatMap(([name, value]) =>
      isSecretName(name, declared) && !value.includes(maskedValue) ? [value] : [],
    ),
  );
}
