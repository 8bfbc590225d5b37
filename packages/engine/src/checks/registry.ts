import type { CheckDefinition } from './check.ts';
import { checkFileExists } from './fileExists.ts';
import { checkNoOraErrors, checkNoOraOrSp2Errors } from './oracleErrors.ts';

/** The checks a run knows, by name. */
export type CheckRegistry = ReadonlyMap<string, CheckDefinition>;

const builtIn: readonly CheckDefinition[] = [checkFileExists, checkNoOraErrors, checkNoOraOrSp2Errors];

/** The built-in checks and `additional` ones; of two with one name the later counts. */
export function checkRegistry(additional: readonly CheckDefinition[] = []): CheckRegistry {
  return new Map([...builtIn, ...additional].map((definition) => [definition.name, definition]));
}
