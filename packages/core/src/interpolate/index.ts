export type { EnvironmentLayer } from './environmentLayer.ts';
export {
  describeEnvironmentProblem,
  type EnvironmentPlace,
  type EnvironmentProblem,
} from './environmentProblem.ts';
export { defaultInheritedNames, inheritedEnvironment } from './inheritedEnvironment.ts';
export {
  type Interpolated,
  type InterpolatedValue,
  interpolate,
  interpolateDeep,
  type UndefinedReference,
  type VariableLookup,
} from './interpolate.ts';
export {
  type Environment,
  type JobEnvironmentOptions,
  type JobEnvironments,
  jobEnvironments,
} from './jobEnvironments.ts';
export { findReferences, findShellForms, type VariableReference } from './references.ts';
export {
  type EnvironmentOptions,
  type ResolvedEnvironment,
  resolveEnvironment,
} from './resolveEnvironment.ts';
