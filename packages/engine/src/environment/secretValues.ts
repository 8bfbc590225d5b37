import { type Configuration, isSecretName } from '@executioner/core';
import type { JobEnvironments } from './jobEnvironments.ts';

/** The values to hide in everything a run writes: of variables whose names are secret, and of passwords in the configuration. */
export function secretValues(configuration: Configuration, environments: JobEnvironments): Set<string> {
  const values = new Set<string>();
  const seen = new Set<object>();
  for (const job of configuration.jobs) {
    const { variables } = environments.of(job);
    if (seen.has(variables)) continue;
    seen.add(variables);
    for (const [name, value] of Object.entries(variables)) {
      if (isSecretName(name, configuration.secrets)) values.add(value);
    }
  }
  if (configuration.email.password !== undefined) values.add(configuration.email.password);
  return values;
}
