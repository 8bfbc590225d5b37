import { exitCodes } from './exitCodes.ts';

export interface CommandErrorOptions {
  /** What to do next: one sentence. */
  readonly hint?: string | undefined;
  /** Defaults to 2, wrong usage or unreadable input. */
  readonly exitCode?: number | undefined;
  readonly cause?: unknown;
}

/**
 * An expected end of a command that cannot go on: the message is shown without a stack trace. Codes are upper snake
 * case and stable (`INPUT_NOT_FOUND`). Findings about a configuration are diagnostics instead, and broken invariants
 * plain errors.
 */
export class CommandError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly exitCode: number;

  constructor(code: string, message: string, options: CommandErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CommandError';
    this.code = code;
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? exitCodes.usage;
  }
}
