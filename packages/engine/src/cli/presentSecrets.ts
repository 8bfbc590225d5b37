import { type Configuration, jobEnvironments } from '@executioner/core';
import { secretValues } from '../environment/index.ts';
import { type SecretMasker, secretMasker } from '../output/index.ts';
import type { StartOptions } from '../run/index.ts';

/** Masks in what is shown before a run begins all that its logs would mask. */
export function presentSecrets(configuration: Configuration, options: StartOptions): SecretMasker {
  const environments = jobEnvironments(configuration, options);
  return secretMasker(secretValues(configuration, environments, options.environment).values);
}
