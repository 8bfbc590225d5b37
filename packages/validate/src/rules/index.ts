import { missingPlugIn } from './checks/missingPlugIn.ts';
import { bashSyntax } from './commands/bashSyntax.ts';
import { emptyCommand } from './commands/emptyCommand.ts';
import { hiddenFailure } from './commands/hiddenFailure.ts';
import { lookalikeCharacter } from './commands/lookalikeCharacter.ts';
import { missingFolder, redirectionTarget } from './commands/missingFolder.ts';
import { missingProgram, missingProgramInBranch, unusableProgram } from './commands/missingProgram.ts';
import { missingScript } from './commands/missingScript.ts';
import { shellCheckRemark, shellCheckWarning, unlookedCommands } from './commands/shellCheck.ts';
import { background, missingShell, shellSyntaxWithoutShell } from './commands/shellOfJob.ts';
import { shellSyntax } from './commands/shellSyntax.ts';
import { unattended } from './commands/unattended.ts';
import { workingFolder } from './commands/workingFolder.ts';
import { environmentCycle, shellFormInValue, undefinedReference } from './environment/references.ts';
import { brokenVariable, systemVariable } from './environment/systemVariable.ts';
import { perhapsInheritedVariable, undefinedVariable } from './environment/undefinedVariable.ts';
import { unusedVariable } from './environment/unusedVariable.ts';
import { redundantDependency } from './graph/redundantDependency.ts';
import { sharedFile } from './graph/sharedFile.ts';
import { unreachableJob } from './graph/unreachableJob.ts';
import { unwaitedInput } from './graph/unwaitedInput.ts';
import {
  invalidAddress,
  mailWithoutEffect,
  reservedDomain,
  unusableServer,
  unusableWebhook,
} from './mail/mail.ts';
import {
  estimateAboveLimit,
  impossibleExitCode,
  impossibleRetries,
  limitThatNeverFires,
  retrySettingsWithoutEffect,
  retryTimeTooShort,
} from './retries/retries.ts';
import type { Rule } from './rule.ts';
import { missingDescription, settingWithoutEffect } from './schema/recommended.ts';
import { plainSecret } from './secrets/plainSecret.ts';

/** The rules of this package, by code. Those of core (syntax, schema, graph, checks, security) are in `knownCodes`. */
export const rules: readonly Rule[] = [
  missingDescription,
  settingWithoutEffect,
  redundantDependency,
  unreachableJob,
  sharedFile,
  unwaitedInput,
  shellSyntax,
  missingProgram,
  missingProgramInBranch,
  missingScript,
  bashSyntax,
  missingFolder,
  redirectionTarget,
  unusableProgram,
  workingFolder,
  missingShell,
  shellCheckWarning,
  shellCheckRemark,
  shellSyntaxWithoutShell,
  background,
  unlookedCommands,
  lookalikeCharacter,
  unattended,
  hiddenFailure,
  emptyCommand,
  environmentCycle,
  undefinedReference,
  shellFormInValue,
  undefinedVariable,
  perhapsInheritedVariable,
  unusedVariable,
  brokenVariable,
  systemVariable,
  plainSecret,
  invalidAddress,
  unusableServer,
  mailWithoutEffect,
  unusableWebhook,
  reservedDomain,
  impossibleRetries,
  retrySettingsWithoutEffect,
  retryTimeTooShort,
  limitThatNeverFires,
  estimateAboveLimit,
  impossibleExitCode,
  missingPlugIn,
];
