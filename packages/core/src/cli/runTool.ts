import { callName } from './callName.ts';
import type { Command } from './command.ts';
import type { CommandIo } from './io.ts';
import { showError } from './showError.ts';

export interface ToolOptions {
  /** The name of the bin: `executioner-engine`. */
  readonly name: string;
  readonly version: string;
}

/**
 * Runs a program that is one command, and returns the exit code. Beside the command itself it answers
 * `--completion bash|zsh|fish`. Never throws.
 */
export async function runTool(
  command: Command,
  argv: readonly string[],
  io: CommandIo,
  { name, version }: ToolOptions,
): Promise<number> {
  const [first, ...words] = argv;
  try {
    if (first === '--completion' || first === '__complete') {
      const { completionMain } = await import('./completion.ts');
      const word = first === '__complete' ? first : 'completion';
      return await completionMain({ kind: 'tool', name, command }, word, words, io);
    }
    const { runCommand } = await import('./runCommand.ts');
    return await runCommand(command, argv, io, { calledAs: callName(name, io.env), name, version });
  } catch (error) {
    return showError(error, argv, io, { calledAs: callName(name, io.env), version });
  }
}
