import { CommandError } from '@executioner/core';

/** A format that a view does not have. */
export function unsupported(view: string, format: string, others: string): CommandError {
  return new CommandError('FORMAT_CONFLICT', `${view} cannot be written as ${format}`, {
    hint: `it has ${others}`,
  });
}
