export { parseAssignments } from './assignments.ts';
export { type Environment, inheritedEnvironment } from './inherited.ts';
