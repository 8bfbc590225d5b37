export { builtInCheckNames, isCheckName, isCheckPath } from './checkNames.ts';
export {
  type BuiltInCheck,
  builtInCheck,
  builtInChecks,
  type CheckParameter,
  type CheckParameters,
  type CheckParameterType,
  expectedOf,
  type ParameterProblem,
  parameterProblems,
} from './checks/index.ts';
export { formatDuration, parseDuration } from './duration.ts';
export type { ConfigurationHost, FileText } from './host.ts';
export { type Draft, type InvalidLoad, type LoadResult, load, type ValidLoad } from './load.ts';
export type * from './model.ts';
export { nodeHost } from './nodeHost.ts';
export type {
  RawCheck,
  RawConfiguration,
  RawDependency,
  RawInclude,
  RawJob,
  RawJobTemplate,
} from './schema/index.ts';
export { formatSize, parseSize } from './size.ts';
