export type {
  CheckContext,
  CheckDefinition,
  CheckParams,
  CheckResult,
  CommandLine,
  TryOutput,
} from './check.ts';
export { type CheckRegistry, checkRegistry } from './registry.ts';
export { runCheck } from './runCheck.ts';
