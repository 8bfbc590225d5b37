export { parseAssignments } from './assignments.ts';
export {
  type Environment,
  type JobEnvironmentOptions,
  type JobEnvironments,
  jobEnvironments,
} from './jobEnvironments.ts';
export { secretValues } from './secretValues.ts';
