export { validateCommand } from './cli/command.ts';
export { type AppliedFix, type FixResult, fixFiles } from './fix/fixFiles.ts';
export { rules } from './rules/index.ts';
export type { Finding, FindingPlace, Rule, RuleExample } from './rules/rule.ts';
export { type KnownCode, knownCodes } from './settings/knownCodes.ts';
export { type RuleSetting, type ValidateOptions, type Validation, validate } from './validate.ts';
export { nodeWorld } from './world/nodeWorld.ts';
export type { Entry, World } from './world/world.ts';
