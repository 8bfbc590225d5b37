export { checkSecurity } from './checkSecurity.ts';
export { type CommandRisk, commandRisks, type RiskKind } from './commandRisks.ts';
