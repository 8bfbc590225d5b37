export { parseAssignments } from './assignments.ts';
export {
  type Environment,
  type JobEnvironmentOptions,
  type JobEnvironments,
  jobEnvironments,
} from './jobEnvironments.ts';
export { type RunSecrets, secretValues } from './secretValues.ts';
