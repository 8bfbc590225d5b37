import { memoryIo, runTool } from '@executioner/core';
import { logsCommand } from '../src/index.ts';

export interface Called {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `executioner-logs` in this process. */
export async function callLogs(
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Called> {
  const memory = memoryIo({ cwd, env: { HOME: cwd, EXECUTIONER_HOME: `${cwd}/state`, ...env } });
  const status = await runTool(logsCommand, [...words], memory.io, {
    name: 'executioner-logs',
    version: '1.2.3',
  });
  return { status, stdout: memory.stdout(), stderr: memory.stderr() };
}
