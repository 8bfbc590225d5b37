import type { Configuration } from '@executioner/core';

export function selectJobs(_expression: string, configuration: Configuration): readonly string[] {
  return configuration.jobs.map(({ id }) => id);
}
