import { CommandError } from './commandError.ts';
import type { Palette } from './palette.ts';

export interface RenderErrorOptions {
  readonly calledAs: string;
  readonly version: string;
  readonly runtime: string;
  /** Adds the stack trace of an internal error and the causes of an expected one. */
  readonly verbose: boolean;
  readonly colors: Palette;
}

const reportAddress = 'https://github.com/shwetalj/executioner/issues';

/** The text for an error that ends a command: an expected one with its hint, any other as our bug. */
export function renderError(error: unknown, options: RenderErrorOptions): string {
  const lines = error instanceof CommandError ? expected(error, options) : unexpected(error, options);
  return `${lines.join('\n')}\n`;
}

function expected(error: CommandError, { colors, verbose }: RenderErrorOptions): string[] {
  const lines = [`${colors.red(`error ${error.code}`)}: ${error.message}`];
  if (error.hint !== undefined) lines.push(`${colors.cyan('hint')}: ${error.hint}`);
  if (verbose && error.cause instanceof Error) lines.push(`cause: ${error.cause.message}`);
  return lines;
}

function unexpected(
  error: unknown,
  { calledAs, version, runtime, verbose, colors }: RenderErrorOptions,
): string[] {
  const message = error instanceof Error ? error.message : String(error);
  return [
    `${colors.red('error INTERNAL')}: ${message}`,
    'This is a bug in executioner, not a mistake of yours. Please report it, with this text and what you did:',
    `  ${reportAddress}`,
    `  ${calledAs} ${version}, ${runtime}`,
    ...(verbose && error instanceof Error
      ? [colors.dim(error.stack ?? '')]
      : [`${colors.cyan('hint')}: --verbose shows where it happened`]),
  ];
}
