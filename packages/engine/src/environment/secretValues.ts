import { type Configuration, isSecretName, type JobEnvironments } from '@executioner/core';
import { isMaskable } from '../output/index.ts';

/** What a run has to hide. */
export interface RunSecrets {
  /** The values to hide in everything that is written. */
  readonly values: ReadonlySet<string>;
  /** Secret variables of jobs whose values are too short or too common to be hidden, sorted. */
  readonly unmaskable: readonly string[];
}

/**
 * The values of variables whose names are secret, in the environments of jobs and in `environment`, that of the engine;
 * and the password and the headers in the configuration that are secret.
 */
export function secretValues(
  configuration: Configuration,
  environments: JobEnvironments,
  environment: Readonly<Record<string, string | undefined>> = {},
): RunSecrets {
  const values = new Set<string>();
  const unmaskable = new Set<string>();
  const isSecret = (name: string) => isSecretName(name, configuration.secrets);
  const seen = new Set<object>();
  for (const job of configuration.jobs) {
    const { variables } = environments.of(job);
    if (seen.has(variables)) continue;
    seen.add(variables);
    for (const [name, value] of Object.entries(variables)) {
      if (!isSecret(name)) continue;
      values.add(value);
      if (value !== '' && !isMaskable(value)) unmaskable.add(name);
    }
  }
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && isSecret(name)) values.add(value);
  }
  if (configuration.email.password !== undefined) values.add(configuration.email.password);
  for (const { headers = {} } of configuration.notifications as { headers?: Record<string, string> }[]) {
    for (const [name, value] of Object.entries(headers)) {
      if (name.toLowerCase() === 'authorization' || isSecret(name)) values.add(value);
    }
  }
  return { values, unmaskable: [...unmaskable].sort() };
}
