import { resolve } from 'node:path';
import { type Configuration, type Environment, interpolate, type Job } from '@executioner/core';

/** The current folder of a job, absolute. */
export function workingDir(job: Job, configuration: Configuration, environment: Environment): string {
  return resolve(configuration.workingDir, interpolate(job.workingDir, (name) => environment[name]).text);
}
