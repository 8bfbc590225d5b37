import { homedir } from 'node:os';
import {
  type CommandContext,
  checkSecurity,
  load,
  nodeHost,
  readStdin,
  type ValidLoad,
} from '@executioner/core';
import { showErrors, showWarnings } from './showDiagnostics.ts';

/**
 * Loads a configuration; `-` is standard input. What is wrong with it, or refused by its security policy, is shown on
 * standard error, and the result is undefined; mere warnings are shown in short.
 */
export async function loadWorkflow(file: string, context: CommandContext): Promise<ValidLoad | undefined> {
  const { io } = context;
  const host = nodeHost(io.cwd, io.env.HOME ?? homedir());
  const result = load(file === '-' ? await readStdin(io) : file, host);
  if (result.state === 'valid') {
    const security = checkSecurity(result);
    if (security.some(({ severity }) => severity === 'error')) {
      showErrors(security, result.texts, context);
      return undefined;
    }
    showWarnings([...result.diagnostics, ...security], context);
    return result;
  }
  showErrors(result.diagnostics, result.texts, context);
  return undefined;
}
