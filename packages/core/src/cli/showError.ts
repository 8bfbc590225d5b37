import { CommandError } from './commandError.ts';
import { exitCodes } from './exitCodes.ts';
import type { CommandIo } from './io.ts';
import { colorsEnabled, palette } from './palette.ts';
import { renderError } from './renderError.ts';

export interface ShowErrorOptions {
  readonly calledAs: string;
  readonly version: string;
}

/**
 * Shows an error that came before a command could parse its options, and returns the exit code. The few options that
 * matter for it are looked for among the words as they are.
 */
export function showError(
  error: unknown,
  argv: readonly string[],
  io: CommandIo,
  options: ShowErrorOptions,
): number {
  const verbose = argv.includes('--verbose') || argv.includes('-v');
  const colors = palette(colorsEnabled(io.stderr, io.env, askedColor(argv)));
  io.stderr.write(renderError(error, { ...options, runtime: io.runtime, verbose, colors }));
  return error instanceof CommandError ? error.exitCode : exitCodes.internal;
}

/** What `--color` or `--no-color` among the words asks for. */
export function askedColor(argv: readonly string[]): boolean | undefined {
  if (argv.includes('--no-color')) return false;
  return argv.includes('--color') ? true : undefined;
}
