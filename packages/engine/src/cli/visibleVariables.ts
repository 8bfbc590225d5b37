import { type Configuration, isSecretName, jobEnvironments } from '@executioner/core';
import { secretValues } from '../environment/index.ts';
import { mask, secretMasker } from '../output/index.ts';
import type { StartOptions } from '../run/index.ts';

/** The variables that the configuration and the command line set for each job, resolved, secrets masked. */
export function visibleVariables(configuration: Configuration, options: StartOptions): string {
  const environments = jobEnvironments(configuration, options);
  const masked = secretMasker(secretValues(configuration, environments, options.environment).values);
  const blocks = configuration.jobs.map((job) => {
    const { variables } = environments.of(job);
    const names = new Set(
      [...job.env, { variables: options.variables ?? {} }].flatMap((layer) => Object.keys(layer.variables)),
    );
    const lines = [...names].map(
      (name) =>
        `  ${name}=${isSecretName(name, configuration.secrets) ? mask : masked(variables[name] ?? '')}\n`,
    );
    return `\nJob: ${job.id}\n${lines.join('')}`;
  });
  return `Variables of each job (command line over job over application):\n${blocks.join('')}\n`;
}
