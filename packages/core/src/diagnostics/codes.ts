import { checkCodes } from './codes/checks.ts';
import { dependencyCodes } from './codes/dependencies.ts';
import { environmentCodes } from './codes/environment.ts';
import { importCodes } from './codes/imports.ts';
import { limitCodes } from './codes/limits.ts';
import { logCodes } from './codes/logs.ts';
import { schemaCodes } from './codes/schema.ts';
import { securityCodes } from './codes/security.ts';
import { selectionCodes } from './codes/selection.ts';
import { syntaxCodes } from './codes/syntax.ts';

/**
 * Every diagnostic code: stable, never reused. E1xx syntax (E13x imports, E14x logs,
 * E19x selections), E2xx schema, E3xx graph, E4xx commands,
 * E5xx environment, E6xx e-mail, E7xx retries and time limits, E8xx checks, E9xx security; W and I likewise.
 */
export const diagnosticCodes = {
  ...syntaxCodes,
  ...importCodes,
  ...logCodes,
  ...selectionCodes,
  ...schemaCodes,
  ...dependencyCodes,
  ...environmentCodes,
  ...limitCodes,
  ...checkCodes,
  ...securityCodes,
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;
