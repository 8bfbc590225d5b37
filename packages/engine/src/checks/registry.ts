import type { CheckDefinition } from './check.ts';
import { command } from './command.ts';
import { dirExists } from './dirExists.ts';
import { diskSpace } from './diskSpace.ts';
import { envSet } from './envSet.ts';
import { fileContains } from './fileContains.ts';
import { checkFileExists, fileExists } from './fileExists.ts';
import { fileNewerThan } from './fileNewerThan.ts';
import { fileNotEmpty } from './fileNotEmpty.ts';
import { httpStatus } from './httpStatus.ts';
import { checkNoOraErrors, checkNoOraOrSp2Errors } from './oracleErrors.ts';
import { tcpPort } from './tcpPort.ts';
import { outputContains, outputNotContains } from './tryOutput.ts';

/** The checks a run knows, by name. */
export type CheckRegistry = ReadonlyMap<string, CheckDefinition>;

const builtIns: readonly CheckDefinition[] = [
  checkFileExists,
  checkNoOraErrors,
  checkNoOraOrSp2Errors,
  fileExists,
  fileNotEmpty,
  fileContains,
  fileNewerThan,
  dirExists,
  diskSpace,
  tcpPort,
  httpStatus,
  command,
  outputContains,
  outputNotContains,
  envSet,
];

/** The built-in checks and `additional` ones; of two with one name the later counts. */
export function checkRegistry(additional: readonly CheckDefinition[] = []): CheckRegistry {
  return new Map([...builtIns, ...additional].map((definition) => [definition.name, definition]));
}
