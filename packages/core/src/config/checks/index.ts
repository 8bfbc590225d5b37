export { type BuiltInCheck, builtInCheck, builtInChecks } from './builtInChecks.ts';
export {
  type CheckParameter,
  type CheckParameters,
  type CheckParameterType,
  expectedOf,
  type ParameterProblem,
  parameterProblems,
} from './checkParameter.ts';
