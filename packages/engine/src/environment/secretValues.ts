import { type Configuration, isSecretName } from '@executioner/core';
import type { Environment, JobEnvironments } from './jobEnvironments.ts';

/**
 * The values to hide in everything a run writes: of variables whose names are secret, resolved, and the mail password. Only
 * jobs that set such a variable themselves are looked at one by one.
 */
export function secretValues(configuration: Configuration, environments: JobEnvironments): Set<string> {
  const { secrets, email } = configuration;
  const isSecret = (name: string) => isSecretName(name, secrets);
  const values = new Set(valuesOf(environments.common, isSecret));
  for (const job of configuration.jobs) {
    const sets = job.env.some(({ variables }) => Object.keys(variables).some(isSecret));
    if (sets) for (const value of valuesOf(environments.of(job).variables, isSecret)) values.add(value);
  }
  if (email.password !== undefined) values.add(email.password);
  return values;
}

function valuesOf(variables: Environment, isSecret: (name: string) => boolean): string[] {
  return Object.entries(variables).flatMap(([name, value]) => (isSecret(name) ? [value] : []));
}
