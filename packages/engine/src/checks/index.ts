export type { CheckContext, CheckDefinition, CheckParameter, CheckResult } from './check.ts';
export { type CheckRegistry, checkRegistry } from './registry.ts';
export { runCheck } from './runCheck.ts';
